import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { throwInvalidInput } from '../shared/errors/failure';
import { toE164 } from '../shared/formats/phoneNumber';
import { calendarDay } from '../shared/input/calendarDay';
import { coerceText } from '../shared/input/coerce';
import type { Item } from '../shared/input/item';
import { requireMessage, textOptions } from '../shared/input/messageText';
import { splitList } from '../shared/input/phone';
import type { Output } from '../shared/model/output';
import { defaultCountryOption, messageField, toField } from '../shared/panel/fields';
import type { Draft, Sends } from '../shared/provider/sendPlan';
import { dryRunOption, isDryRun } from '../shared/sending/dryRun';
import { notOnRetryOption } from '../shared/sending/options';
import { limitOptions } from '../shared/sending/sendLimits';
import type { Api } from './api/connection';
import { sendSms, type Sms, type Variable } from './api/messages';
import { domainField, fromOption, tagsOption } from './fields';
import { PROVIDER } from './name';
import { toWooxyNumber, toWooxySender } from './number';
import { readDomain } from './requireDomain';

/** Characters (docs/providers/wooxy.md 2.5). */
const MAX_TAG_LENGTH = 50;

/** @throws Failure for a tag that Wooxy would reject; a list may have empty ones */
function readTags(item: Item): string[] {
	const input = item.options.tags as unknown;
	const tags = Array.isArray(input)
		? input.map((tag) => coerceText(tag, 'A tag').trim())
		: splitList(input, item.label('tags'));
	for (const tag of tags) {
		if (tag === '') throwInvalidInput('One of the tags is empty', 'Remove it from Tags.');
		if ([...tag].length > MAX_TAG_LENGTH) {
			throwInvalidInput(
				`The tag "${tag}" has ${[...tag].length} characters, and the maximum is ${MAX_TAG_LENGTH}`,
				'Shorten it.',
			);
		}
		if (tag.startsWith('_')) {
			throwInvalidInput(
				`The tag "${tag}" begins with an underscore, which Wooxy reserves for itself`,
				'Use another first character.',
			);
		}
	}
	return tags;
}

/** The text, the sender and the tags of an item. @throws Failure if one of them is not valid */
export function readSms(item: Item): Sms {
	const fromName = toWooxySender(item.option('from') ?? '', item.option('defaultCountry'));
	return { text: requireMessage(item), fromName, tags: readTags(item) };
}

/** The rows of the field Variables. @throws Failure for a row without a name */
export function readVariables(rows: IDataObject[], { context }: Item): Variable[] {
	return rows.map(({ name, value }) => {
		const trimmed = coerceText(name, 'The name of a variable').trim();
		if (trimmed === '') {
			throwInvalidInput(
				'A variable has no name',
				'Enter the name that is between {{ and }} in the text.',
			);
		}
		return { name: trimmed, value: variableValue(value, context.getTimezone()) };
	});
}

/** The value as text; of a date and time, only the date. */
function variableValue(value: unknown, zone: string): string {
	const isDateObject = typeof value === 'object' && value !== null;
	const day = isDateObject ? calendarDay(value, zone) : undefined;
	if (day !== undefined) return day;
	const input = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
	return coerceText(input, 'The value of a variable');
}

export const sendFields: INodeProperties[] = [
	{ ...domainField, description: 'The verified domain of your account to send from' },
	{ ...toField, placeholder: 'e.g. +372 5551 2345' },
	messageField,
];

export const sendOptions: INodeProperties[] = [
	fromOption,
	tagsOption,
	defaultCountryOption,
	dryRunOption,
	...limitOptions,
	notOnRetryOption,
	...textOptions,
];

/** A text as a dry run outputs it. */
export function draftOf(to: string | null, { fromName, text }: Sms): Draft {
	return { provider: PROVIDER, to, from: toE164(fromName ?? null), text };
}

export async function sendItem(item: Item, api: Api, sends: Sends): Promise<Output[]> {
	const domain = readDomain(item);
	const number = toWooxyNumber(item.text('to'), item.option('defaultCountry'));
	const sms = readSms(item);
	if (isDryRun(item)) {
		return sends.dryRun([draftOf(number, sms)]);
	}
	return await sends.send({
		intents: [{ recipient: number }],
		send: async () => await sendSms(api, domain, number, sms),
	});
}
