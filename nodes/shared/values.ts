import type { IDataObject } from 'n8n-workflow';

/** Reading values of an answer or a postback whose members may be missing or of another type. */

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, or null for what is absent, empty or no single value. Numbers and booleans become text. */
export function text(value: unknown): string | null {
	return isNothing(value) || typeof value === 'object' ? null : String(value);
}

/**
 * Any value as a text, for comparing and showing. JSON may hold objects that JavaScript makes no
 * text of (`{"toString": 0}`), so `String` is nothing for values of an answer.
 */
export function written(value: unknown): string {
	return text(value) ?? (isNothing(value) ? '' : JSON.stringify(value));
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '';

/** What a table has under a key that came from outside: nothing but its own entries. */
export function own<T>(
	table: Readonly<Record<string | number, T>>,
	key: string | number,
): T | undefined {
	return Object.hasOwn(table, key) ? table[key] : undefined;
}
