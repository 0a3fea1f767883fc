import { createHash, randomInt } from 'crypto';
import type { INodeProperties } from 'n8n-workflow';
import { executionToken, runIndexOf } from '../host/execution';
import type { Item } from '../input/item';
import { normalizeInput } from '../input/normalizeInput';

/**
 * A short number in a question, which a reply must contain. The provider matches a reply to the
 * newest text that it sent to that person, so without a number a reply to an older question is taken
 * for one to a newer question.
 */

export const askForCodeOption: INodeProperties = {
	displayName: 'Ask for a Code',
	name: 'askForCode',
	type: 'boolean',
	default: false,
	description:
		'Whether the message ends with a short number that the reply must contain. Turn this on if the same person may have several open questions: the provider assigns a reply to the newest message, whichever question it answers.',
};

const [FIRST, COUNT] = [100, 900];

/**
 * The code of an item; undefined if the option is off. It is the same in all tries and retries,
 * whose messages must not differ.
 */
export function replyCode(item: Item): string | undefined {
	if (!item.flagOption('askForCode')) return undefined;
	const { context, index } = item;
	const token = executionToken(context);
	if (token === undefined) return String(randomInt(FIRST, FIRST + COUNT));
	const parts = JSON.stringify([token, context.getNode().id, runIndexOf(context), index]);
	const hash = createHash('sha256').update(parts).digest().readUInt32BE();
	return String(FIRST + (hash % COUNT));
}

/** Whether a reply contains a code, in any kind of digits. */
export function hasCode(text: string, code: string): boolean {
	return codePattern(code).test(normalizeInput(text));
}

/** A reply without the code. */
export function withoutCode(text: string, code: string): string {
	return normalizeInput(text).replace(codePattern(code), ' ').replace(/\s+/g, ' ').trim();
}

/** Whether a reply contains a number that can be the code of another question. */
export function hasAnyCode(text: string): boolean {
	return codePattern('[1-9]\\d\\d').test(normalizeInput(text));
}

const codePattern = (code: string) => new RegExp(`(?<!\\d)${code}(?!\\d)`);
