import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { PostbackEvent } from './event';
import { messageOutput } from './item';
import type { Item, Output } from './item';
import { isFinalStatus } from './message';
import type { SmsMessage } from './message';
import { asTyped } from './pasted';
import { choiceOf, listed, readAnswers } from './replyWords';
import { FLAG_OR_NULL, TEXT, TEXT_OR_NULL } from './schema';
import type { Schema } from './schema';
import type { Parking, Waiting, Wait } from './wait';

/** Send and Wait for Reply: what ends the wait, and what leaves the node then. */

export const helpTextOption: INodeProperties = {
	displayName: 'Help Text',
	name: 'helpText',
	type: 'string',
	default: '',
	placeholder: 'e.g. Please answer YES or NO.',
	description: 'What is sent, once, to an answer that is none of the words',
};

interface ReplyState {
	message: SmsMessage;
	words: string[];
	approval: boolean;
	helpText: string;
}

type Outcome = 'answered' | 'declined' | 'failed' | 'noAnswer';

interface Reply {
	outcome: Outcome;
	approved: boolean | null;
	choice: string | null;
	/** Why it ended without an answer. */
	reason: string | null;
}

/** What leaves at the end of a wait. */
export const replyShape = {
	provider: TEXT,
	outcome: TEXT,
	approved: FLAG_OR_NULL,
	choice: TEXT_OR_NULL,
	reason: TEXT_OR_NULL,
	text: TEXT_OR_NULL,
	from: TEXT_OR_NULL,
	to: TEXT_OR_NULL,
	messageId: TEXT_OR_NULL,
	inReplyTo: TEXT_OR_NULL,
	referenceId: TEXT_OR_NULL,
	occurredAt: TEXT_OR_NULL,
} satisfies Record<keyof Reply, Schema> & Record<string, Schema>;

function replyOutput(message: SmsMessage, reply: Reply, event?: PostbackEvent): Output {
	const json: Record<keyof typeof replyShape, unknown> = {
		provider: message.provider,
		...reply,
		text: event?.text ?? null,
		from: event?.from ?? message.to,
		to: event?.to ?? message.from,
		messageId: event?.messageId ?? null,
		inReplyTo: message.messageId,
		referenceId: message.referenceId,
		occurredAt: event?.occurredAt ?? event?.receivedAt ?? null,
	};
	return { json: json as IDataObject };
}

/** How to park after the message went out, or the output where the limit passed meanwhile. */
function parkForReply(item: Item, [sent]: Output[], until: Date): Parking | Output[] {
	const message = sent.json as unknown as SmsMessage;
	const { words, approval } = readAnswers(item);
	const helpText = item.option('helpText') ?? `Please reply ${listed(words)}.`;
	const state: ReplyState = { message, words, approval, helpText };
	const none: Reply = {
		outcome: 'noAnswer',
		approved: approval ? false : null,
		choice: null,
		reason: 'No answer came in time',
	};
	const atLimit = [replyOutput(message, none)];
	if (until.getTime() <= Date.now()) return atLimit;
	const { messageId, referenceId } = message;
	return {
		state: state as unknown as IDataObject,
		until,
		atLimit,
		meanwhile: [messageOutput(message)],
		names: { messageId, referenceId },
	};
}

/** A text that says which answers count. */
export interface Help {
	/** The number that answered with none of the words. */
	to: string;
	from: string | null;
	text: string;
	/** Of the one help text that a message may have: it tells whether that is out already. */
	reference: string;
}

/**
 * Whether an event is about the message of this wait. All waits of an execution have the same
 * address, so in a loop, or in an agent's next review, a late or repeated answer to an earlier
 * message comes there as well, and must not be taken for one to this.
 */
function concerns(message: SmsMessage, event: PostbackEvent): boolean {
	const { inReplyTo, messageId, referenceId } = event;
	if (event.event === 'message.status') return messageId === message.messageId;
	// whoever else writes to the number answers something else
	if (message.to !== null && !sameNumber(event.from, message.to)) return false;
	const ours = inReplyTo === null || inReplyTo === message.messageId;
	return ours || referenceId === helpReference(message);
}

/** Whether two spellings are of one number: with and without `+`, 00 or 011, and North America's 1. */
function sameNumber(one: string | null, other: string | null): boolean {
	const digits = (number: string | null) =>
		asTyped(number ?? '')
			.replace(/\D/g, '')
			.replace(/^(?:011|00)/, '');
	const [a, b] = [digits(one), digits(other)];
	const isSame =
		a === b || (a.length === 10 && `1${a}` === b) || (b.length === 10 && `1${b}` === a);
	return isSame && a !== '';
}

function helpReference({ messageId }: SmsMessage): string {
	return `help-${messageId}`;
}

/**
 * Waits until somebody answers.
 *
 * @param sendHelp must see to it that a help text goes out once; it is not called again for a text
 *   that it is still at work on, as when an answer is posted twice
 */
export function waitForReply(sendHelp: (waiting: Waiting, help: Help) => Promise<void>): Wait {
	const underWay = new Set<string>();

	async function helpOnce(waiting: Waiting, help: Help): Promise<void> {
		if (underWay.has(help.reference)) return;
		underWay.add(help.reference);
		try {
			await sendHelp(waiting, help);
		} finally {
			underWay.delete(help.reference);
		}
	}

	return {
		park: parkForReply,
		async onEvents(waiting, all) {
			const { message, words, approval, helpText } = waiting.state as unknown as ReplyState;
			const none = { choice: null, approved: approval ? false : null };
			const events = all.filter((event) => concerns(message, event));

			const optOut = events.find(({ event }) => event === 'contact.optedOut');
			if (optOut) {
				const reason = 'The recipient opted out';
				const reply: Reply = { ...none, outcome: 'declined', approved: false, reason };
				return [replyOutput(message, reply, optOut)];
			}
			const lost = events.find(
				({ event, status, isFinal }) =>
					event === 'message.status' &&
					isFinal === true &&
					status !== null &&
					isFinalStatus(status) &&
					status !== 'delivered' &&
					status !== 'read',
			);
			if (lost) {
				const reason = `The message was not delivered: ${lost.providerStatus ?? lost.status}`;
				return [replyOutput(message, { ...none, outcome: 'failed', reason })];
			}
			const answer = events.find(({ event }) => event === 'message.received');
			if (!answer) return undefined;
			const text = answer.text ?? '';
			// nothing was answered, as with a picture alone
			if (text.trim() === '') return undefined;
			const choice = words.length === 0 ? text : choiceOf(text, words);
			if (choice === undefined) {
				const { from: to, to: from } = answer;
				const reference = helpReference(message);
				if (to) await helpOnce(waiting, { to, from, text: helpText, reference });
				return undefined;
			}
			const approved = approval ? choice === words[0] : null;
			const outcome = approved === false ? 'declined' : 'answered';
			const word = words.length === 0 ? null : choice;
			return [replyOutput(message, { outcome, approved, choice: word, reason: null }, answer)];
		},
	};
}
