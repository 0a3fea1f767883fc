const XML_ENCODING =
	/^\s{0,100}<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/i;

/** The character set of a body, from its byte order mark, the header or the XML declaration. */
export function charsetOf(bytes: Buffer, header: string): string | undefined {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	// UTF-16 without a mark: a document begins with "<"
	if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
	if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
	const fromHeader = /charset\s{0,9}=\s{0,9}["']?([^"';\s]{1,40})/i.exec(header)?.[1];
	return fromHeader ?? XML_ENCODING.exec(bytes.toString('latin1', 0, 400))?.[1];
}

/** The characters of windows-1252 from 0x80 to 0x9F; a space for an undefined one. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Decodes windows-1252, also for the Latin sets. Not every Node.js decodes it correctly. */
function windows1252(bytes: Buffer): string {
	return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (control) => {
		const character = WINDOWS_1252[control.charCodeAt(0) - 0x80];
		return character === ' ' ? control : character;
	});
}

const LATIN = /^(?:windows-1252|cp-?1252|iso-?8859-1|latin-?1|l1|us-ascii|ascii)$/i;

/**
 * Bytes as text. Bytes that are not valid in the character set are read as UTF-8, or else as
 * windows-1252, in which every byte is a character, so that nothing is lost.
 */
export function decodeText(bytes: Buffer, charset = 'utf-8'): string {
	if (LATIN.test(charset)) return windows1252(bytes);
	for (const label of [charset, 'utf-8']) {
		try {
			return new TextDecoder(label, { fatal: true }).decode(bytes);
		} catch {
			// unknown, or the bytes are not valid in it
		}
	}
	return windows1252(bytes);
}
