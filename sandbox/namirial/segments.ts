/** GSM 03.38, and the characters of its extension, which take two septets each. */
const BASIC = new Set(
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ' +
		'ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('^{}\\[~]|€\f');

/** Into how many parts a text is split: docs/providers/namirial.md 5.1. */
export function segments(text: string): number {
	let septets = 0;
	for (const char of text) {
		if (BASIC.has(char)) septets += 1;
		else if (EXTENDED.has(char)) septets += 2;
		else return parts(text.length, 70, 67);
	}
	return parts(septets, 160, 153);
}

function parts(units: number, single: number, part: number): number {
	return units <= single ? 1 : Math.ceil(units / part);
}
