import type { INodeProperties } from 'n8n-workflow';
import { dryRun, dryRunOption, isDryRun } from '../shared/dryRun';
import { failInput } from '../shared/errors';
import { defaultCountryOption, messageField } from '../shared/fields';
import { messageOutput } from '../shared/item';
import type { Item, Output } from '../shared/item';
import { requireMessage, textOptions } from '../shared/messageText';
import { splitList } from '../shared/phone';
import { checkRetry, notOnRetryOption } from '../shared/retried';
import { readText } from '../shared/typed';
import { isObject } from '../shared/values';
import type { Api } from './api/connection';
import { sendSms } from './api/messages';
import type { Sms, Variable } from './api/messages';
import { domainOf } from './domains';
import { domainField, fromOption, tagsOption, toField } from './fields';
import { PROVIDER } from './name';
import { toWooxyNumber, toWooxySender } from './number';

/** What the sending operations of Wooxy have in common. */

/** Characters of a tag in a send (docs/providers/wooxy.md 2.5). */
const LONGEST_TAG = 50;

/** @throws Failure for a tag that Wooxy refuses; an array may hold empty ones */
function tagsOf(item: Item): string[] {
	const given = item.options.tags as unknown;
	const tags = Array.isArray(given)
		? given.map((tag) => readText(tag, 'A tag').trim())
		: splitList(given);
	for (const tag of tags) {
		if (tag === '') failInput('One of the tags is empty', 'Leave it out of Tags.');
		if ([...tag].length > LONGEST_TAG) {
			failInput(
				`The tag "${tag}" has ${[...tag].length} characters, ${LONGEST_TAG} are possible`,
				'Shorten it.',
			);
		}
		if (tag.startsWith('_')) {
			failInput(
				`The tag "${tag}" begins with an underscore, which Wooxy keeps for itself`,
				'Give it another first character.',
			);
		}
	}
	return tags;
}

/** The text of an item and what goes with it. @throws Failure where one of them cannot work */
export function smsOf(item: Item): Sms {
	const fromName = toWooxySender(item.option('from') ?? '', item.option('defaultCountry'));
	return { text: requireMessage(item), fromName, tags: tagsOf(item) };
}

/** The rows of a Variables field. @throws Failure for one without a name */
export function variablesOf(given: unknown): Variable[] {
	const rows = isObject(given) && Array.isArray(given.variable) ? given.variable : [];
	return rows.filter(isObject).map(({ name, value }) => {
		const trimmed = readText(name, 'The name of a variable').trim();
		if (trimmed === '') {
			failInput(
				'A variable has no name',
				'Give the name that stands between {{ and }} in the text.',
			);
		}
		return { name: trimmed, value: valueOf(value) };
	});
}

/** The day of a date of JavaScript's or Luxon's, whose class may be of another realm. */
function isoDate(value: unknown): string | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const { toISOString, toISODate } = value as { toISOString?: unknown; toISODate?: unknown };
	if (typeof toISODate === 'function') return String(toISODate.call(value));
	return typeof toISOString === 'function'
		? String(toISOString.call(value)).slice(0, 10)
		: undefined;
}

/** Texts and dates; a date and time of an expression keeps only its date. */
function valueOf(value: unknown): string {
	const date = isoDate(value);
	if (date !== undefined) return date;
	const given = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
	return readText(given, 'The value of a variable');
}

/** What a send to a number asks for. */
export const sendFields: INodeProperties[] = [
	{ ...domainField, description: 'The verified domain of your account to send from' },
	toField,
	messageField,
];

export const sendOptions: INodeProperties[] = [
	fromOption,
	tagsOption,
	defaultCountryOption,
	dryRunOption,
	notOnRetryOption,
	...textOptions,
];

/** Sends the message of an item to its number. */
export async function sendItem(item: Item, api: Api): Promise<Output[]> {
	const domain = domainOf(item);
	const number = toWooxyNumber(item.text('to'), item.option('defaultCountry'));
	const sms = smsOf(item);
	if (isDryRun(item)) {
		return dryRun([{ provider: PROVIDER, to: number, from: sms.fromName, text: sms.text }]);
	}
	checkRetry(item);
	const { message, raw } = await sendSms(api, domain, number, sms);
	return [messageOutput(message, raw)];
}
