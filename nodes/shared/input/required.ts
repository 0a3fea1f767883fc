import { throwInvalidInput } from '../errors/failure';
import { quoted } from '../errors/quoted';
import type { Item } from './item';

/**
 * A trimmed text.
 *
 * @param name the field's name in the panel
 * @param advice the description of the error
 * @throws Failure if it is empty
 */
export function requireValue(text: string, name: string, advice: string): string {
	const value = text.trim();
	if (value === '') throwInvalidInput(`The ${name} is empty`, advice);
	return value;
}

/** The trimmed text of a field. @throws Failure that names the field if it is empty */
export function requireField(item: Item, field: string, advice: string): string {
	return requireValue(item.text(field), item.label(field), advice);
}

/** The format of a provider's ids. */
interface IdFormat {
	pattern: RegExp;
	/** What the id is, with an article, such as `a message ID of CDYNE`. */
	kind: string;
	/** Where to find an id. */
	advice: string;
}

/** An id, trimmed. @throws Failure if it is empty, or is not in the provider's format */
export function requireId(text: string, name: string, { pattern, kind, advice }: IdFormat): string {
	const id = requireValue(text, name, advice);
	if (!pattern.test(id)) throwInvalidInput(`${quoted(id)} is not ${kind}`, advice);
	return id;
}

export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
