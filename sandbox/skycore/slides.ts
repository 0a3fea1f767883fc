import { refuseIf, Refusal } from './codes';
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
	/** Seconds. */
	duration: number;
}

const MOST_SLIDES = 8;
const LONGEST_TEXT = 5_000;
const DEFAULT_DURATION = 10;

const MEDIA = ['IMAGE', 'AUDIO', 'VIDEO'];
const OBJECTS = ['VCARD', 'ICAL', 'PDF', 'PASSBOOK'];

/** What "could not be fetched" is called, by kind. */
const NOT_FETCHED: Record<string, string> = {
	IMAGE: 'E351',
	AUDIO: 'E352',
	VIDEO: 'E353',
	VCARD: 'E355',
	ICAL: 'E356',
	PDF: 'E357',
	PASSBOOK: 'E358',
};

/** Endings of what may be sent; an address without one is taken as it is. */
const ALLOWED: Record<string, RegExp> = {
	IMAGE: /^(?:gif|jpe?g|png)$/,
	AUDIO: /^(?:mp3|wav)$/,
	VIDEO: /^(?:3gp|mp4|mpe?g|avi|wmv)$/,
};

/**
 * The slides of a saveMMS, by the rules of docs/providers/skycore.md 3.5.
 * @param emptyCodes codes of "no slides" and "slide empty"
 * @throws Refusal
 */
export function readSlides(fields: Fields, emptyCodes: { none: string; empty: string }): Slide[] {
	// the nesting of the oldest clients is still accepted
	const holder = fields.has('SLIDE') ? fields : fields.child('CONTENT').child('SEQUENCE');
	refuseIf(holder.count('SLIDE') === 0, emptyCodes.none);
	refuseIf(holder.count('SLIDE') > MOST_SLIDES, 'E225');
	const slides = holder.all('SLIDE');
	refuseIf(slides.length < holder.count('SLIDE'), emptyCodes.empty);
	return slides.map((slide) => readSlide(slide, emptyCodes.empty));
}

function readSlide(slide: Fields, emptyCode: string): Slide {
	const media = filesOf(slide, MEDIA);
	const objects = filesOf(slide, OBJECTS);
	const text = slide.text('TEXT');
	refuseIf(
		text === '' && media.length + objects.length === 0 && !slide.has('PERSONALIZED-IMAGE'),
		emptyCode,
	);
	const has = (kind: string) => media.some((file) => file.kind === kind);
	refuseIf(has('AUDIO') && has('VIDEO'), 'E226');
	refuseIf(has('VIDEO') && has('IMAGE'), 'E227');
	refuseIf(objects.length > 1, 'E223');
	refuseIf(objects.length > 0 && media.length > 0, 'E224');
	refuseIf(
		[...text].length > LONGEST_TEXT,
		'E228',
		undefined,
		`Text longer than ${LONGEST_TEXT} characters`,
	);
	const duration = slide.text('DURATION').trim();
	refuseIf(duration !== '' && !/^[1-9]\d*$/.test(duration), 'E230');
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
		// one file per media type; more than one is content that is not allowed
		refuseIf(MEDIA.includes(kind) && slide.count(kind) > 1, 'E229');
		return slide.all(kind).map((file) => ({ kind, url: file.text('URL').trim() }));
	});
}

function checkFile({ kind, url }: Media): void {
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new Refusal(NOT_FETCHED[kind]);
	const ending = /\.([a-z0-9]+)$/i.exec(new URL(url).pathname)?.[1].toLowerCase();
	const allowed = ALLOWED[kind];
	refuseIf(ending !== undefined && allowed !== undefined && !allowed.test(ending), 'E229');
}
