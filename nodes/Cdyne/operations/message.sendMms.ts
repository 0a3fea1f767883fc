import { throwInvalidInput } from '../../shared/errors/failure';
import { quoted } from '../../shared/errors/quoted';
import { trimOf } from '../../shared/formats/values';
import { coerceText } from '../../shared/input/coerce';
import { outgoingText, textOptions } from '../../shared/input/messageText';
import { scheduledAtOption } from '../../shared/input/options';
import { isWebUrl } from '../../shared/input/webUrl';
import { sentMessageSchema } from '../../shared/model/message';
import { TEXT } from '../../shared/model/schema';
import { defaultCountryOption, messageField, statusUpdatesFields } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { statusCallbackUrl } from '../../shared/receiving/statusCallbackUrl';
import { dryRunOption, isDryRun } from '../../shared/sending/dryRun';
import { generateReference } from '../../shared/sending/generateReference';
import { sendOnce, sendOnceOptions } from '../../shared/sending/sendOnce';
import type { Api } from '../api/connection';
import { sendMms } from '../api/mms';
import { fromOption, recipientsField, referenceIdOption, scheduledAtField } from '../fields';
import { findEarlierMessages, findLostMessages } from '../findSentMessages';
import { claimReported, draftsOf, fromOf, numbersOf, outputsOf, recipientsOf } from '../sending';

export const sendMmsMessage: Operation<Api> = {
	resource: 'message',
	operation: 'sendMms',
	name: 'Send MMS',
	action: 'Send an MMS',
	description: 'Send pictures, sound or video, with or without a text',
	sends: true,
	fields: [
		recipientsField,
		{ ...messageField, required: false, description: 'The text of the MMS' },
		{
			displayName: 'Media',
			name: 'mediaUrls',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/flyer.png',
			description:
				'URLs or media IDs of the files to send, separated by commas. The limit for all of them together is 1 MB.',
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
	outputSchema: { ...sentMessageSchema, scheduledAt: TEXT },
	run: async (item, api) => {
		const recipients = recipientsOf(item);
		const text = outgoingText(item, item.text('message'));
		const media = mediaOf(item.parameter<unknown>('mediaUrls', ''));
		if (media.length === 0 && text.trim() === '') {
			throwInvalidInput('The MMS is empty', 'Enter Media, a Message, or both.');
		}
		const userReference = item.option('referenceId');
		const numbers = numbersOf(recipients);
		const reference =
			userReference ?? generateReference(item, numbers.join(), JSON.stringify([text, media]));
		const to = numbers.map((number) => ({ number, reference }));
		const mms = {
			text,
			media,
			reference,
			subject: item.option('subject'),
			from: fromOf(item),
			scheduledAt: scheduledAtOption(item),
			statusUrl: statusCallbackUrl(item, api.postbackToken),
		};
		if (isDryRun(item)) {
			const { from, scheduledAt } = mms;
			return draftsOf(recipients, { from, scheduledAt, referenceId: userReference });
		}
		const isSharedReference = userReference !== undefined || to.length > 1;
		const sent = await sendOnce(item, api.locks, {
			references: to.map(() => reference),
			isUserReference: userReference !== undefined,
			send: async (positions) => {
				const recipientNumbers = positions.map((position) => numbers[position]);
				return claimReported(api, await sendMms(api, recipientNumbers, mms));
			},
			findEarlier: async (positions, claim) => await findEarlierMessages(api, to, positions, claim),
			findLost: async (positions, since) =>
				await findLostMessages(api, to, positions, since, isSharedReference),
		});
		return outputsOf(recipients, sent, {});
	},
};

/** The entries of a text. A URL may contain commas, so one ends a URL only where another begins. */
function entriesOf(text: string): string[] {
	return text.split(/\s+/).flatMap((word) => {
		if (/^[\d,;]+$/.test(word)) return word.split(/[,;]/);
		return word.split(/[,;](?=https?:\/\/)/i).map((entry) => trimOf(entry, /[,;]/));
	});
}

/** URLs and IDs of media. @throws Failure for an entry that is neither */
function mediaOf(value: unknown): string[] {
	const entries = Array.isArray(value)
		? value.map((entry) => coerceText(entry, 'An entry of Media').trim())
		: entriesOf(coerceText(value, 'Media'));
	const media = entries.filter((entry) => entry !== '');
	const invalid = media.find((entry) => !/^\d+$/.test(entry) && !isWebUrl(entry));
	if (invalid !== undefined) {
		throwInvalidInput(
			`${quoted(invalid)} is neither a web address nor a media ID`,
			'Enter URLs that start with http:// or https://, or IDs of uploaded media.',
		);
	}
	return media;
}
