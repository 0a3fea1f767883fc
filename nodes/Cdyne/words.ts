/** Words that CDYNE itself acts on when a handset sends them alone (docs/providers/cdyne.md 8). */

export const OPT_OUT_WORDS: ReadonlySet<string> = new Set([
	'STOP',
	'END',
	'CANCEL',
	'UNSUBSCRIBE',
	'UNSUB',
	'QUIT',
	'ARRET',
]);

export const OPT_IN_WORDS: ReadonlySet<string> = new Set(['RESUME', 'RECOMMENCER']);

/** Answered by CDYNE with a text of its own. */
export const HELP_WORDS: ReadonlySet<string> = new Set(['HELP', 'HLP', 'INFO', 'AIDE']);

/** What no workflow can use as an answer. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
	...OPT_OUT_WORDS,
	...OPT_IN_WORDS,
	...HELP_WORDS,
]);
