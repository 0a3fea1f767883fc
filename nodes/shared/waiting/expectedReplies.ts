import type { INodeProperties } from 'n8n-workflow';
import { throwInvalidInput } from '../errors/failure';
import { isObject } from '../formats/values';
import { OBJECT_IN_TEXT } from '../input/coerce';
import type { Item } from '../input/item';
import { requireText } from '../input/messageText';
import { normalizeInput } from '../input/normalizeInput';
import { splitList } from '../input/phone';
import { replyCode } from './replyCode';

/** n8n sets `approval` if the node reviews the tools of an agent. */
const RESPONSE_TYPES = ['freeText', 'approval', 'choices'] as const;

export const responseFields: INodeProperties[] = [
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{ name: 'Free Text', value: 'freeText', description: 'Any reply ends the wait' },
			{
				name: 'Approval',
				value: 'approval',
				description: 'One word approves, another one declines',
			},
			{ name: 'Choices', value: 'choices', description: 'One of several words' },
		],
		default: 'freeText',
		description: 'Which replies end the wait',
	},
	{
		displayName: 'Word to Approve',
		name: 'approveWord',
		type: 'string',
		required: true,
		default: 'YES',
		description: 'The reply that approves; case, accents, spaces and punctuation do not matter',
		displayOptions: { show: { responseType: ['approval'] } },
	},
	{
		displayName: 'Word to Decline',
		name: 'declineWord',
		type: 'string',
		required: true,
		default: 'NO',
		description: 'The reply that declines; case, accents, spaces and punctuation do not matter',
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
		description:
			'Whether the message ends with the words to reply with, such as <code>Reply YES or NO.</code> A single choice is not appended. A dry run outputs the whole text.',
		displayOptions: { show: { responseType: ['approval', 'choices'] } },
	},
];

/** The replies that end the wait: one of these words, or any reply if there are none. */
interface ExpectedReplies {
	words: string[];
	/** The first word approves, the second declines. */
	approval: boolean;
	/** Whether to add the words to the message. */
	append: boolean;
	/** The number that a reply must contain. */
	code?: string;
}

/**
 * The expected replies, checked before anything is sent.
 *
 * @param reserved in upper case: replies that the provider itself acts on, such as STOP
 * @throws Failure if there are no choices, or a word is reserved
 */
export function requireExpectedReplies(item: Item, reserved: ReadonlySet<string>): ExpectedReplies {
	const expected = readExpectedReplies(item);
	for (const word of expected.words) {
		const plain = normalizeReply(word).toUpperCase();
		if (!reserved.has(plain)) continue;
		throwInvalidInput(
			`"${word}" cannot be a reply: the provider acts on ${plain} itself, for example by opting the number out`,
			'Choose another word.',
		);
	}
	return expected;
}

/** @throws Failure if there are no choices, or one word both approves and declines */
export function readExpectedReplies(item: Item): ExpectedReplies {
	const type = item.choice('responseType', RESPONSE_TYPES, 'freeText');
	const append = item.flag('appendInstructions', true);
	const code = replyCode(item);
	if (type === 'freeText') return { words: [], approval: false, append: false, code };
	if (type === 'approval') {
		const approve = item.text('approveWord').trim() || 'YES';
		const decline = item.text('declineWord').trim() || 'NO';
		if (normalizeReply(approve) === normalizeReply(decline)) {
			throwInvalidInput(
				`"${approve}" cannot both approve and decline`,
				'Enter different words in Word to Approve and Word to Decline.',
			);
		}
		return { words: [approve, decline], approval: true, append, code };
	}
	const words = splitList(item.parameter<unknown>('choices', ''), item.label('choices'));
	if (words.length === 0) {
		throwInvalidInput('Choices is empty', 'Enter the words to choose from, separated by commas.');
	}
	return { words, approval: false, append, code };
}

/** A list as in a sentence: `A, B or C`. */
export function joinWithOr(words: string[]): string {
	const last = words.at(-1) ?? '';
	return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/**
 * What a reply should be, as the end of a sentence: `YES or NO, followed by 372`. Undefined if there
 * is nothing to say: a single word is often one of several things that a person may reply, so only
 * the user can say what it means.
 */
export function describeReply({ words, code }: Pick<ExpectedReplies, 'words' | 'code'>) {
	const choices = words.length > 1 ? joinWithOr(words) : undefined;
	if (code === undefined) return choices;
	return choices === undefined ? `with the number ${code}` : `${choices}, followed by ${code}`;
}

/**
 * The message, followed by the words to reply with, and by the code.
 *
 * @param limit after which no reply counts as a declining one, as in a sentence
 */
export function withInstructions(
	text: string,
	{ words, append, code }: ExpectedReplies,
	limit?: string,
): string {
	const instructions = describeReply({ words: append ? words : [], code });
	if (instructions === undefined) return text;
	const ending = append && limit ? ` No reply ${limit} counts as ${words[1]}.` : '';
	return `${text}\n\nReply ${instructions}.${ending}`;
}

/**
 * The message to send. If the node reviews a tool of an agent, n8n suggests a message that contains
 * `{{ $tool.parameters }}`. That is an object, which would be sent as `[object Object]`, so its
 * values are written out for the person who approves.
 *
 * @throws Failure if the message is empty, or contains any other object
 */
export function requireQuestion(item: Item): string {
	const text = item.parameter<unknown>('message', '');
	const { context, index } = item;
	if (typeof text !== 'string' || !text.includes(OBJECT_IN_TEXT)) {
		return requireText(item.text('message'));
	}
	const raw = context.getNodeParameter('message', index, '', { rawExpressions: true });
	if (!String(raw).includes('$tool.parameters')) return item.text('message');
	const parameters: unknown = context.evaluateExpression('{{ $tool.parameters }}', index);
	if (!isObject(parameters)) return item.text('message');
	const lines = Object.entries(parameters).map(
		([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
	);
	return text.replaceAll(OBJECT_IN_TEXT, () => lines.join('\n'));
}

/** Replies are compared without case, spaces, punctuation, quotes, emoji and keycaps. */
function normalizeReply(text: string): string {
	return normalizeInput(text)
		.replace(/[^\p{L}\p{M}\p{N}]+|\p{Me}+/gu, '')
		.toLowerCase();
}

/**
 * The same without accents, and without what distinguishes case in some alphabets only: ß and SS,
 * the I of Turkish with and without its dot, the sigma at the end of a Greek word.
 */
function normalizeLoosely(text: string): string {
	return normalizeReply(text)
		.toUpperCase()
		.normalize('NFD')
		.replace(/[\u0300-\u036F]/g, '');
}

/** The same with signs, for words that differ in signs only, such as A+ and A-. */
function normalizeKeepingSigns(text: string): string {
	return normalizeInput(text).replace(/\s+/g, '').toLowerCase();
}

/** The word that a reply matches; undefined if it matches none, or several equally well. */
export function matchReply(text: string, words: string[]): string | undefined {
	if (normalizeKeepingSigns(text) === '') return undefined;
	const exact = words.find((word) => normalizeKeepingSigns(word) === normalizeKeepingSigns(text));
	if (exact !== undefined) return exact;
	if (normalizeReply(text) === '') return undefined;
	for (const normalize of [normalizeReply, normalizeLoosely]) {
		const matches = words.filter((word) => normalize(word) === normalize(text));
		if (matches.length > 0) return matches.length === 1 ? matches[0] : undefined;
	}
	return undefined;
}
