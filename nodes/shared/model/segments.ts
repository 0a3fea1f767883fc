/** The default alphabet of GSM 03.38; each character takes one septet. */
const BASIC = new Set(
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** The extension table; each character takes two septets, an escape and the character. */
const EXTENSION = new Set('\f^{}\\[~]|€');

export type Encoding = 'GSM-7' | 'UCS-2';

export interface Segments {
	encoding: Encoding;
	/** Septets in GSM-7, UTF-16 units in UCS-2. */
	units: number;
	segments: number;
}

const LIMITS: Record<Encoding, { single: number; part: number }> = {
	'GSM-7': { single: 160, part: 153 },
	'UCS-2': { single: 70, part: 67 },
};

/** Whether all characters of a text are in the GSM alphabet. */
export function isGsm(text: string): boolean {
	return [...text].every((character) => BASIC.has(character) || EXTENSION.has(character));
}

/** The characters of a text that are not in the GSM alphabet, each once. */
export function unicodeCharacters(text: string): string[] {
	return [...new Set(text)].filter((character) => !isGsm(character));
}

/** The smaller encoding that can encode the text. */
export function encodingOf(text: string): Encoding {
	return isGsm(text) ? 'GSM-7' : 'UCS-2';
}

/** The size of a character in septets or UTF-16 units. */
function sizeOf(character: string, encoding: Encoding): number {
	if (encoding === 'UCS-2') return character.length;
	return EXTENSION.has(character) ? 2 : 1;
}

/**
 * The number of segments in which a text is sent (3GPP TS 23.038, 23.040). Neither an escape pair
 * nor a surrogate pair is split between two segments.
 *
 * @param joined segments have a header that lets the handset join them, so that less text fits
 */
export function countSegments(text: string, joined = true): Segments {
	const encoding = encodingOf(text);
	const { single, part } = LIMITS[encoding];
	const perSegment = joined ? part : single;
	let units = 0;
	let segments = 1;
	let used = 0;
	for (const character of text) {
		const size = sizeOf(character, encoding);
		units += size;
		if (used + size > perSegment) {
			segments += 1;
			used = 0;
		}
		used += size;
	}
	return { encoding, units, segments: units <= single ? 1 : segments };
}
