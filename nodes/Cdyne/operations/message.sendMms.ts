import { randomUUID } from 'crypto';
import { failInput } from '../../shared/errors';
import {
	defaultCountryOption,
	messageField,
	statusUpdatesFields,
	toField,
} from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { splitList } from '../../shared/phone';
import { sendOnce, sendOnceOptions } from '../../shared/sendOnce';
import { statusAddress } from '../../shared/statusAddress';
import { scheduledAtOption } from '../../shared/time';
import { sendMms } from '../api';
import type { Api } from '../api';
import { fromOption, referenceIdOption, scheduledAtField } from '../fields';
import { marked, recipientsOf, resultsOf, takenSince } from '../sending';

export const sendMmsMessage: Operation<Api> = {
	resource: 'message',
	operation: 'sendMms',
	name: 'Send MMS',
	action: 'Send an MMS',
	description: 'Send pictures, sound or video, with or without a text (SendMessage)',
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
		...sendOnceOptions,
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			description: 'Subject line of the MMS',
		},
	],
	run: async (item, api) => {
		const to = recipientsOf(item);
		const text = item.text('message');
		const media = mediaOf(item.parameter<unknown>('mediaUrls', ''));
		if (media.length === 0 && text.trim() === '') {
			failInput('The MMS is empty', 'Give media, a message, or both.');
		}
		const given = item.option('referenceId');
		const reference = given ?? randomUUID();
		const recipients = to.map((number) => ({ number, reference }));
		const scheduledAt = scheduledAtOption(item);
		const statusUrl = statusAddress(item, api.postbackToken);
		const { result, existing } = await sendOnce(item, {
			reference,
			given: given !== undefined,
			send: async () =>
				await sendMms(api, to, {
					text,
					media,
					reference,
					subject: item.option('subject'),
					from: item.option('from'),
					scheduledAt,
					statusUrl,
				}),
			look: async (since) => await takenSince(api, recipients, since),
		});
		return existing ? marked(result) : resultsOf(result);
	},
};

/** Addresses, which may hold commas of their own when they come as an array, or media ids. */
function mediaOf(value: unknown): string[] {
	const media = splitList(value);
	const odd = media.find((one) => !/^\d+$/.test(one) && !/^https?:\/\//i.test(one));
	if (odd !== undefined) {
		failInput(
			`"${odd}" is neither a web address nor a media ID`,
			'Give addresses that start with http:// or https://, or IDs of uploaded media.',
		);
	}
	return media;
}
