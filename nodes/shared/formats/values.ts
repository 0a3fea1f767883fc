import type { IDataObject } from 'n8n-workflow';

/**
 * Removes characters from the end of a text in linear time. A regular expression such as `/x+$/`
 * starts over at every `x`, and a megabyte of them blocks n8n for minutes.
 *
 * @param unwanted matches a single character to remove
 */
export function trimEndOf(text: string, unwanted: RegExp): string {
	let end = text.length;
	while (end > 0 && unwanted.test(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

/** The same at both ends of the text. */
export function trimOf(text: string, unwanted: RegExp): string {
	let start = 0;
	while (start < text.length && unwanted.test(text.charAt(start))) start++;
	return trimEndOf(text.slice(start), unwanted);
}

/** Whether a value is an object, neither an array nor null. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A value of a response or a postback as text: numbers and booleans become text. Null for a missing
 * or empty value, an object or an array.
 */
export function textOrNull(value: unknown): string | null {
	return isEmpty(value) || typeof value === 'object' ? null : String(value);
}

/**
 * Any value as text, to compare or show it. Unlike `String`, this does not throw for JSON objects
 * such as `{"toString": 0}`.
 */
export function toText(value: unknown): string {
	return textOrNull(value) ?? (isEmpty(value) ? '' : JSON.stringify(value));
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** The entry of a table for a key from outside, never an inherited member such as `toString`. */
export function getOwn<T>(
	table: Readonly<Record<string | number, T>>,
	key: string | number,
): T | undefined {
	return Object.hasOwn(table, key) ? table[key] : undefined;
}
