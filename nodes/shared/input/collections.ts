import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { throwInvalidInput } from '../errors/failure';
import { parseJson } from '../formats/json';
import { isObject } from '../formats/values';
import { coerceChoice, describeValue } from './coerce';
import { splitList } from './phone';

/** Reads collections and multiple choices, which an expression may return as text. */

/**
 * A hidden member of a collection. n8n drops an expression or a list that stands for a whole
 * collection before the node runs: it keeps only the members that the collection declares. So the
 * collection declares the one that every text and every list has, and Dry Run is not lost unnoticed.
 */
export const wholeAsTextOption: INodeProperties = {
	displayName: 'Length',
	name: 'length',
	type: 'hidden',
	default: '',
};

/** The value that JSON text stands for; any other value unchanged. */
function fromJsonText(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const text = value.trim();
	if (text === '' || text === 'null') return undefined;
	if (!/^[{[]/.test(text)) return value;
	try {
		return parseJson(text);
	} catch {
		return value;
	}
}

/**
 * A collection, such as Options. Null, an empty text and an empty list are an empty one.
 *
 * @param label the field's name in the panel
 * @throws Failure for anything but an object or its JSON text
 */
export function coerceCollection(value: unknown, label: string): IDataObject {
	const collection = fromJsonText(value) ?? {};
	if (isObject(collection) && Number(collection[wholeAsTextOption.name]) > 0) {
		throwInvalidInput(
			`${label} is an expression or a list as a whole, which n8n does not pass on`,
			`Set the fields in ${label} one by one. Each of them can be an expression.`,
		);
	}
	if (isObject(collection)) return collection;
	if (Array.isArray(collection) && collection.length === 0) return {};
	return throwInvalidInput(
		`${label} is ${describeValue(value)}, which is not an object`,
		`Set ${label} to an object such as {{ { "name": "value" } }}, or to its JSON text. Check its expression.`,
	);
}

/**
 * The entries of a fixed collection, which are in its only member, or of a list.
 *
 * @throws Failure for anything else
 */
export function coerceEntries(value: unknown, label: string): IDataObject[] {
	const collection = fromJsonText(value) ?? {};
	const members = isObject(collection) ? Object.values(collection) : [collection];
	const entries = members.length === 0 ? [] : fromJsonText(members[0]);
	if (members.length <= 1 && Array.isArray(entries) && entries.every(isObject)) return entries;
	return throwInvalidInput(
		`${label} is ${describeValue(value)}, which is not a list of objects`,
		`Set ${label} to a list such as {{ [{ "name": "value" }] }}, or to its JSON text. Check its expression.`,
	);
}

/**
 * The values of a multiple choice: a list, its JSON text, or text separated by commas.
 *
 * @param choices the possible values; without them any text is one. Case is ignored.
 * @returns undefined if nothing is chosen
 * @throws Failure for any other value
 */
export function coerceChoices<T extends string>(
	value: unknown,
	label: string,
	choices?: readonly T[],
): T[] | undefined {
	const list = splitList(fromJsonText(value), label);
	const chosen = list.map((word) =>
		choices ? coerceChoice(word, choices, word as T, label) : (word as T),
	);
	return chosen.length === 0 ? undefined : chosen;
}
