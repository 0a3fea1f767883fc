/** The GSM 03.38 alphabet. Extended characters take two septets, the others one. */
const BASIC = new Set(
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ' +
		'ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('^{}\\[~]|€\f');

/** Returns the number of segments of a text: docs/providers/namirial.md 5.1. */
export function countSegments(text: string): number {
	let septets = 0;
	for (const char of text) {
		if (BASIC.has(char)) septets += 1;
		else if (EXTENDED.has(char)) septets += 2;
		else return segmentsFor(text.length, 70, 67);
	}
	return segmentsFor(septets, 160, 153);
}

function segmentsFor(units: number, single: number, concatenated: number): number {
	return units <= single ? 1 : Math.ceil(units / concatenated);
}
