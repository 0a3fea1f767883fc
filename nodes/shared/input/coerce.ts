import { throwInvalidInput } from '../errors/failure';
import { quoted } from '../errors/quoted';

/** Converts the values of parameters, which can be of any type if an expression returns them. */

const TRUE: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 'on']);
const FALSE: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'off']);

/**
 * A boolean, also as text such as `yes`, since all variables of n8n are text.
 *
 * @param label the field's name in the panel
 * @throws Failure for any other value
 */
export function coerceBoolean(value: unknown, fallback: boolean, label: string): boolean {
	if (typeof value === 'boolean') return value;
	if (value === undefined || value === null) return fallback;
	const word = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
	if (word === '' && typeof value === 'string') return fallback;
	if (TRUE.has(word)) return true;
	if (FALSE.has(word)) return false;
	return throwInvalidInput(
		`${label} is ${describeValue(value)}, which is neither true nor false`,
		`Set ${label} to true or false. Check its expression.`,
	);
}

/** A number, also as text. @throws Failure for any other value */
export function coerceNumber(value: unknown, fallback: number, label: string): number {
	const trimmed = typeof value === 'string' ? value.trim() : value;
	if (trimmed === undefined || trimmed === null || trimmed === '') return fallback;
	const isNumber =
		typeof trimmed === 'number' ||
		(typeof trimmed === 'string' && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(trimmed));
	const number = isNumber ? Number(trimmed) : NaN;
	if (Number.isFinite(number)) return number;
	return throwInvalidInput(
		`${label} is ${describeValue(value)}, which is not a number`,
		`Set ${label} to a number. Check its expression.`,
	);
}

/**
 * A value of a drop-down. Surrounding spaces and case are ignored.
 *
 * @throws Failure for any other value
 */
export function coerceChoice<T extends string>(
	value: unknown,
	choices: readonly T[],
	fallback: T,
	label: string,
): T {
	if (value === undefined || value === null) return fallback;
	const word = typeof value === 'object' ? undefined : String(value).trim().toLowerCase();
	if (word === '') return fallback;
	const choice = choices.find((candidate) => candidate.toLowerCase() === word);
	if (choice !== undefined) return choice;
	return throwInvalidInput(
		`${label} is ${describeValue(value)}, which is not one of the options`,
		`Set ${label} to one of: ${choices.filter((candidate) => candidate !== '').join(', ')}. Check its expression.`,
	);
}

/** What JavaScript writes for an object inside a text. */
export const OBJECT_IN_TEXT = '[object Object]';

/**
 * A text. Numbers and booleans become text, null and undefined an empty text.
 *
 * @param label the beginning of the error message, such as `The message`
 * @throws Failure for an object or a list, alone or inside a larger text, and for half a character
 */
export function coerceText(value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'object') {
		const isList = Array.isArray(value);
		throwInvalidInput(
			`${label} is ${isList ? 'a list' : 'an object'}, not text; use {{ ${isList ? '$json.list[0]' : '$json.field.name'} }}`,
			'The expression returns more than one value. Select one of them.',
		);
	}
	const text = String(value);
	if (text.includes(OBJECT_IN_TEXT)) {
		throwInvalidInput(
			`${label} contains "${OBJECT_IN_TEXT}": an expression in it returns an object, not text; use {{ $json.field.name }}`,
			'Select a field of the object.',
		);
	}
	return requireWellFormed(text, label);
}

/** A value of a parameter in an error message. */
export function describeValue(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : quoted(value);
}

/** One half of a character that has two code units. */
export const LONE_SURROGATE =
	/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Returns a text unchanged. @throws Failure that says where a character was cut in half */
export function requireWellFormed(text: string, label: string): string {
	const at = LONE_SURROGATE.exec(text)?.index;
	if (at === undefined) return text;
	const before = text.slice(Math.max(0, at - 20), at);
	return throwInvalidInput(
		`${label} contains half a character, such as half of an emoji, at position ${at + 1}${before && `, after "${before}"`}`,
		'The text was cut in the middle of a character. In an expression, cut it with [...text].slice(0, 100).join("") instead of text.slice(0, 100).',
	);
}
