/**
 * Taking characters off the end of a text, in time in proportion to the text: an expression such as
 * `/x+$/` tries anew at every `x`, and a megabyte of them holds n8n for minutes.
 */

/** @param dropped matches one character that may not stand at the end */
export function trimEndOf(text: string, dropped: RegExp): string {
	let end = text.length;
	while (end > 0 && dropped.test(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

/** The same at both ends. */
export function trimOf(text: string, dropped: RegExp): string {
	let start = 0;
	while (start < text.length && dropped.test(text.charAt(start))) start++;
	return trimEndOf(text.slice(start), dropped);
}
