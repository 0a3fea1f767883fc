import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { failInput } from './errors';
import { isFinalStatus } from './message';
import type { SmsMessage } from './message';
import { requireWords } from './messageText';
import { OBJECT_IN_TEXT } from './typed';
import { messageOutput } from './item';
import type { Item, Output } from './item';
import { splitList } from './phone';
import type { PostbackEvent } from './event';
import { isObject } from './values';
import { asTyped } from './pasted';
import { untilAfterSend } from './waitLimit';
import type { Parking, Waiting, WaitRule } from './wait';

/** Send and Wait for Reply: which answers count, and what leaves the node then. */

/** What a reply may be; n8n sets `approval` where the node reviews the tools of an agent. */
const RESPONSE_TYPES = ['freeText', 'approval', 'choices'] as const;

export const responseFields: INodeProperties[] = [
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{ name: 'Free Text', value: 'freeText', description: 'Any answer goes on' },
			{ name: 'Approval', value: 'approval', description: 'One word approves, another declines' },
			{ name: 'Choices', value: 'choices', description: 'One of several words' },
		],
		default: 'freeText',
		description: 'Which answers end the wait',
	},
	{
		displayName: 'Word to Approve',
		name: 'approveWord',
		type: 'string',
		default: 'YES',
		description: 'The answer that approves; case, blanks and full stops do not matter',
		displayOptions: { show: { responseType: ['approval'] } },
	},
	{
		displayName: 'Word to Decline',
		name: 'declineWord',
		type: 'string',
		default: 'NO',
		description: 'The answer that declines; case, blanks and full stops do not matter',
		displayOptions: { show: { responseType: ['approval'] } },
	},
	{
		displayName: 'Choices',
		name: 'choices',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. MORNING, EVENING',
		description: 'The words to choose from, separated by commas',
		displayOptions: { show: { responseType: ['choices'] } },
	},
	{
		displayName: 'Append Instructions',
		name: 'appendInstructions',
		type: 'boolean',
		default: true,
		description: 'Whether to add to the message which words to answer with',
		displayOptions: { show: { responseType: ['approval', 'choices'] } },
	},
];

export const helpTextOption: INodeProperties = {
	displayName: 'Help Text',
	name: 'helpText',
	type: 'string',
	default: '',
	placeholder: 'e.g. Please answer YES or NO.',
	description: 'What is sent, once, to an answer that is none of the words',
};

/** The answers that count; without words any does. */
export interface Answers {
	words: string[];
	/** The first word approves, the second declines. */
	approval: boolean;
	append: boolean;
}

/**
 * @param reserved words in upper case on which the provider acts itself when a handset sends them
 * @throws Failure where there is nothing to choose from, or a word that is not the workflow's
 */
export function answersOf(item: Item, reserved: ReadonlySet<string>): Answers {
	const answers = readAnswers(item);
	for (const word of answers.words) {
		const plain = comparable(word).toUpperCase();
		if (!reserved.has(plain)) continue;
		failInput(
			`"${word}" cannot be an answer: the provider acts on ${plain} itself, for example by taking the number off every list`,
			'Choose another word.',
		);
	}
	return answers;
}

function readAnswers(item: Item): Answers {
	const type = item.choice('responseType', RESPONSE_TYPES, 'freeText');
	const append = item.flag('appendInstructions', true);
	if (type === 'freeText') return { words: [], approval: false, append: false };
	if (type === 'approval') {
		const words = [
			item.text('approveWord').trim() || 'YES',
			item.text('declineWord').trim() || 'NO',
		];
		if (comparable(words[0]) === comparable(words[1])) {
			failInput(
				`"${words[0]}" cannot both approve and decline`,
				'Give two different words to approve and to decline.',
			);
		}
		return { words, approval: true, append };
	}
	const words = splitList(item.parameter<unknown>('choices', ''));
	if (words.length === 0) {
		failInput('There are no choices', 'Give the words to choose from, separated by commas.');
	}
	return { words, approval: false, append };
}

function listed(words: string[]): string {
	const last = words.at(-1) ?? '';
	return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** The message with the words to answer with. */
export function withInstructions(text: string, { words, append }: Answers): string {
	return append && words.length > 0 ? `${text}\n\nReply ${listed(words)}.` : text;
}

/**
 * The message to send. Where the node reviews a tool of an agent, n8n suggests a message with
 * `{{ $tool.parameters }}`, an object, and whoever is to approve has to read what is in it.
 *
 * @throws Failure where it is empty
 */
export function messageToAnswer(item: Item): string {
	const given = item.parameter<unknown>('message', '');
	const { context, index } = item;
	if (typeof given !== 'string' || !given.includes(OBJECT_IN_TEXT)) {
		return requireWords(item.text('message'));
	}
	const text = given;
	const raw = context.getNodeParameter('message', index, '', { rawExpressions: true });
	if (!String(raw).includes('$tool.parameters')) return item.text('message');
	const parameters: unknown = context.evaluateExpression('{{ $tool.parameters }}', index);
	if (!isObject(parameters)) return item.text('message');
	const lines = Object.entries(parameters).map(
		([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
	);
	return text.replaceAll(OBJECT_IN_TEXT, () => lines.join('\n'));
}

/** Answers are compared without regard to case, blanks, punctuation, quotes and emoji. */
function comparable(text: string): string {
	return asTyped(text)
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
		.toLowerCase();
}

/** The same with the signs, for words that differ in nothing else, such as A+ and A-. */
function withSigns(text: string): string {
	return asTyped(text).replace(/\s+/g, '').toLowerCase();
}

/** The word that an answer is, if it is one of them. */
export function choiceOf(text: string, words: string[]): string | undefined {
	if (withSigns(text) === '') return undefined;
	const exact = words.find((word) => withSigns(word) === withSigns(text));
	if (exact !== undefined) return exact;
	const plain = comparable(text);
	const alike = plain === '' ? [] : words.filter((word) => comparable(word) === plain);
	return alike.length === 1 ? alike[0] : undefined;
}

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

function replyOutput(message: SmsMessage, reply: Reply, event?: PostbackEvent): Output {
	const json = {
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
	return { json: json as unknown as IDataObject };
}

/** How to park after the message went out, or the output where the limit passed meanwhile. */
export function waitForReply(item: Item, [sent]: Output[]): Parking | Output[] {
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
	const until = untilAfterSend(item);
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
export function sameNumber(one: string | null, other: string | null): boolean {
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
 * @param sendHelp must see to it that a help text goes out once; it is not called again for a text
 *   that it is still at work on, as when an answer is posted twice
 */
export function replyRule(sendHelp: (waiting: Waiting, help: Help) => Promise<void>): WaitRule {
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
