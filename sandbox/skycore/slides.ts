import { rejectIf, Rejection } from './codes';
import type { Fields } from './read';

export interface Media {
	kind: string;
	url: string;
}

export interface Slide {
	text: string;
	/** IMAGE, AUDIO, VIDEO. */
	media: Media[];
	/** VCARD, ICAL, PDF, PASSBOOK. */
	objects: Media[];
	/** In seconds. */
	duration: number;
}

const MAX_SLIDES = 8;
const MAX_TEXT_LENGTH = 5_000;
const DEFAULT_DURATION = 10;

const MEDIA = ['IMAGE', 'AUDIO', 'VIDEO'];
const OBJECTS = ['VCARD', 'ICAL', 'PDF', 'PASSBOOK'];

/** The code of "could not be fetched", by kind. */
const NOT_FETCHED: Record<string, string> = {
	IMAGE: 'E351',
	AUDIO: 'E352',
	VIDEO: 'E353',
	VCARD: 'E355',
	ICAL: 'E356',
	PDF: 'E357',
	PASSBOOK: 'E358',
};

/** Allowed file extensions. An address without an extension is accepted. */
const ALLOWED_EXTENSIONS: Record<string, RegExp> = {
	IMAGE: /^(?:gif|jpe?g|png)$/,
	AUDIO: /^(?:mp3|wav)$/,
	VIDEO: /^(?:3gp|mp4|mpe?g|avi|wmv)$/,
};

/**
 * Reads the slides of a saveMMS by the rules of docs/providers/skycore.md 3.5.
 * @param emptyCodes the codes for no slides and for an empty slide
 * @throws Rejection
 */
export function readSlides(fields: Fields, emptyCodes: { none: string; empty: string }): Slide[] {
	// the nesting used by the oldest clients is still accepted
	const parent = fields.has('SLIDE') ? fields : fields.child('CONTENT').child('SEQUENCE');
	rejectIf(parent.count('SLIDE') === 0, emptyCodes.none);
	rejectIf(parent.count('SLIDE') > MAX_SLIDES, 'E225');
	const slides = parent.all('SLIDE');
	rejectIf(slides.length < parent.count('SLIDE'), emptyCodes.empty);
	return slides.map((slide) => readSlide(slide, emptyCodes.empty));
}

function readSlide(slide: Fields, emptyCode: string): Slide {
	const media = filesOf(slide, MEDIA);
	const objects = filesOf(slide, OBJECTS);
	const text = slide.text('TEXT');
	rejectIf(
		text === '' && media.length + objects.length === 0 && !slide.has('PERSONALIZED-IMAGE'),
		emptyCode,
	);
	const has = (kind: string) => media.some((file) => file.kind === kind);
	rejectIf(has('AUDIO') && has('VIDEO'), 'E226');
	rejectIf(has('VIDEO') && has('IMAGE'), 'E227');
	rejectIf(objects.length > 1, 'E223');
	rejectIf(objects.length > 0 && media.length > 0, 'E224');
	rejectIf(
		[...text].length > MAX_TEXT_LENGTH,
		'E228',
		undefined,
		`Text longer than ${MAX_TEXT_LENGTH} characters`,
	);
	const duration = slide.text('DURATION').trim();
	rejectIf(duration !== '' && !/^[1-9]\d*$/.test(duration), 'E230');
	for (const file of [...media, ...objects]) checkFile(file);
	return {
		text,
		media,
		objects,
		duration: duration === '' ? DEFAULT_DURATION : Number(duration),
	};
}

function filesOf(slide: Fields, kinds: string[]): Media[] {
	return kinds.flatMap((kind) => {
		// only one file per media type is allowed
		rejectIf(MEDIA.includes(kind) && slide.count(kind) > 1, 'E229');
		return slide.all(kind).map((file) => ({ kind, url: file.text('URL').trim() }));
	});
}

function checkFile({ kind, url }: Media): void {
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new Rejection(NOT_FETCHED[kind]);
	const extension = /\.([a-z0-9]+)$/i.exec(new URL(url).pathname)?.[1].toLowerCase();
	const allowed = ALLOWED_EXTENSIONS[kind];
	const forbidden = extension !== undefined && allowed?.test(extension) === false;
	rejectIf(forbidden, 'E229');
}
