import { failInput } from '../shared/errors';
import type { Item } from '../shared/item';
import { asTyped, quoted, withoutFraction } from '../shared/pasted';
import { parsePhone, splitList } from '../shared/phone';
import { isObject } from '../shared/values';
import type { SmsText, Variable } from './api/messages';
import { requireMessage } from '../shared/messageText';
import { readText } from '../shared/typed';

/** What the sending operations of Wooxy have in common. */

/** Letters, digits and spaces that a sender's name may have (docs/providers/wooxy.md 2.1). */
const SENDER_NAME = /^[A-Za-z0-9 ]{1,11}$/;

/** Characters of a tag in a send (docs/providers/wooxy.md 2.5). */
const LONGEST_TAG = 50;

/** The sender's name or number; undefined, so that it is left out, where none was given. */
function fromNameOf(item: Item): string | undefined {
	const given = asTyped(item.option('from') ?? '');
	const { value: from, spoilt } = withoutFraction(given.replace(/^'(?=\+?\d)/, ''));
	if (from === '') return undefined;
	if (!spoilt && SENDER_NAME.test(from)) return from;
	try {
		return parsePhone(from, item.option('defaultCountry'));
	} catch {
		return failInput(
			`From ${quoted(given)} is neither a name of at most 11 letters, digits and spaces nor a phone number`,
			'Shorten the name, and leave out accents, hyphens and other signs.',
		);
	}
}

/** @throws Failure for a tag that Wooxy refuses; an array may hold empty ones */
function tagsOf(item: Item): string[] {
	const given = item.options.tags as unknown;
	const tags = Array.isArray(given)
		? given.map((tag) => readText(tag, 'A tag').trim())
		: splitList(given);
	for (const tag of tags) {
		if (tag === '') failInput('One of the tags is empty', 'Leave it out of Tags.');
		if ([...tag].length > LONGEST_TAG) {
			failInput(
				`The tag "${tag}" has ${[...tag].length} characters, ${LONGEST_TAG} are possible`,
				'Shorten it.',
			);
		}
		if (tag.startsWith('_')) {
			failInput(
				`The tag "${tag}" begins with an underscore, which Wooxy keeps for itself`,
				'Give it another first character.',
			);
		}
	}
	return tags;
}

/** The text of an item and what goes with it. @throws Failure where one of them cannot work */
export function smsOf(item: Item): SmsText {
	return { text: requireMessage(item), fromName: fromNameOf(item), tags: tagsOf(item) };
}

/** The rows of a Variables field. @throws Failure for one without a name */
export function variablesOf(given: unknown): Variable[] {
	const rows = isObject(given) && Array.isArray(given.variable) ? given.variable : [];
	return rows.filter(isObject).map(({ name, value }) => {
		const trimmed = readText(name, 'The name of a variable').trim();
		if (trimmed === '') {
			failInput(
				'A variable has no name',
				'Give the name that stands between {{ and }} in the text.',
			);
		}
		return { name: trimmed, value: valueOf(value) };
	});
}

/** The day of a date of JavaScript's or Luxon's, whose class may be of another realm. */
function isoDate(value: unknown): string | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const { toISOString, toISODate } = value as { toISOString?: unknown; toISODate?: unknown };
	if (typeof toISODate === 'function') return String(toISODate.call(value));
	return typeof toISOString === 'function'
		? String(toISOString.call(value)).slice(0, 10)
		: undefined;
}

/** Texts and dates; a date and time of an expression keeps only its date. */
function valueOf(value: unknown): string {
	const date = isoDate(value);
	if (date !== undefined) return date;
	const given = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
	return readText(given, 'The value of a variable');
}
