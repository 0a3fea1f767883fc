import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { throwInvalidInput } from '../../shared/errors/failure';
import { coerceText } from '../../shared/input/coerce';
import type { Item } from '../../shared/input/item';
import { isWebUrl } from '../../shared/input/webUrl';
import type { Slide } from '../api/mms';

/** The slides of an MMS, and Skycore's rules for them (docs/providers/skycore.md 3.5). */

const MAX_SLIDES = 8;
/** Characters. */
const MAX_TEXT_LENGTH = 5000;
/** Seconds. Skycore recommends not to show a slide for longer. */
const MAX_DURATION = 30;

const slideText: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Spring is here',
	description: 'The text of the slide, up to 5000 characters',
};

function mediaField(displayName: string, name: string, file: string, description: string) {
	const placeholder = `e.g. https://example.com/${file}`;
	const field: INodeProperties = { displayName, name, type: 'string', default: '' };
	return { ...field, placeholder, description };
}

const slideDuration: INodeProperties = {
	displayName: 'Duration (Seconds)',
	name: 'duration',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 30 },
	default: 10,
	description: 'How long the slide is shown; ignored if it has a sound or video',
};

export const slidesField: INodeProperties = {
	displayName: 'Slides',
	name: 'slides',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	required: true,
	placeholder: 'Add slide',
	default: {},
	description:
		'Up to 8 slides. Each has a text, an image, a sound, or several of these; a video can be combined with text only.',
	options: [
		{
			displayName: 'Slide',
			name: 'slide',
			// common fields first, not in alphabetical order
			values: [
				slideText,
				mediaField('Image URL', 'imageUrl', 'flyer.png', 'URL of a GIF, JPG or PNG'),
				mediaField('Audio URL', 'audioUrl', 'jingle.mp3', 'URL of an MP3 or WAV'),
				mediaField('Video URL', 'videoUrl', 'tour.mp4', 'URL of a 3GP, MP4, MPEG, AVI or WMV'),
				slideDuration,
			],
		},
	],
};

/** The slides of an item. @throws Failure that names the slide and the rule it breaks */
export function readSlides(item: Item): Slide[] {
	const entries = item.entries('slides');
	if (entries.length === 0) {
		throwInvalidInput(
			'The MMS has no slides',
			'Add a slide with a text, an image, a sound or a video.',
		);
	}
	if (entries.length > MAX_SLIDES) {
		throwInvalidInput(
			`The MMS has ${entries.length} slides, and the maximum is ${MAX_SLIDES}`,
			'Remove some slides, or save two MMS.',
		);
	}
	return entries.map((entry, index) => readSlide(item, entry, index + 1));
}

function readSlide(item: Item, entry: IDataObject, number: number): Slide {
	const labelOf = (name: keyof Slide) => `${item.label(name)} of slide ${number}`;
	const textOf = (name: keyof Slide) => coerceText(entry[name], labelOf(name)) || undefined;
	const slide: Slide = {
		text: textOf('text'),
		imageUrl: readUrl(textOf('imageUrl'), labelOf('imageUrl')),
		audioUrl: readUrl(textOf('audioUrl'), labelOf('audioUrl')),
		videoUrl: readUrl(textOf('videoUrl'), labelOf('videoUrl')),
		duration: readDuration(textOf('duration'), labelOf('duration')),
	};
	const { text, imageUrl, audioUrl, videoUrl } = slide;
	if (!text && !imageUrl && !audioUrl && !videoUrl) {
		throwInvalidInput(
			`Slide ${number} is empty`,
			'Add a text, an image, a sound or a video to it.',
		);
	}
	if (text && [...text].length > MAX_TEXT_LENGTH) {
		throwInvalidInput(
			`${labelOf('text')} has ${[...text].length} characters, and the maximum is ${MAX_TEXT_LENGTH}`,
			'Shorten it, or split it over several slides.',
		);
	}
	if (videoUrl && imageUrl) {
		throwInvalidInput(
			`Slide ${number} has a video and an image, and Skycore allows a video only with text`,
			'Put the image on a separate slide.',
		);
	}
	if (videoUrl && audioUrl) {
		throwInvalidInput(
			`Slide ${number} has a video and a sound, and Skycore allows a video only with text`,
			'Put the sound on a separate slide.',
		);
	}
	return slide;
}

function readUrl(text: string | undefined, label: string): string | undefined {
	const url = text?.trim();
	if (!url) return undefined;
	if (!isWebUrl(url)) {
		throwInvalidInput(
			`${label} is "${url}", which is not a complete web address`,
			'Enter a URL that starts with http:// or https:// and that anybody can open.',
		);
	}
	return url;
}

function readDuration(text: string | undefined, label: string): number | undefined {
	if (text === undefined) return undefined;
	const seconds = Number(text);
	if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_DURATION) {
		throwInvalidInput(
			`${label} is "${text}", which is not a whole number from 1 to ${MAX_DURATION}`,
			'Enter seconds, such as 10. They are ignored if the slide has a sound or video.',
		);
	}
	return seconds;
}
