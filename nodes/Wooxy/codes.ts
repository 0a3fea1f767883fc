import type { FailureKind } from '../shared/errors';
import type { SmsStatus } from '../shared/message';

/** Wooxy's words, and what they mean here (docs/providers/wooxy.md 1.3, 2.4). */

/** INFERRED (docs/providers/wooxy.md 2.4): which words are final follows from their contract status. */
export const STATUSES: Readonly<Record<string, SmsStatus>> = {
	new: 'queued',
	queued: 'queued',
	sent: 'sent',
	delivered: 'delivered',
	undelivered: 'undelivered',
	failed: 'failed',
};

/** The words for an empty account that webhook/list fails with (docs/providers/wooxy.md 3.1). */
export const NO_WEBHOOKS = /there is no web ?hook config/i;

interface Meaning {
	/** In any case: pages differ in the first letter. */
	text: RegExp;
	kind: FailureKind;
	advice?: string;
}

const CHECK_TOKEN =
	'Check the Access Token in the credential. A key generated later puts it out of use.';

/** What the published texts mean (docs/providers/wooxy.md 1.3, 2.1, 3.1, 4); the first match counts. */
export const MEANINGS: readonly Meaning[] = [
	{ text: /^invalid authorization token/i, kind: 'credential', advice: CHECK_TOKEN },
	{ text: /^no matches found for access token/i, kind: 'credential', advice: CHECK_TOKEN },
	{ text: /^access token check failed/i, kind: 'credential', advice: CHECK_TOKEN },
	{
		text: /^user .*not enabled/i,
		kind: 'credential',
		advice: 'The account is switched off. Contact Wooxy.',
	},
	{
		text: /^no data found for key/i,
		kind: 'credential',
		advice: 'Wooxy has no data of this account. Contact Wooxy.',
	},
	{
		text: /^internal server error/i,
		kind: 'unavailable',
		advice: 'A fault at Wooxy. Try again later.',
	},
	{
		text: /^domain not found/i,
		kind: 'notFound',
		advice: 'Choose the domain from the list, or give its name as the account has it, verified.',
	},
	{
		text: /not a valid E\.164/i,
		kind: 'rejected',
		advice: 'Give the number with its country code, such as +372 5551 2345.',
	},
	{
		text: /reserved for internal use/i,
		kind: 'rejected',
		advice: 'Tags must not begin with an underscore.',
	},
	{
		// INFERRED: how Wooxy words it is not published
		text: /black-?list|\bunsubscribed\b|\bopt(?:ed)?[- ]?out\b/i,
		kind: 'optedOut',
		advice: 'The recipient does not want messages. Only they can change that.',
	},
	{ text: /not found/i, kind: 'notFound', advice: 'Check the ID. It may have been deleted.' },
];
