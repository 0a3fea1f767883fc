import type { INodeProperties } from 'n8n-workflow';
import { failInput } from '../../shared/errors';
import type { Item } from '../../shared/item';
import type { Operation } from '../../shared/operation';
import { required } from '../../shared/required';
import { FLAG, TEXT } from '../../shared/schema';
import type { Api } from '../api/connection';
import { saveMms } from '../api/mms';
import { fallbackOptions, fallbackTextField } from '../fields';
import { PROVIDER } from '../name';
import { fallbackOf } from '../sending';
import { slidesOf } from '../slides';

/** Characters (docs/providers/skycore.md 3.5). */
const MAX_SUBJECT = 80;

const slideText: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Spring is here',
	description: 'The text of the slide, up to 5000 characters',
};

const slideImage: INodeProperties = {
	displayName: 'Image URL',
	name: 'imageUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/flyer.png',
	description: 'Address of a GIF, JPG or PNG',
};

const slideAudio: INodeProperties = {
	displayName: 'Audio URL',
	name: 'audioUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/jingle.mp3',
	description: 'Address of an MP3 or WAV',
};

const slideVideo: INodeProperties = {
	displayName: 'Video URL',
	name: 'videoUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/tour.mp4',
	description: 'Address of a 3GP, MP4, MPEG, AVI or WMV',
};

const slideDuration: INodeProperties = {
	displayName: 'Duration (Seconds)',
	name: 'duration',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 30 },
	default: 10,
	description: 'How long the slide stays; a sound or video has its own length',
};

const slidesField: INodeProperties = {
	displayName: 'Slides',
	name: 'slides',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	required: true,
	placeholder: 'Add slide',
	default: {},
	description:
		'Up to 8 slides. Each has a text, an image, a sound, or several of these; a video goes with text only.',
	options: [
		{
			displayName: 'Slide',
			name: 'slide',
			// what most slides have comes first
			values: [slideText, slideImage, slideAudio, slideVideo, slideDuration],
		},
	],
};

export const save: Operation<Api> = {
	resource: 'mms',
	operation: 'save',
	name: 'Save',
	action: 'Save an MMS',
	description: 'Store an MMS for sending',
	sends: true,
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Spring offers',
			description: 'What the MMS is called in your account; recipients do not see it',
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
				'The text of the SMS that goes out where the MMS cannot be shown. Required unless Disable Fallback SMS is on.',
		},
	],
	options: fallbackOptions,
	gives: { provider: TEXT, mmsId: TEXT, name: TEXT, subject: TEXT, isReady: FLAG },
	run: async (item, api) => {
		const name = required(item.text('name'), 'name', 'Give the MMS a name.');
		const subject = subjectOf(item);
		const slides = slidesOf(item);
		const fallback = fallbackOf(item, fallbackTextOf(item));
		const { mmsId, raw } = await saveMms(api, { name, subject, slides, fallback });
		// an MMS with sound or video cannot be sent before it is encoded (docs/providers/skycore.md 3.5)
		const isReady = !slides.some(({ audioUrl, videoUrl }) => audioUrl || videoUrl);
		return [{ json: { provider: PROVIDER, mmsId, name, subject, isReady }, raw }];
	},
};

function subjectOf(item: Item): string {
	const subject = required(item.text('subject'), 'subject', 'Give the MMS a subject line.');
	const { length } = [...subject];
	if (length > MAX_SUBJECT) {
		failInput(
			`The subject has ${length} characters, and Skycore takes ${MAX_SUBJECT}`,
			'Shorten it.',
		);
	}
	return subject;
}

function fallbackTextOf(item: Item): string | undefined {
	const text = item.text('fallbackText');
	if (text.trim() !== '') return text;
	if (!item.flagOption('disableFallbackSms')) {
		failInput(
			'Fallback Text is empty, and Skycore needs one for recipients whose handset shows no MMS',
			'Give a Fallback Text, or turn Disable Fallback SMS on in the options.',
		);
	}
	return undefined;
}
