/** GSM 03.38 default alphabet; each counts one septet. */
const GSM_BASIC =
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Its extension table; each counts two septets, an escape and the character. */
const GSM_EXTENSION = '\f^{}\\[~]|€';

const BASIC = new Set(GSM_BASIC);
const EXTENSION = new Set(GSM_EXTENSION);

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

/** Whether the GSM alphabet has all characters of a text. */
export function isGsm(text: string): boolean {
	for (const character of text) {
		if (!BASIC.has(character) && !EXTENSION.has(character)) return false;
	}
	return true;
}

/** The characters for which a text is not GSM-7, each once. */
export function unicodeCharacters(text: string): string[] {
	return [...new Set(text)].filter((character) => !isGsm(character));
}

/** The smaller encoding that holds the text. */
export function encodingOf(text: string): Encoding {
	return isGsm(text) ? 'GSM-7' : 'UCS-2';
}

/** What a character takes: septets, of which an escape pair has two, or UTF-16 units. */
function sizeOf(character: string, encoding: Encoding): number {
	if (encoding === 'UCS-2') return character.length;
	return EXTENSION.has(character) ? 2 : 1;
}

/**
 * How many messages a text takes on the air (3GPP TS 23.038, 23.040). Neither an escape pair nor a
 * surrogate pair is split over two parts.
 *
 * @param joined parts carry a header that lets the handset join them, so that less text fits
 */
export function countSegments(text: string, joined = true): Segments {
	const encoding = encodingOf(text);
	const { single, part } = LIMITS[encoding];
	const most = joined ? part : single;
	let units = 0;
	let segments = 1;
	let used = 0;
	for (const character of text) {
		const size = sizeOf(character, encoding);
		units += size;
		if (used + size > most) {
			segments += 1;
			used = 0;
		}
		used += size;
	}
	return { encoding, units, segments: units <= single ? 1 : segments };
}
