import { throwInvalidInput } from '../../shared/errors/failure';
import type { Item } from '../../shared/input/item';
import { requireField } from '../../shared/input/required';
import { FLAG, TEXT } from '../../shared/model/schema';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { saveMms } from '../api/mms';
import { fallbackOptions, fallbackTextField } from '../fields';
import { PROVIDER } from '../name';
import { readFallback } from '../sending';
import { readSlides, slidesField } from './mmsSlides';

/** Characters. */
const MAX_SUBJECT_LENGTH = 80;

export const save: Operation<Api> = {
	resource: 'mms',
	operation: 'save',
	name: 'Save',
	action: 'Save an MMS',
	description: 'Save an MMS for sending',
	sends: true,
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Spring offers',
			description: 'Name of the MMS in your account; recipients do not see it',
		},
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Our spring offers',
			description: 'The subject line, up to 80 characters',
		},
		slidesField,
		{
			...fallbackTextField,
			description:
				'The text of the SMS that is sent if the handset cannot show the MMS. Required unless Disable Fallback SMS is on.',
		},
	],
	options: fallbackOptions,
	outputSchema: { provider: TEXT, mmsId: TEXT, name: TEXT, subject: TEXT, isReady: FLAG },
	run: async (item, api, sends) => {
		const name = requireField(item, 'name', 'Enter a name for the MMS.');
		const subject = requireSubject(item);
		const slides = readSlides(item);
		const fallback = readFallback(item, readFallbackText(item));
		// sound and video must be encoded before the MMS can be sent (docs/providers/skycore.md 3.5)
		const isReady = !slides.some(({ audioUrl, videoUrl }) => audioUrl || videoUrl);
		return await sends.change(async () => {
			const { mmsId, raw } = await saveMms(api, { name, subject, slides, fallback });
			return [{ json: { provider: PROVIDER, mmsId, name, subject, isReady }, raw }];
		});
	},
};

function requireSubject(item: Item): string {
	const subject = requireField(item, 'subject', 'Enter a subject line for the MMS.');
	const { length } = [...subject];
	if (length > MAX_SUBJECT_LENGTH) {
		throwInvalidInput(
			`${item.label('subject')} has ${length} characters, and the maximum is ${MAX_SUBJECT_LENGTH}`,
			'Shorten it.',
		);
	}
	return subject;
}

function readFallbackText(item: Item): string | undefined {
	const text = item.text('fallbackText');
	if (text.trim() !== '') return text;
	if (!item.flagOption('disableFallbackSms')) {
		throwInvalidInput(
			'Fallback Text is empty, and Skycore needs one for handsets that cannot show MMS',
			'Enter a Fallback Text, or turn on Disable Fallback SMS in the options.',
		);
	}
	return undefined;
}
