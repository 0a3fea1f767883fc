/**
 * A history: what a user set up, what happened on the network, and how often n8n ran the node. It is
 * plain data, so that fast-check can shrink it and a report can show it.
 */

/** What happens to a request. `before`: the provider did not process it; `after`: it did. */
export type FaultKind =
	| 'none'
	| 'notConnected'
	| 'resetBefore'
	| 'resetAfter'
	| 'timeoutBefore'
	| 'timeoutAfter'
	| 'cutBody'
	| 'emptyBody'
	| 'htmlPage'
	| 'serverErrorBefore'
	| 'serverErrorAfter'
	| 'tooManyRequests'
	/** The provider's own: its model lists them. */
	| 'quirk';

export interface Fault {
	kind: FaultKind;
	/** The provider's quirk, by its position in the list that the focus allows. */
	quirk: number;
	/** Which messages of a request a quirk affects, as bits; the pattern repeats after 8. */
	mask: number;
	/** Which of the provider's words or codes a quirk uses, or where a body is cut. */
	choice: number;
}

export interface HistoryItem {
	/** Recipients, as positions in the provider's list of numbers. */
	to: number[];
	/** The user's reference; null for none. */
	reference: number | null;
	/** The text needs Unicode. */
	unicode: boolean;
	/** The number is not valid, so the item fails before any request. */
	invalid: boolean;
}

/** A message from before this history. */
export interface OldMessage {
	to: number;
	reference: number;
	status: 'delivered' | 'rejected' | 'cancelled';
	/** How many there are. */
	count: number;
	hoursAgo: number;
}

export interface Settings {
	skipIfReferenceExists: boolean;
	sendAgainIfNotFound: boolean;
	notOnRetry: boolean;
	dryRun: boolean;
	concatenate: boolean;
	/** 0 for the default. */
	concurrency: number;
	textsPerRequest: number;
	continueOnFail: boolean;
	/** 1 for no Retry On Fail. */
	maxTries: number;
}

/** How n8n runs the node once more. */
export interface Retry {
	/** Options that the user turns off before, as the error texts advise. */
	turnOff: Array<'dryRun' | 'notOnRetry'>;
	/** The user turns Continue On Fail on before, so that one failed item does not hide the others. */
	continueOnFail: boolean;
	/** Repeats the execution that the previous retry repeated, as when Retry is pressed twice. */
	pressedTwice: boolean;
	/** No faults happen any more. */
	clean: boolean;
}

export interface History {
	/** Position in the provider's list of sending operations. */
	operation: number;
	/** The items of each round of a loop. */
	rounds: HistoryItem[][];
	settings: Settings;
	old: OldMessage[];
	/** How far the provider's clock is ahead of n8n's. */
	clockAheadMs: number;
	/** Until an accepted message can be looked up. */
	lagMs: number;
	/** The text contains the time, so it differs in each try. */
	textHasTime: boolean;
	/** Look-ups do not tell the number. */
	numbersHidden: boolean;
	/** The node has the credential for look-ups (Namirial). */
	canLookUp: boolean;
	/** The node is in a sub-workflow of the execution. */
	inSubWorkflow: boolean;
	/** For each send and each look-up in order; none where the list ends. */
	sends: Fault[];
	lookups: Fault[];
	/** n8n is gone at this request of the first execution, from 1; 0 for never, -1 after its end. */
	crashAt: number;
	/** Whether the provider processes the request at which n8n goes. */
	crashAfter: boolean;
	retries: Retry[];
}

const flagsOf = (values: object) =>
	Object.entries(values)
		.filter(([, value]) => value !== false)
		.map(([name, value]) => (value === true ? name : `${name}=${String(value)}`))
		.join(' ');

const faultsOf = (faults: Fault[], quirks: readonly string[]) =>
	faults
		.map(({ kind, quirk, mask, choice }) =>
			kind === 'quirk' ? `${quirks[quirk % quirks.length]}(${mask},${choice})` : kind,
		)
		.join(', ');

/** A history in a few lines. */
export function describeHistory(history: History, operation: string, quirks: readonly string[]) {
	const { settings, rounds, old, sends, lookups, retries } = history;
	const itemsOf = (items: HistoryItem[]) =>
		items
			.map(({ to, reference, unicode, invalid }) => {
				const numbers = to.length > 6 ? `${to.length} numbers` : `to ${to.join('+')}`;
				const marks = `${unicode ? ' unicode' : ''}${invalid ? ' invalid' : ''}`;
				return `${numbers}${reference === null ? '' : ` ref ${reference}`}${marks}`;
			})
			.slice(0, 8)
			.join(' | ');
	const lines = [
		`${operation}: ${flagsOf(settings)}`,
		...rounds.map((items, round) => `round ${round}: ${items.length} item(s): ${itemsOf(items)}`),
		...old.map(
			({ to, reference, status, count, hoursAgo }) =>
				`${count} ${status} to ${to} ref ${reference}, ${hoursAgo} h ago`,
		),
		`provider: clock ${history.clockAheadMs / 1000} s ahead, lag ${history.lagMs} ms${history.numbersHidden ? ', numbers hidden' : ''}${history.canLookUp ? '' : ', no look-ups'}`,
		`sends: ${faultsOf(sends, quirks) || 'none fail'}; look-ups: ${faultsOf(lookups, quirks) || 'none fail'}`,
		`n8n: ${history.textHasTime ? 'time in the text, ' : ''}${history.inSubWorkflow ? 'sub-workflow, ' : ''}crash at ${history.crashAt}${history.crashAfter ? ' (processed)' : ''}`,
		...retries.map((retry) => `retry: ${flagsOf({ ...retry, turnOff: retry.turnOff.join() })}`),
	];
	return lines.join('\n');
}
