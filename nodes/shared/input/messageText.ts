import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { throwInvalidInput } from '../errors/failure';
import { addHint } from '../host/internals';
import { countSegments, unicodeCharacters } from '../model/segments';
import { requireWellFormed } from './coerce';
import { withGsmReplacements } from './gsmReplacements';
import type { Item } from './item';

const smartEncodingOption: INodeProperties = {
	displayName: 'Smart Encoding',
	name: 'smartEncoding',
	type: 'boolean',
	default: false,
	description:
		'Whether to replace typographic characters such as curly quotes, dashes and no-break spaces with the plain ones they look like. A single typographic character makes a text cost about twice as much.',
};

const maxSegmentsOption: INodeProperties = {
	displayName: 'Max Segments',
	name: 'maxSegments',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Maximum number of segments of a text, each of which is billed. A longer text is not sent. 0 means no limit.',
};

/** The options of all operations that send a text. */
export const textOptions: INodeProperties[] = [smartEncodingOption, maxSegmentsOption];

/** Runs that already show this hint. */
const hintedRuns = new WeakSet<IExecuteFunctions>();

/** Shows, once in a run, which characters make a text cost twice as much. */
function hintUnicode({ context, index }: Item, text: string): void {
	if (hintedRuns.has(context)) return;
	const characters = unicodeCharacters(text);
	if (characters.length === 0) return;
	hintedRuns.add(context);
	const listed = characters.slice(0, 10).map((character) => `"${character}"`);
	const suffix = characters.length > listed.length ? ' and others' : '';
	const isReplaceable = unicodeCharacters(withGsmReplacements(text)).length === 0;
	const advice = isReplaceable ? ' Smart Encoding in the options replaces them.' : '';
	addHint(
		context,
		`Item ${index + 1}: the text is sent as Unicode (UCS-2), with 70 characters per segment instead of 160, because of ${listed.join(', ')}${suffix}.${advice}`,
	);
}

/**
 * The text as it is sent: with GSM replacements if Smart Encoding is on.
 *
 * @param joined whether the handset joins the segments of a long text
 * @throws Failure if a character is cut in half, or there are more segments than allowed
 */
export function outgoingText(item: Item, input: string, joined = true): string {
	const wellFormed = requireWellFormed(input, 'The message');
	const text = item.flagOption('smartEncoding') ? withGsmReplacements(wellFormed) : wellFormed;
	const maxSegments = item.numberOption('maxSegments', 0);
	const { segments, encoding } = countSegments(text, joined);
	if (maxSegments > 0 && segments > maxSegments) {
		throwInvalidInput(
			`The message takes ${segments} segments in ${encoding}, and Max Segments allows ${maxSegments}`,
			'Shorten the text, remove the characters that make it Unicode, or raise Max Segments.',
		);
	}
	if (encoding === 'UCS-2') hintUnicode(item, text);
	return text;
}

/** Returns a text that is not empty. @throws Failure if it is */
export function requireText(text: string): string {
	if (text.trim() === '') {
		throwInvalidInput(
			'The message is empty',
			'Enter the text to send. Check the expression in Message.',
		);
	}
	return text;
}

/** The text of Message as it is sent. @throws Failure if it is empty or cannot be sent */
export function requireMessage(item: Item, joined = true): string {
	return outgoingText(item, requireText(item.text('message')), joined);
}
