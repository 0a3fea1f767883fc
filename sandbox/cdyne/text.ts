/** GSM 03.38: one septet each, and two for those that follow an escape. */
const BASIC = new Set(
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ' +
		'ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('^{}\\[~]|€\f');

/** Without the Unicode flag a text goes out in GSM-7, and what that has no place for is lost. */
export function asGsm(text: string): string {
	return [...text].map((char) => (BASIC.has(char) || EXTENDED.has(char) ? char : '?')).join('');
}

export function isGsm(text: string): boolean {
	return asGsm(text) === text;
}

/**
 * The parts a long text is split into.
 * @param joined whether the parts carry a header to be joined by (Concatenate), which costs room
 */
export function split(text: string, unicode: boolean, joined: boolean): string[] {
	const single = unicode ? 70 : 160;
	const room = joined && length(text, unicode) > single ? (unicode ? 67 : 153) : single;
	const parts: string[] = [];
	let part = '';
	for (const char of text) {
		if (length(part + char, unicode) > room) {
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

/** The header that joins part `sequence` of `total`: docs/providers/cdyne.md 5.7. */
export function joiningHeader(reference: number, total: number, sequence: number): Buffer {
	return Buffer.from([0x05, 0x00, 0x03, reference & 0xff, total, sequence]);
}
