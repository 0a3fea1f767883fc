import type { IDataObject } from 'n8n-workflow';
import { failInput } from '../shared/errors';
import type { Item } from '../shared/item';
import { readText } from '../shared/typed';
import type { Slide } from './api/mms';
import { entriesOf } from './sending';

/** The slides of an MMS and the rules that Skycore has for them (docs/providers/skycore.md 3.5). */

const MAX_SLIDES = 8;
/** Characters. */
const MAX_SLIDE_TEXT = 5000;
/** Seconds; Skycore says that a slide should not stay longer. */
const MAX_DURATION = 30;

/** The slides of an item. @throws Failure that names the slide and the rule it breaks */
export function slidesOf(item: Item): Slide[] {
	const entries = entriesOf(item.parameter<unknown>('slides', {}));
	if (entries.length === 0) {
		failInput('The MMS has no slides', 'Add a slide with a text, an image, a sound or a video.');
	}
	if (entries.length > MAX_SLIDES) {
		failInput(
			`The MMS has ${entries.length} slides, and Skycore takes ${MAX_SLIDES}`,
			'Take some slides out, or save two MMS.',
		);
	}
	return entries.map((entry, position) => slideOf(entry, position + 1));
}

function given(value: unknown, label: string): string | undefined {
	return readText(value, label) || undefined;
}

function slideOf(entry: IDataObject, number: number): Slide {
	const slide: Slide = {
		text: given(entry.text, `The text of slide ${number}`),
		imageUrl: addressOf(entry.imageUrl, 'Image URL', number),
		audioUrl: addressOf(entry.audioUrl, 'Audio URL', number),
		videoUrl: addressOf(entry.videoUrl, 'Video URL', number),
		duration: durationOf(entry.duration, number),
	};
	const { text, imageUrl, audioUrl, videoUrl } = slide;
	if (!text && !imageUrl && !audioUrl && !videoUrl) {
		failInput(`Slide ${number} is empty`, 'Give it a text, an image, a sound or a video.');
	}
	if (text && [...text].length > MAX_SLIDE_TEXT) {
		failInput(
			`The text of slide ${number} has ${[...text].length} characters, and Skycore takes ${MAX_SLIDE_TEXT}`,
			'Shorten it, or spread it over several slides.',
		);
	}
	if (videoUrl && imageUrl) {
		failInput(
			`Slide ${number} has a video and an image, and Skycore takes a video only with text`,
			'Put the image on a slide of its own.',
		);
	}
	if (videoUrl && audioUrl) {
		failInput(
			`Slide ${number} has a video and a sound, and Skycore takes a video only with text`,
			'Put the sound on a slide of its own.',
		);
	}
	return slide;
}

function addressOf(value: unknown, label: string, number: number): string | undefined {
	const address = given(value, `${label} of slide ${number}`)?.trim();
	if (!address) return undefined;
	if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
		failInput(
			`${label} "${address}" of slide ${number} is not a whole web address`,
			'Give an address that starts with http:// or https:// and that anybody can open.',
		);
	}
	return address;
}

function durationOf(value: unknown, number: number): number | undefined {
	const text = given(value, `The duration of slide ${number}`);
	if (text === undefined) return undefined;
	const seconds = Number(text);
	if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_DURATION) {
		failInput(
			`The duration "${text}" of slide ${number} is not a whole number of seconds from 1 to ${MAX_DURATION}`,
			'Give seconds, such as 10. A sound or a video lasts as long as it is, whatever stands here.',
		);
	}
	return seconds;
}
