import { createHash, randomInt } from 'crypto';
import type { INodeProperties } from 'n8n-workflow';
import { executionStore, executionToken, runIndexOf } from '../host/execution';
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
		'Whether the message ends with a short number that the reply must contain. The provider assigns a reply to the newest message, whichever question it answers. Without this option, only a message to somebody who has another open question in this n8n has such a number.',
};

const [FIRST, COUNT] = [100, 900];

/** Which items need a code although the option is off. It is the same in all tries. */
function neededCodes({ context }: Item): Record<string, true> {
	const store = executionStore(context) as { smsReplyCodes?: Record<string, true> };
	return (store.smsReplyCodes ??= {});
}

const keyOf = ({ context, index }: Item) =>
	[context.getNode().id, runIndexOf(context), index].join(' ');

/** Makes an item ask for a code. */
export function requireCode(item: Item): void {
	Object.assign(neededCodes(item), { [keyOf(item)]: true });
}

/**
 * The code of an item; undefined if it needs none. It is the same in all tries and retries, whose
 * messages must not differ.
 */
export function replyCode(item: Item): string | undefined {
	const isNeeded = Object.hasOwn(neededCodes(item), keyOf(item));
	if (!isNeeded && !item.flagOption('askForCode')) return undefined;
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
