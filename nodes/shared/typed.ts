import { failInput } from './errors';
import { quoted } from './pasted';
import { wellFormed } from './wellFormed';

/** Values of parameters, which expressions give in any type. */

const TRUE: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 'on']);
const FALSE: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'off']);

/**
 * A yes or no: a boolean, or what stands for one as text, as all variables of n8n are.
 *
 * @throws Failure for anything else
 */
export function readBoolean(value: unknown, fallback: boolean, label: string): boolean {
	if (typeof value === 'boolean') return value;
	if (value === undefined || value === null) return fallback;
	const word = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
	if (word === '' && typeof value === 'string') return fallback;
	if (TRUE.has(word)) return true;
	if (FALSE.has(word)) return false;
	return failInput(
		`${label} is ${shown(value)}, which is neither true nor false`,
		`Give true or false in ${label}. Check the expression there.`,
	);
}

/** A number, also as text. @throws Failure for anything else */
export function readNumber(value: unknown, fallback: number, label: string): number {
	const given = typeof value === 'string' ? value.trim() : value;
	if (given === undefined || given === null || given === '') return fallback;
	const isNumber =
		typeof given === 'number' ||
		(typeof given === 'string' && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(given));
	const number = isNumber ? Number(given) : NaN;
	if (Number.isFinite(number)) return number;
	return failInput(
		`${label} is ${shown(value)}, which is not a number`,
		`Give a number in ${label}. Check the expression there.`,
	);
}

/**
 * One of a few words, as a drop-down has them; blanks around it and its case do not count.
 *
 * @throws Failure for anything else
 */
export function readChoice<T extends string>(
	value: unknown,
	choices: readonly T[],
	fallback: T,
	label: string,
): T {
	if (value === undefined || value === null) return fallback;
	const word = typeof value === 'object' ? undefined : String(value).trim().toLowerCase();
	if (word === '') return fallback;
	const choice = choices.find((one) => one.toLowerCase() === word);
	if (choice !== undefined) return choice;
	return failInput(
		`${label} is ${shown(value)}, which is none of its choices`,
		`Give one of ${choices.filter((one) => one !== '').join(', ')} in ${label}. Check the expression there.`,
	);
}

/** What JavaScript makes of an object inside a text. */
export const OBJECT_IN_TEXT = '[object Object]';

/**
 * A text; numbers and booleans become one, nothing becomes an empty one.
 *
 * @param label begins the sentence, such as `The message`
 * @throws Failure for an object or a list, alone or inside a larger text, and for half a character
 */
export function readText(value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'object') {
		const isList = Array.isArray(value);
		failInput(
			`${label} is ${isList ? 'a list' : 'an object'}, not a text; use {{ ${isList ? '$json.list[0]' : '$json.field.name'} }}`,
			'The expression gives more than one value. Name the one that is meant.',
		);
	}
	const text = String(value);
	if (text.includes(OBJECT_IN_TEXT)) {
		failInput(
			`${label} holds "${OBJECT_IN_TEXT}": an expression in it gives an object, not a text; use {{ $json.field.name }}`,
			'Name the field of the object that is meant.',
		);
	}
	return wellFormed(text, label);
}

function shown(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : quoted(value);
}

const labels = new Map<string, string>();
const MOST_LABELS = 1_000;

/** How the panel shows a parameter: `referenceId` as Reference ID. */
export function labelOf(name: string): string {
	const label = labels.get(name) ?? makeLabel(name);
	// expressions may give names, too
	if (labels.size < MOST_LABELS) labels.set(name, label);
	return label;
}

function makeLabel(name: string): string {
	const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(' ');
	return words
		.map((word) => (/^(id|url|lra)$/i.test(word) ? word.toUpperCase() : capital(word)))
		.join(' ');
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
