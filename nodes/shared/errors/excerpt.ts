/** The rest of a long body is not searched: the first words are at its beginning. */
const SEARCHED_LENGTH = 20_000;

const MAX_EXCERPT_LENGTH = 120;

/** A text without its markup, on one line. Runs in linear time. */
function withoutMarkup(text: string): string {
	const lowerCased = text.toLowerCase();
	let plain = '';
	let from = 0;
	for (let open = text.indexOf('<'); open >= 0; open = text.indexOf('<', from)) {
		plain += `${text.slice(from, open)} `;
		const hidden = /^<(style|script|title)[\s>]/i.exec(text.slice(open, open + 8))?.[1];
		const end = hidden ? `</${hidden.toLowerCase()}` : '>';
		const close = (hidden ? lowerCased : text).indexOf(end, open);
		// a truncated tag may be all that there is to show
		if (close < 0 && !hidden) plain += text.slice(open);
		const last = close < 0 ? -1 : text.indexOf('>', close);
		from = last < 0 ? text.length : last + 1;
	}
	return (plain + text.slice(from)).replace(/\s+/g, ' ').trim();
}

/** The first words of a response, without markup. Secrets must be masked before it is cut. */
export function excerpt(text: string): string {
	const words = withoutMarkup(text.slice(0, SEARCHED_LENGTH));
	return words.length > MAX_EXCERPT_LENGTH ? `${words.slice(0, MAX_EXCERPT_LENGTH)}…` : words;
}

/** Whether a response looks like a web page. */
export function isHtmlPage(text: string): boolean {
	return /<(?:!doctype\s{1,9})?html/i.test(text.slice(0, SEARCHED_LENGTH));
}
