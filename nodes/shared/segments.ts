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

/** The smaller encoding that holds the text. */
export function encodingOf(text: string): Encoding {
	for (const character of text) {
		if (!BASIC.has(character) && !EXTENSION.has(character)) return 'UCS-2';
	}
	return 'GSM-7';
}

/**
 * How many messages a text takes on the air (GSM 03.38, 03.40).
 *
 * @param joined parts carry a header that lets the handset join them, so that less text fits
 */
export function countSegments(text: string, joined = true): Segments {
	const encoding = encodingOf(text);
	const units =
		encoding === 'UCS-2'
			? text.length
			: [...text].reduce((sum, character) => sum + (EXTENSION.has(character) ? 2 : 1), 0);
	const { single, part } = LIMITS[encoding];
	const perPart = joined ? part : single;
	return { encoding, units, segments: units <= single ? 1 : Math.ceil(units / perPart) };
}
