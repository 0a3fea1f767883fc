import fc from 'fast-check';

/** The history of one wait: what the provider posts to n8n, and when. */

export type PostbackKind =
	/** CDYNE's SMSSent=1 and 0 (docs/providers/cdyne.md 7.2). */
	| 'sent'
	| 'notSent'
	/** CDYNE's receipts 003, 000 and 024; 091 with a BackupMessageID. */
	| 'atCarrier'
	| 'delivered'
	| 'undelivered'
	| 'backup'
	/** Replies. */
	| 'yes'
	| 'no'
	| 'anotherText'
	| 'noText'
	| 'stop'
	/** Namirial's own refusal after it accepted the message (docs/providers/namirial.md 7.5). */
	| 'rejected'
	/** Something that no provider posts. */
	| 'garbage';

export interface Postback {
	kind: PostbackKind;
	/**
	 * The message of this wait, another message to the same number, a stranger's, or the one that CDYNE
	 * sent instead of that of this wait.
	 */
	about: 'own' | 'earlier' | 'stranger' | 'backup';
	/** Since the provider accepted the message. */
	atMs: number;
	/** How often it is posted. */
	copies: number;
	/** Between copies. */
	gapMs: number;
	/** A reply names the message that it answers. */
	isMatched: boolean;
}

export interface WaitHistory {
	provider: 'cdyne' | 'namirial';
	operation: 'sendAndWaitForDelivery' | 'sendAndWait';
	waitFor: 'delivered' | 'sent';
	responseType: 'freeText' | 'approval';
	limitMinutes: number;
	/** From the limit until n8n ends the wait. */
	lateMs: number;
	postbacks: Postback[];
	/** The response to the send is lost, and the message is found. */
	isSendLost: boolean;
	/** Until a message can be looked up. */
	lagMs: number;
	/** n8n starts again after this time; its look-ups are forgotten. 0 for never. */
	restartAtMs: number;
}

const NAMIRIAL_KINDS: PostbackKind[] = [
	...(['sent', 'delivered', 'undelivered', 'rejected', 'garbage'] as const),
];

const CDYNE_KINDS: PostbackKind[] = [
	...(['sent', 'notSent', 'atCarrier', 'delivered', 'undelivered', 'backup'] as const),
	...(['yes', 'no', 'anotherText', 'noText', 'stop', 'garbage'] as const),
];

const MINUTE = 60_000;

const ABOUT = ['own', 'own', 'own', 'own', 'earlier', 'stranger', 'backup'] as const;

/** The waits of a provider. */
export function waitArbitrary(provider: WaitHistory['provider']): fc.Arbitrary<WaitHistory> {
	const isCdyne = provider === 'cdyne';
	const operations: Array<WaitHistory['operation']> = isCdyne
		? ['sendAndWaitForDelivery', 'sendAndWait']
		: ['sendAndWaitForDelivery'];
	return fc.record({
		provider: fc.constant(provider),
		operation: fc.constantFrom(...operations),
		waitFor: fc.constantFrom('delivered' as const, 'sent' as const),
		responseType: fc.constantFrom('freeText' as const, 'approval' as const),
		limitMinutes: fc.constantFrom(10, 1),
		lateMs: fc.constantFrom(0, 40_000),
		postbacks: fc.array(
			fc.record({
				kind: fc.constantFrom(...(isCdyne ? CDYNE_KINDS : NAMIRIAL_KINDS)),
				about: fc.constantFrom(...(isCdyne ? ABOUT : ABOUT.slice(0, 5))),
				atMs: fc.constantFrom(500, 5_000, 30, 1_000, 6_000, 50_000, 5 * MINUTE, 30 * MINUTE),
				copies: fc.constantFrom(1, 1, 2, 3),
				gapMs: fc.constantFrom(0, 10, 1_000, 2 * MINUTE),
				isMatched: fc.boolean(),
			}),
			{ maxLength: 5 },
		),
		isSendLost: fc.nat(5).map((chance) => chance === 5),
		lagMs: fc.constantFrom(0, 2_900),
		restartAtMs: fc.constantFrom(0, 0, 2_000, 20_000),
	});
}

/** The history in a few lines. */
export function describeWait({ postbacks, ...rest }: WaitHistory): string {
	const lines = postbacks.map(
		({ kind, about, atMs, copies, gapMs, isMatched }) =>
			`at ${atMs} ms: ${kind} of the ${about} message${copies > 1 ? `, ${copies} times every ${gapMs} ms` : ''}${isMatched ? ', matched' : ''}`,
	);
	return [JSON.stringify(rest), ...lines].join('\n');
}
