import type { INodeProperties } from 'n8n-workflow';
import { failInput } from './errors';
import type { Item } from './item';
import { requireWords } from './messageText';
import { asTyped } from './pasted';
import { splitList } from './phone';
import { OBJECT_IN_TEXT } from './typed';
import { isObject } from './values';

/** Which answers count, and the message that asks for them. */

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
		required: true,
		default: 'YES',
		description: 'The answer that approves; case, blanks and full stops do not matter',
		displayOptions: { show: { responseType: ['approval'] } },
	},
	{
		displayName: 'Word to Decline',
		name: 'declineWord',
		type: 'string',
		required: true,
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

/** The answers that count; without words any does. */
interface Answers {
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

export function readAnswers(item: Item): Answers {
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

export function listed(words: string[]): string {
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
