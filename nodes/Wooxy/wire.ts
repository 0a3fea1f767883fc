import type { IDataObject } from 'n8n-workflow';
import { fail, Failure } from '../shared/errors';
import type { FailureKind } from '../shared/errors';
import { readJson, retryAfter, unreadable } from '../shared/answer';
import type { HttpAnswer } from '../shared/answer';
import { isObject, written } from '../shared/values';

/** Wooxy's envelope (docs/providers/wooxy.md 1.1) and the texts that stand in for error codes. */

interface Meaning {
	/** In any case: pages differ in the first letter. */
	text: RegExp;
	kind: FailureKind;
	advice?: string;
}

const CHECK_TOKEN =
	'Check the Access Token in the credential. A key generated later puts it out of use.';

/** What the published texts mean (docs/providers/wooxy.md 1.3, 2.1, 3.1, 4); the first match counts. */
const MEANINGS: Meaning[] = [
	{ text: /^invalid authorization token/i, kind: 'credential', advice: CHECK_TOKEN },
	{ text: /^no matches found for access token/i, kind: 'credential', advice: CHECK_TOKEN },
	{ text: /^access token check failed/i, kind: 'credential', advice: CHECK_TOKEN },
	{
		text: /^user .*not enabled/i,
		kind: 'credential',
		advice: 'The account is switched off. Contact Wooxy.',
	},
	{
		text: /^no data found for key/i,
		kind: 'credential',
		advice: 'Wooxy has no data of this account. Contact Wooxy.',
	},
	{
		text: /^internal server error/i,
		kind: 'unavailable',
		advice: 'A fault at Wooxy. Try again later.',
	},
	{
		text: /^domain not found/i,
		kind: 'notFound',
		advice: 'Choose the domain from the list, or give its name as the account has it, verified.',
	},
	{
		text: /not a valid E\.164/i,
		kind: 'rejected',
		advice: 'Give the number with its country code, such as +372 5551 2345.',
	},
	{
		text: /reserved for internal use/i,
		kind: 'rejected',
		advice: 'Tags must not begin with an underscore.',
	},
	{
		// INFERRED: how Wooxy words it is not published
		text: /black-?list|\bunsubscribed\b|\bopt(?:ed)?[- ]?out\b/i,
		kind: 'optedOut',
		advice: 'The recipient does not want messages. Only they can change that.',
	},
	{ text: /not found/i, kind: 'notFound', advice: 'Check the ID. It may have been deleted.' },
];

/** The texts of `errors`, whatever form the list has. */
export function errorTexts(envelope: IDataObject): string[] {
	const { errors } = envelope;
	const list = Array.isArray(errors) ? errors : isObject(errors) ? Object.values(errors) : [errors];
	return list.map(written).filter((one) => one !== '');
}

/** The failure that a refusal stands for: nothing was accepted, unless Wooxy itself broke down. */
export function refusal(envelope: IDataObject, answer: HttpAnswer): Failure {
	const texts = errorTexts(envelope);
	const meaning = MEANINGS.find(({ text }) => texts.some((one) => text.test(one.trim())));
	const { status } = answer;
	const byStatus = status === 429 ? 'rateLimited' : status >= 500 ? 'unavailable' : undefined;
	const kind = meaning?.kind ?? byStatus ?? 'rejected';
	return new Failure({
		kind,
		message:
			texts.length > 0
				? `Wooxy answered: ${texts.join('; ')}`
				: 'Wooxy refused the request and gave no reason',
		description:
			meaning?.advice ?? 'Wooxy refused the request. Check the values of this item and try again.',
		...(status >= 400 && { httpStatus: status }),
		retryAfter: retryAfter(answer.headers),
		nothingAccepted: kind !== 'unavailable',
	});
}

/**
 * The envelope of a success, which is `result: true` and nothing else: HTTP statuses are not
 * published, and errors may stand beside a partial success (docs/providers/wooxy.md 1.1, 1.2).
 *
 * @throws Failure for a refusal, and for anything but an answer of the API
 */
export function readEnvelope(answer: HttpAnswer): IDataObject {
	const value = readJson(answer);
	if (isObject(value) && value.result === true) return value;
	if (isObject(value) && value.result === false) return fail(refusal(value, answer));
	return fail(unreadable(answer, 'an answer of Wooxy'));
}

/**
 * The list in an envelope. An empty map comes as `[]` and an empty list may be null; anything
 * else is a map by id.
 */
export function objectsOf(value: unknown): IDataObject[] {
	if (Array.isArray(value)) return value.filter(isObject);
	return isObject(value) ? Object.values(value).filter(isObject) : [];
}

/** An object's members with the stray blanks of their names taken off ("contactGender "). */
export function trimKeys(raw: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key.trim(), value]));
}

/** Flags come as booleans, as "true" and as "1" (docs/providers/wooxy.md 4.1, 4.2). */
export function flag(value: unknown): boolean {
	return ['true', '1'].includes(written(value).toLowerCase());
}
