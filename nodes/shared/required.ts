import { failInput } from './errors';
import { quoted } from './pasted';

/** Texts that an operation cannot do without. */

/**
 * A text without the blanks around it.
 *
 * @param what in a sentence, such as `campaign name`
 * @throws Failure where nothing is left
 */
export function required(text: string, what: string, advice: string): string {
	const value = text.trim();
	if (value === '') failInput(`The ${what} is empty`, advice);
	return value;
}

/** What the ids of a provider look like. */
interface IdForm {
	pattern: RegExp;
	/** With its article, such as `a message ID of CDYNE`. */
	kind: string;
	/** Where to get one. */
	advice: string;
}

/** An id. @throws Failure where it is empty, or cannot be one of the provider's */
export function requiredId(text: string, what: string, { pattern, kind, advice }: IdForm): string {
	const id = required(text, what, advice);
	if (!pattern.test(id)) failInput(`${quoted(id)} is not ${kind}`, advice);
	return id;
}

export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
