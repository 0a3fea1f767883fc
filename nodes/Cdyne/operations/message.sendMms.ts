import { dryRunOption, isDryRun } from '../../shared/dryRun';
import { failInput } from '../../shared/errors';
import {
	defaultCountryOption,
	messageField,
	statusUpdatesFields,
	toField,
} from '../../shared/fields';
import { sentShape } from '../../shared/message';
import { outgoingText, textOptions } from '../../shared/messageText';
import type { Operation } from '../../shared/operation';
import { quoted } from '../../shared/pasted';
import { makeReference } from '../../shared/reference';
import { TEXT } from '../../shared/schema';
import { sendOnce, sendOnceOptions } from '../../shared/sendOnce';
import { statusAddress } from '../../shared/statusAddress';
import { scheduledAtOption } from '../../shared/time';
import { trimOf } from '../../shared/trim';
import { readText } from '../../shared/typed';
import type { Api } from '../api/connection';
import { sendMms } from '../api/mms';
import { fromOption, referenceIdOption, scheduledAtField } from '../fields';
import { claimed, draftsOf, fromOf, numbersOf, outputsOf, recipientsOf } from '../sending';
import { earlierMessages, lostMessages } from '../sentBefore';

export const sendMmsMessage: Operation<Api> = {
	resource: 'message',
	operation: 'sendMms',
	name: 'Send MMS',
	action: 'Send an MMS',
	description: 'Send pictures, sound or video, with or without a text',
	sends: true,
	fields: [
		{
			...toField,
			description: 'Phone number of the recipient, in any usual form; several separated by commas',
		},
		{ ...messageField, required: false, description: 'The text beside the media' },
		{
			displayName: 'Media',
			name: 'mediaUrls',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/flyer.png',
			description:
				'Addresses or media IDs of what to send, separated by commas; all together at most 1 MB',
		},
		...statusUpdatesFields,
	],
	options: [
		referenceIdOption,
		fromOption,
		scheduledAtField,
		defaultCountryOption,
		dryRunOption,
		...textOptions,
		...sendOnceOptions,
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			placeholder: 'e.g. Our spring offers',
			description: 'Subject line of the MMS',
		},
	],
	gives: { ...sentShape, scheduledAt: TEXT },
	run: async (item, api) => {
		const recipients = recipientsOf(item);
		const text = outgoingText(item, item.text('message'));
		const media = mediaOf(item.parameter<unknown>('mediaUrls', ''));
		if (media.length === 0 && text.trim() === '') {
			failInput('The MMS is empty', 'Give media, a message, or both.');
		}
		const given = item.option('referenceId');
		const numbers = numbersOf(recipients);
		const reference = given ?? makeReference(item, numbers.join(), JSON.stringify([text, media]));
		const to = numbers.map((number) => ({ number, reference }));
		const mms = {
			text,
			media,
			reference,
			subject: item.option('subject'),
			from: fromOf(item),
			scheduledAt: scheduledAtOption(item),
			statusUrl: statusAddress(item, api.postbackToken),
		};
		if (isDryRun(item)) {
			const { from, scheduledAt } = mms;
			return draftsOf(recipients, { from, scheduledAt, referenceId: given });
		}
		const sent = await sendOnce(item, api.traffic, {
			references: to.map((one) => one.reference),
			given: given !== undefined,
			send: async (positions) => {
				const some = positions.map((position) => numbers[position]);
				return claimed(api, await sendMms(api, some, mms));
			},
			earlier: async (positions, claim) => await earlierMessages(api, to, positions, claim),
			lost: async (positions, since) =>
				await lostMessages(api, to, positions, since, given !== undefined || to.length > 1),
		});
		return outputsOf(recipients, sent, {});
	},
};

/** The entries of a text: a comma is legal in an address, and parts two where the next begins. */
function entriesOf(text: string): string[] {
	return text.split(/\s+/).flatMap((word) => {
		if (/^[\d,;]+$/.test(word)) return word.split(/[,;]/);
		return word.split(/[,;](?=https?:\/\/)/i).map((entry) => trimOf(entry, /[,;]/));
	});
}

/** Addresses and ids of media. @throws Failure for what is neither */
function mediaOf(value: unknown): string[] {
	const entries = Array.isArray(value)
		? value.map((one) => readText(one, 'An entry of Media').trim())
		: entriesOf(readText(value, 'Media'));
	const media = entries.filter((one) => one !== '');
	const odd = media.find((one) => !/^\d+$/.test(one) && !/^https?:\/\//i.test(one));
	if (odd !== undefined) {
		failInput(
			`${quoted(odd)} is neither a web address nor a media ID`,
			'Give addresses that start with http:// or https://, or IDs of uploaded media.',
		);
	}
	return media;
}
