import { throwInvalidInput } from '../../shared/errors/failure';
import { quoted } from '../../shared/errors/quoted';
import { trimOf } from '../../shared/formats/values';
import { coerceText } from '../../shared/input/coerce';
import { outgoingText, textOptions } from '../../shared/input/messageText';
import { scheduledAtOption } from '../../shared/input/options';
import { isWebUrl } from '../../shared/input/webUrl';
import { sentMessageSchema } from '../../shared/model/message';
import { type Outcome, UNTRIED } from '../../shared/model/outcome';
import { TEXT } from '../../shared/model/schema';
import { defaultCountryOption, messageField, statusUpdatesFields } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Intent } from '../../shared/provider/sendPlan';
import { dryRunOption, isDryRun } from '../../shared/sending/dryRun';
import { requireReference, sendOnceOptions } from '../../shared/sending/options';
import { schedulingLimitOptions } from '../../shared/sending/sendLimits';
import type { Api } from '../api/connection';
import { sendMms } from '../api/mms';
import { fromOption, recipientsField, referenceIdOption, scheduledAtField } from '../fields';
import { draftsOf, fromOf, planOf, recipientsOf, statusUrlOf } from '../sending';

export const sendMmsMessage: Operation<Api> = {
	resource: 'message',
	operation: 'sendMms',
	name: 'Send MMS',
	action: 'Send an MMS',
	description: 'Send pictures, sound or video, with or without a text',
	sends: true,
	schedules: true,
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
		...schedulingLimitOptions,
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
	outputSchema: { ...sentMessageSchema, scheduledAt: TEXT, scheduledFor: TEXT },
	run: async (item, api, sends) => {
		const recipients = recipientsOf(item);
		const text = outgoingText(item, item.text('message'));
		const media = mediaOf(item.parameter<unknown>('mediaUrls', ''));
		if (media.length === 0 && text.trim() === '') {
			throwInvalidInput('The MMS is empty', 'Enter Media, a Message, or both.');
		}
		const userReference = item.option('referenceId');
		requireReference(item, userReference !== undefined);
		const mms = {
			text,
			media,
			subject: item.option('subject'),
			from: fromOf(item),
			scheduledAt: scheduledAtOption(item),
			statusUrl: statusUrlOf(item, api),
		};
		if (isDryRun(item)) {
			const { from, scheduledAt } = mms;
			return sends.dryRun(draftsOf(recipients, { from, scheduledAt, referenceId: userReference }));
		}
		// one reference for all recipients, because a call has only one
		const to = recipients.map(({ input }) => input).join();
		const reference = userReference ?? sends.generateReference(to);
		const referenceOf = () => reference;
		const send = async (intents: Intent[]) => {
			return await sendByTime(
				intents,
				mms.scheduledAt,
				async (numbers, scheduledAt) =>
					await sendMms(api, numbers, { ...mms, reference, scheduledAt }),
			);
		};
		return await sends.send(
			planOf(api, {
				recipients,
				userReference,
				scheduledAt: mms.scheduledAt,
				referenceOf,
				send,
			}),
		);
	},
};

/** Makes a call for each time at which messages are to be sent, because a call has only one. */
async function sendByTime(
	intents: Intent[],
	scheduledAt: Date | undefined,
	send: (numbers: string[], scheduledAt?: Date) => Promise<Outcome[]>,
): Promise<Outcome[]> {
	const timeOf = ({ sendAt = scheduledAt }: Intent) => sendAt?.getTime();
	const outcomes = new Map<Intent, Outcome>();
	for (const time of new Set(intents.map(timeOf))) {
		const group = intents.filter((intent) => timeOf(intent) === time);
		const numbers = group.map(({ recipient }) => recipient);
		const sent = await send(numbers, time === undefined ? undefined : new Date(time));
		group.forEach((intent, index) => outcomes.set(intent, sent[index]));
	}
	return intents.map((intent) => outcomes.get(intent) ?? UNTRIED);
}

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
