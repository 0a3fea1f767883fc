import type { Focus } from './arbitrary';
import { CALM } from './arbitrary';
import type { InvariantName } from './invariants';

/**
 * Faults that the nodes once had, each with a focus that leaves out the others, and the invariants
 * that must be violated when it is put back.
 */
export interface KnownFault {
	title: string;
	provider: string;
	focus: Focus;
	invariants: InvariantName[];
}

const MINUTES = 60_000;
const RETRY: Focus = { ...CALM, retries: [1, 1] };

/** Contradictory responses, in several tries. */
const CONTRADICTION: Focus = {
	...CALM,
	switches: ['continueOnFail'],
	maxTries: [1, 3],
	sends: ['quirk'],
};

/** Messages that can be looked up by a reference of the user. */
const REFERENCED: Focus = { references: 1, allReferenced: true };

const REJECTION: Focus = { sends: ['quirk'], quirks: ['refusal'] };

export const KNOWN_FAULTS: KnownFault[] = [
	{
		title: 'one rejected license key outweighs the accepted messages of the same response',
		provider: 'cdyne',
		focus: {
			...CONTRADICTION,
			operations: ['send', 'sendMms'],
			recipients: [1, 3],
			textsPerRequest: [1, 100],
			quirks: ['accountRefusal'],
		},
		invariants: ['nothingSentIsTrue', 'neverTwice'],
	},
	{
		title: 'a rejection outweighs an accepted message of the same number',
		provider: 'cdyne',
		focus: {
			...CONTRADICTION,
			recipients: [1, 2],
			quirks: ['twoResults'],
		},
		invariants: ['nothingSentIsTrue', 'neverTwice'],
	},
	{
		title: 'an error code outweighs an accepted message beside it',
		provider: 'skycore',
		focus: {
			...CONTRADICTION,
			recipients: [1, 3],
			quirks: ['codeBesideAcceptance', 'refusedThenOpen'],
		},
		invariants: ['nothingSentIsTrue', 'neverTwice'],
	},
	{
		title: 'HTTP 500 with unknown words counts as a rejection',
		provider: 'wooxy',
		focus: {
			...CONTRADICTION,
			quirks: ['notFoundAccepted', 'unknownWordsAccepted'],
		},
		invariants: ['nothingSentIsTrue', 'neverTwice'],
	},
	{
		title: 'of 120 numbers under a reference, those after the hundredth count as not texted',
		provider: 'cdyne',
		focus: {
			...RETRY,
			operations: ['send', 'sendMms'],
			bulk: { recipients: 120 },
			...REFERENCED,
			crashes: [-1],
			switches: ['skipIfReferenceExists'],
		},
		invariants: ['neverTwice'],
	},
	{
		title: 'of 350 numbers under a reference, those after the hundredth are sent again',
		provider: 'cdyne',
		focus: {
			...CALM,
			operations: ['send', 'sendMms'],
			bulk: { recipients: 350 },
			...REFERENCED,
			on: ['sendAgainIfNotFound'],
			sends: ['resetAfter', 'timeoutAfter'],
		},
		invariants: ['neverTwice'],
	},
	{
		title: 'of 120 messages under a key, those after the hundredth count as not texted',
		provider: 'namirial',
		focus: {
			...RETRY,
			bulk: { items: 120 },
			...REFERENCED,
			crashes: [-1],
		},
		invariants: ['neverTwice'],
	},
	...['wooxy', 'skycore', 'namirial', 'cdyne'].map(
		(provider): KnownFault => ({
			title: 'nothingSent in a retry leaves out the execution that is repeated',
			provider,
			focus: {
				...RETRY,
				...(provider === 'cdyne' && { operations: ['sendSimple'] }),
				crashes: [1, 2, -1],
				switches: ['continueOnFail'],
				sends: ['quirk', 'notConnected'],
				quirks: ['refusal'],
			},
			invariants: ['nothingSentIsTrue'],
		}),
	),
	...['cdyne', 'namirial'].map(
		(provider): KnownFault => ({
			title: 'a retry takes the message of an equal item for that of a rejected one',
			provider,
			focus: {
				...RETRY,
				items: [2, 3],
				numbers: 1,
				...REFERENCED,
				...REJECTION,
				concurrency: [1, 0],
			},
			invariants: ['nobodySwallowed'],
		}),
	),
	...['cdyne', 'namirial', 'wooxy', 'skycore'].map(
		(provider): KnownFault => ({
			title: 'a sub-workflow does not know that the execution is a retry',
			provider,
			focus: {
				...RETRY,
				references: 2,
				subWorkflow: [true],
				crashes: [1, 2, -1],
				switches: ['notOnRetry', 'continueOnFail'],
			},
			invariants: ['neverTwice'],
		}),
	),
	...['cdyne', 'namirial'].map(
		(provider): KnownFault => ({
			title: 'a clock that is behind makes a lost message look old',
			provider,
			focus: {
				...CALM,
				references: 2,
				allReferenced: true,
				clocks: [-7 * MINUTES, 7 * MINUTES],
				on: ['sendAgainIfNotFound'],
				sends: ['resetAfter', 'timeoutAfter'],
			},
			invariants: ['neverTwice'],
		}),
	),
	{
		title: 'a rejected older message becomes the result of a lost send',
		provider: 'namirial',
		focus: {
			...RETRY,
			...REFERENCED,
			old: ['rejected'],
			oldCounts: [1],
			retries: [0, 1],
			crashes: [0, 1],
			switches: ['skipIfReferenceExists'],
			sends: ['resetBefore', 'timeoutBefore', 'resetAfter'],
		},
		invariants: ['deadMessagesDoNotCount'],
	},
	{
		title: 'a cancelled older message counts as one that exists',
		provider: 'cdyne',
		focus: {
			...CALM,
			operations: ['send', 'sendMms'],
			...REFERENCED,
			old: ['cancelled'],
			oldCounts: [1],
			on: ['skipIfReferenceExists'],
		},
		invariants: ['deadMessagesDoNotCount'],
	},
	...['cdyne', 'namirial', 'wooxy', 'skycore'].map(
		(provider): KnownFault => ({
			title: 'a dry run is output as already sent in the next try, or after it is turned off',
			provider,
			focus: {
				...RETRY,
				items: [2, 3],
				invalidOneIn: 3,
				on: ['dryRun'],
				switches: ['continueOnFail'],
				maxTries: [1, 3],
				turnOff: ['dryRun'],
			},
			invariants: ['alreadySentIsTrue'],
		}),
	),
	...['wooxy', 'skycore'].map(
		(provider): KnownFault => ({
			title: 'an item that a retry did not send is never sent',
			provider,
			focus: {
				...RETRY,
				on: ['notOnRetry'],
				...REJECTION,
				retries: [2, 2],
				turnOff: ['notOnRetry'],
			},
			invariants: ['cleanRunReachesAll'],
		}),
	),
	{
		title: 'look-ups ignore Concurrency',
		provider: 'cdyne',
		focus: {
			...CALM,
			operations: ['send', 'sendMms'],
			recipients: [1, 3],
			references: 2,
			allReferenced: true,
			old: ['delivered'],
			oldCounts: [3],
			concurrency: [1, 2],
			switches: ['skipIfReferenceExists'],
			sends: ['resetBefore', 'resetAfter'],
		},
		invariants: ['concurrencyHolds'],
	},
	...['cdyne', 'namirial'].map(
		(provider): KnownFault => ({
			title: 'after an accepted send and a rejected second one, nothing counts as sent',
			provider,
			focus: {
				...CALM,
				...REFERENCED,
				clocks: [-7 * MINUTES],
				lags: [2_900],
				on: ['sendAgainIfNotFound'],
				switches: ['continueOnFail'],
				sends: ['resetAfter', 'quirk'],
				quirks: ['refusal'],
			},
			invariants: ['nothingSentIsTrue'],
		}),
	),
	{
		title: 'an item whose recipients were all rejected counts as sent',
		provider: 'cdyne',
		focus: {
			...RETRY,
			operations: ['send', 'sendMms'],
			items: [2, 3],
			recipients: [2, 3],
			...REJECTION,
		},
		invariants: ['alreadySentIsTrue'],
	},
	{
		title: 'a group whose numbers were all rejected counts as sent',
		provider: 'skycore',
		focus: {
			...RETRY,
			items: [2, 3],
			recipients: [2, 3],
			sends: ['quirk'],
			quirks: ['refusal', 'refusedRecipients'],
		},
		invariants: ['alreadySentIsTrue'],
	},
	...['cdyne', 'namirial'].map(
		(provider): KnownFault => ({
			title: 'a reference that was just used, and cannot be looked up yet, counts as new',
			provider,
			focus: {
				...CALM,
				items: [2, 3],
				...REFERENCED,
				lags: [2_900],
				on: ['skipIfReferenceExists'],
			},
			invariants: ['neverTwice'],
		}),
	),
	{
		title: 'two items take the same message, whose number is not told',
		provider: 'cdyne',
		focus: {
			...RETRY,
			operations: ['send', 'sendMms'],
			items: [2, 3],
			...REFERENCED,
			numbersHidden: [true],
			crashes: [1, 2, -1],
		},
		invariants: ['nobodySwallowed', 'idsBelong'],
	},
	{
		title: 'one rejected older message makes every look-up fail',
		provider: 'cdyne',
		focus: {
			...CALM,
			operations: ['send', 'sendMms'],
			...REFERENCED,
			old: ['rejected'],
			oldCounts: [1],
			on: ['skipIfReferenceExists'],
		},
		invariants: ['cleanRunReachesAll'],
	},
	{
		title: 'with Texts per Request, Unicode and GSM texts do not share the Concurrency',
		provider: 'cdyne',
		focus: {
			...CALM,
			operations: ['send'],
			items: [2, 5],
			unicode: true,
			textsPerRequest: [3, 100],
			concurrency: [1],
		},
		invariants: ['concurrencyHolds'],
	},
	...['cdyne', 'namirial'].map(
		(provider): KnownFault => ({
			title: 'a later round of a loop claims the message of an earlier one after a retry',
			provider,
			focus: {
				...RETRY,
				items: [1, 1],
				rounds: [2, 2],
				numbers: 1,
				...REFERENCED,
				...REJECTION,
			},
			invariants: ['nobodySwallowed', 'idsBelong'],
		}),
	),
];
