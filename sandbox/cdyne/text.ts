/** The GSM 03.38 alphabet. Extended characters take two septets, the others one. */
const BASIC = new Set(
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ' +
		'ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('^{}\\[~]|€\f');

/** Replaces characters that GSM-7 cannot encode, as CDYNE does without the Unicode flag. */
export function asGsm(text: string): string {
	return [...text].map((char) => (BASIC.has(char) || EXTENDED.has(char) ? char : '?')).join('');
}

export function isGsm(text: string): boolean {
	return asGsm(text) === text;
}

/**
 * Splits a long text into parts.
 * @param concatenate whether each part starts with a concatenation header, which takes up space
 */
export function split(text: string, unicode: boolean, concatenate: boolean): string[] {
	const single = unicode ? 70 : 160;
	const capacity = concatenate && length(text, unicode) > single ? (unicode ? 67 : 153) : single;
	const parts: string[] = [];
	let part = '';
	for (const char of text) {
		if (length(part + char, unicode) > capacity) {
			parts.push(part);
			part = '';
		}
		part += char;
	}
	return [...parts, part];
}

function length(text: string, unicode: boolean): number {
	if (unicode) return text.length;
	return [...text].reduce((sum, char) => sum + (EXTENDED.has(char) ? 2 : 1), 0);
}

/** Returns the concatenation header of part `sequence` of `total`: docs/providers/cdyne.md 5.7. */
export function concatenationHeader(reference: number, total: number, sequence: number): Buffer {
	return Buffer.from([0x05, 0x00, 0x03, reference & 0xff, total, sequence]);
}
