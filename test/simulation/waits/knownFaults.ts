import type { WaitHistory } from './history';

/** Faults that waits once had, each with histories that leave out the others. */

interface KnownWaitFault {
	title: string;
	focus(history: WaitHistory): WaitHistory;
}

const withoutBackup = (history: WaitHistory): WaitHistory => ({
	...history,
	postbacks: history.postbacks.filter(({ kind, about }) => about !== 'backup' && kind !== 'backup'),
});

export const KNOWN_WAIT_FAULTS: KnownWaitFault[] = [
	{
		title: 'a message that cannot be looked up yet counts as failed',
		focus: (history) => ({
			...withoutBackup(history),
			operation: 'sendAndWaitForDelivery',
			lagMs: 2_900,
		}),
	},
	{
		title: 'a reply to the message that CDYNE sent instead, and its receipts, are ignored',
		focus: (history) => ({ ...history, operation: 'sendAndWait', lagMs: 0 }),
	},
	{
		title: 'a help text that cannot be looked up yet is sent again',
		focus: (history) => ({
			...withoutBackup(history),
			operation: 'sendAndWait',
			responseType: 'approval',
			lagMs: 2_900,
		}),
	},
];
