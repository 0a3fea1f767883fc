import { failInput } from './errors';

/** A lone half of a character of two code units. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * A text of whole characters. @param label begins the sentence, such as `The message`
 *
 * @throws Failure that says where one was cut in half
 */
export function wellFormed(text: string, label: string): string {
	const at = LONE_SURROGATE.exec(text)?.index;
	if (at === undefined) return text;
	const before = text.slice(Math.max(0, at - 20), at);
	return failInput(
		`${label} holds half a character, such as half of an emoji, at position ${at + 1}${before && `, behind "${before}"`}`,
		'Something cut the text in the middle of a character. In an expression, cut with [...text].slice(0, 100).join("") instead of text.slice(0, 100).',
	);
}
