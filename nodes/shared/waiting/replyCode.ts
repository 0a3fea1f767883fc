import { createHash, randomInt } from 'crypto';
import type { INodeProperties } from 'n8n-workflow';
import { getOwn } from '../formats/values';
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

/**
 * The codes of the items, by node, run and item; an empty one for a question without. They are
 * stored, so all tries have the same.
 */
function codesOf({ context }: Item): Record<string, string> {
	const store = executionStore(context) as { smsReplyCodes?: Record<string, string> };
	return (store.smsReplyCodes ??= {});
}

const keyOf = ({ context, index }: Item) =>
	[context.getNode().id, runIndexOf(context), index].join(' ');

/** What the person reads. A number in it could be a reply of its own. */
const readText = (item: Item) =>
	['message', 'choices', 'approveWord', 'declineWord']
		.map((field) => JSON.stringify(item.parameter<unknown>(field, '')))
		.join(' ');

/**
 * The codes that an item can have, the preferred one first: none, unless the user wants one. A retry
 * that has lost its code gets them in the same order.
 */
export function* replyCodes(item: Item): Generator<string | undefined> {
	if (!item.flagOption('askForCode')) yield undefined;
	const token = executionToken(item.context);
	const hash = createHash('sha256')
		.update(JSON.stringify([token, keyOf(item)]))
		.digest();
	const preferred = token === undefined ? randomInt(COUNT) : hash.readUInt32BE() % COUNT;
	const text = readText(item);
	for (let offset = 0; offset < COUNT; offset++) {
		const code = String(FIRST + ((preferred + offset) % COUNT));
		if (!hasCode(text, code)) yield code;
	}
}

/** Decides for all tries of an item which code its replies must contain, undefined for none. */
export function setReplyCode(item: Item, code: string | undefined): void {
	Object.assign(codesOf(item), { [keyOf(item)]: code ?? '' });
}

/** Whether an earlier try has decided on the code of an item. */
export const hasDecidedCode = (item: Item) => getOwn(codesOf(item), keyOf(item)) !== undefined;

/** The code of an item; undefined if it needs none. */
export function replyCode(item: Item): string | undefined {
	if (!hasDecidedCode(item)) {
		const [preferred] = replyCodes(item);
		if (preferred === undefined) return undefined;
		setReplyCode(item, preferred);
	}
	return getOwn(codesOf(item), keyOf(item)) || undefined;
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
