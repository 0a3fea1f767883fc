import type { IDataObject } from 'n8n-workflow';
import { readJson, retryAfter, unreadable } from '../shared/answer';
import type { HttpAnswer } from '../shared/answer';
import { fail, Failure } from '../shared/errors';
import { isObject, written } from '../shared/values';
import { MEANINGS } from './codes';

/** Wooxy's envelope (docs/providers/wooxy.md 1.1). */

/** The texts of `errors`, whatever form the list has. */
export function errorTexts(envelope: IDataObject): string[] {
	const { errors } = envelope;
	const list = Array.isArray(errors) ? errors : isObject(errors) ? Object.values(errors) : [errors];
	return list.map(written).filter((one) => one !== '');
}

/** The failure that a refusal stands for: nothing was accepted, unless Wooxy itself broke down. */
function refusal(envelope: IDataObject, answer: HttpAnswer): Failure {
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
