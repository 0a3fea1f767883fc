import type { FailureKind } from '../shared/errors/failure';
import type { SmsStatus } from '../shared/model/message';

/** Wooxy's status words and error texts, and what they mean (docs/providers/wooxy.md 1.3, 2.4). */

/** INFERRED (docs/providers/wooxy.md 2.4): delivered and failed are final, as in SmsStatus. */
export const STATUSES: Readonly<Record<string, SmsStatus>> = {
	new: 'queued',
	queued: 'queued',
	sent: 'sent',
	delivered: 'delivered',
	undelivered: 'undelivered',
	failed: 'failed',
};

/** What Wooxy publishes about the statuses of messages that did not arrive (2.4). */
export const STATUS_MEANINGS: Readonly<Record<string, string>> = {
	undelivered: 'The message can never be delivered, mostly because the number is not valid',
	failed:
		'The network rejected the message, or its validity period passed without a confirmation, so it may have arrived',
};

/** INFERRED (docs/providers/wooxy.md 3.1): the error for an account without webhooks. */
export const NO_WEBHOOKS = /there is no web ?hook config/i;

interface ErrorText {
	/** Ignores case: Wooxy's pages differ in the first letter. */
	pattern: RegExp;
	kind: FailureKind;
	advice: string;
}

const CHECK_TOKEN =
	'Check the Access Token in the credential. Generating a new key invalidates the old one.';

/**
 * The published error texts (docs/providers/wooxy.md 1.3, 2.1, 3.1, 4); the first match counts.
 * INFERRED: the meaning of each, as the pages list the texts without explanations.
 */
export const ERROR_TEXTS: readonly ErrorText[] = [
	{ pattern: /^invalid authorization token/i, kind: 'credential', advice: CHECK_TOKEN },
	{ pattern: /^no matches found for access token/i, kind: 'credential', advice: CHECK_TOKEN },
	{ pattern: /^access token check failed/i, kind: 'credential', advice: CHECK_TOKEN },
	{
		pattern: /^user .*not enabled/i,
		kind: 'credential',
		advice: 'The account is disabled. Contact Wooxy.',
	},
	{
		pattern: /^no data found for key/i,
		kind: 'credential',
		advice: 'Wooxy has no data for this account. Contact Wooxy.',
	},
	{
		pattern: /^internal server error/i,
		kind: 'unavailable',
		advice: 'Wooxy has an internal error. Try again later.',
	},
	{
		pattern: /^domain not found/i,
		kind: 'notFound',
		advice:
			'Choose the domain from the list, or enter its name as it is in the account. It must be verified.',
	},
	{
		pattern: /not a valid E\.164/i,
		kind: 'rejected',
		advice: 'Enter the number with its country code, such as +372 5551 2345.',
	},
	{
		pattern: /reserved for internal use/i,
		kind: 'rejected',
		advice: 'Tags must not begin with an underscore.',
	},
	{
		// INFERRED: the text for such a recipient is not published
		pattern: /black-?list|\bunsubscribed\b|\bopt(?:ed)?[- ]?out\b/i,
		kind: 'optedOut',
		advice: 'The recipient does not accept messages. Only they can change that.',
	},
	{
		pattern: /^argument \S+ (?:required|must )|^tags? (?:name|should|characters)|^bad request$/i,
		kind: 'rejected',
		advice: 'Check the values of this item.',
	},
	{ pattern: /not found/i, kind: 'notFound', advice: 'Check the ID. It may have been deleted.' },
];
