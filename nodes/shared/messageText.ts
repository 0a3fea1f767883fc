import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { failInput } from './errors';
import { addHint } from './hint';
import type { Item } from './item';
import { countSegments, unicodeCharacters } from './segments';
import { withTwins } from './twins';
import { wellFormed } from './wellFormed';

/** The text of a message on its way out. */

const smartEncodingOption: INodeProperties = {
	displayName: 'Smart Encoding',
	name: 'smartEncoding',
	type: 'boolean',
	default: false,
	description:
		'Whether to send typographic signs such as curly quotes, dashes and no-break blanks as the plain ones they look like. A single one of them makes a text cost about twice as much.',
};

const maxSegmentsOption: INodeProperties = {
	displayName: 'Max Segments',
	name: 'maxSegments',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Most parts that a text may take, each of which is billed; a longer one is not sent. 0 means any number.',
};

/** Members of `options` of every send that carries a text. */
export const textOptions: INodeProperties[] = [smartEncodingOption, maxSegmentsOption];

/** Runs that have been told why a text is Unicode. */
const told = new WeakSet<IExecuteFunctions>();

/** Says, once in a run, which characters make a text cost twice as much. */
function tellUnicode({ context, index }: Item, text: string): void {
	if (told.has(context)) return;
	const characters = unicodeCharacters(text);
	if (characters.length === 0) return;
	told.add(context);
	const some = characters.slice(0, 10).map((character) => `"${character}"`);
	const more = characters.length > some.length ? ' and others' : '';
	addHint(
		context,
		`Item ${index}: the text goes out as Unicode (UCS-2), which leaves 70 characters to a segment instead of 160, because of ${some.join(', ')}${more}.`,
	);
}

/**
 * The text as it goes out: whole characters, with plain signs where the user wants that, in no more
 * parts than allowed.
 *
 * @param joined the parts of a long text are joined on the handset
 * @throws Failure where it cannot go out like this
 */
export function outgoingText(item: Item, given: string, joined = true): string {
	const whole = wellFormed(given, 'The message');
	const text = item.flagOption('smartEncoding') ? withTwins(whole) : whole;
	const most = item.numberOption('maxSegments', 0);
	const { segments, encoding } = countSegments(text, joined);
	if (most > 0 && segments > most) {
		failInput(
			`The message takes ${segments} segments in ${encoding}, and Max Segments allows ${most}`,
			'Shorten the text, leave out characters that make it Unicode, or raise Max Segments.',
		);
	}
	if (encoding === 'UCS-2') tellUnicode(item, text);
	return text;
}

/** Refuses a text that says nothing. */
export function requireWords(text: string): string {
	if (text.trim() === '') {
		failInput('The message is empty', 'Give the text to send. Check the expression in Message.');
	}
	return text;
}

/** The text to send. @throws Failure where it is empty, or cannot go out */
export function requireMessage(item: Item, joined = true): string {
	return outgoingText(item, requireWords(item.text('message')), joined);
}
