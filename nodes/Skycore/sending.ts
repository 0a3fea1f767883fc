import type { IDataObject } from 'n8n-workflow';
import { dryRun } from '../shared/dryRun';
import { failInput } from '../shared/errors';
import { messageOutput } from '../shared/item';
import type { Item, Output } from '../shared/item';
import { requireMessage } from '../shared/messageText';
import { required, requiredId } from '../shared/required';
import { readText } from '../shared/typed';
import type { Extras, Report } from './api/message';
import type { Fallback } from './api/mms';
import type { Sender } from './api/sender';
import { PROVIDER } from './name';
import { toSkycoreSender, toSkycoreNumber } from './number';
import type { Field } from './wire';

/** What the operations of Skycore have in common. */

/** Characters of a text; what happens to a longer one is not documented (docs/providers/skycore.md 3.2). */
const MAX_TEXT = 160;
/** Characters of a sender's name; the platform cuts a longer one off (3.2). */
const MAX_FROM_MASK = 11;

/** The text of an SMS. @throws Failure where it is empty, or too long and the check is on */
export function textOf(item: Item): string {
	const text = requireMessage(item);
	const { length } = [...text];
	if (length > MAX_TEXT && item.flagOption('checkLength', true)) {
		failInput(
			`The message has ${length} characters, and Skycore takes ${MAX_TEXT}`,
			'Shorten it, or turn Check Length off in the options. What Skycore does with a longer text is not documented.',
		);
	}
	return text;
}

/** Recipient, sender and what else the plain sends share. @throws Failure for what cannot work */
export function senderOf(item: Item): Sender {
	const fromMask = item.option('fromMask');
	if (fromMask !== undefined && [...fromMask].length > MAX_FROM_MASK) {
		failInput(
			`From Mask "${fromMask}" has ${[...fromMask].length} characters, and Skycore cuts it off after ${MAX_FROM_MASK}`,
			'Give a shorter name.',
		);
	}
	return {
		to: toSkycoreNumber(item.text('to'), item.option('defaultCountry')),
		from: toSkycoreSender(item.text('from')),
		fromMask,
		operatorId: item.option('operatorId')?.trim(),
		campaignRef: item.option('campaignRef')?.trim(),
	};
}

/** What would go out to one number. */
export function dryRunOf(sender: Sender, content: { text?: string; mmsId?: string }): Output[] {
	const { to, from, campaignRef } = sender;
	const campaign = campaignRef !== undefined && { campaignRef };
	return dryRun<Extras>([{ provider: PROVIDER, to, from, ...campaign, ...content }]);
}

/** The reference and the campaign it belongs to. @throws Failure where one is empty */
export function subscriberOf(item: Item): { subscriberRef: string; campaignRef: string } {
	return {
		subscriberRef: required(
			item.text('subscriberRef'),
			'subscriber reference',
			'Give the reference that the numbers were subscribed with.',
		),
		campaignRef: campaignOf(item),
	};
}

/** @throws Failure where it is empty */
export function campaignOf(item: Item): string {
	return required(
		item.text('campaignRef'),
		'campaign reference',
		'Give the reference of the campaign that the numbers are subscribed to.',
	);
}

const MMS_ID = {
	pattern: /^\d+$/,
	kind: 'the ID of a saved MMS',
	advice: 'Give the digits that Save returned or Get Many lists, such as 35674.',
};

/** The id of a saved MMS, a whole number kept as text. @throws Failure where it is none */
export function mmsIdOf(item: Item): string {
	return requiredId(item.chosen('mmsId'), 'MMS ID', MMS_ID);
}

export function fallbackOf(item: Item, text: string | undefined): Fallback {
	return {
		text,
		noSms: item.flagOption('disableFallbackSms'),
		noLink: item.flagOption('disableFallbackLink'),
	};
}

/** The entries of a fixed collection, or of an array that an expression gave in its place. */
export function entriesOf(value: unknown): IDataObject[] {
	if (Array.isArray(value)) return value as IDataObject[];
	const [entries] = Object.values((value ?? {}) as IDataObject);
	return Array.isArray(entries) ? (entries as IDataObject[]) : [];
}

/** Values by tag. @throws Failure where a tag cannot be the name of an XML element */
export function dataOf(item: Item): Field[] {
	return entriesOf(item.options.data).map(({ tag, value }): Field => {
		const name = readText(tag, 'A tag').trim();
		if (!/^[A-Za-z_][\w.-]*$/.test(name)) {
			failInput(
				`"${name}" cannot be a tag`,
				'A tag starts with a letter and has only letters, digits and underscores, such as FIRST_NAME.',
			);
		}
		return [name, readText(value, `The value of ${name}`)];
	});
}

/** One output per phone number of the reference, in the order of the answer. */
export function groupOutputs(reports: Report[]): Output[] {
	return reports.map(({ message, raw }) => messageOutput(message, raw));
}
