/** What a word does that a provider or a network acts on itself. */
export type SystemWord = 'stop' | 'help' | 'start';

/**
 * The words that networks and gateways of North America act on, by the guidelines of the trade
 * association CTIA, CDYNE's own, and their French forms in Canada.
 */
const WORDS: Readonly<Record<SystemWord, readonly string[]>> = {
	stop: [
		'STOP',
		'STOPALL',
		'UNSUBSCRIBE',
		'UNSUB',
		'CANCEL',
		'END',
		'QUIT',
		'OPTOUT',
		'REVOKE',
		'ARRET',
	],
	help: ['HELP', 'HLP', 'INFO', 'AIDE'],
	start: ['START', 'UNSTOP', 'RESUME', 'RECOMMENCER'],
};

const KIND_OF: ReadonlyMap<string, string> = new Map(
	Object.entries(WORDS).flatMap(([kind, words]) => words.map((word) => [word, kind] as const)),
);

/**
 * What a text does if it is a system word; null for any other text. Case, accents, spaces and
 * punctuation do not matter.
 */
export function systemWordOf(text: string | null | undefined): SystemWord | null {
	const word = (text ?? '')
		.normalize('NFKD')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.toUpperCase();
	return (KIND_OF.get(word) as SystemWord | undefined) ?? null;
}
