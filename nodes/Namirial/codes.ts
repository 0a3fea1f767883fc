import type { FailureFacts } from '../shared/errors/failure';
import type { SmsStatus } from '../shared/model/message';

/** The meanings of Namirial's statuses and error codes (docs/providers/namirial.md 4.5, 7.5). */

export const STATUSES: Readonly<Record<string, SmsStatus>> = {
	PROVIDER_ACCEPTANCE: 'queued',
	SENT: 'sent',
	DELIVERED: 'delivered',
	READ: 'read',
	UNDELIVERED: 'undelivered',
	REJECTED: 'failed',
};

/** What the statuses of messages that did not arrive mean (7.5). */
export const STATUS_MEANINGS: Readonly<Record<string, string>> = {
	UNDELIVERED: 'the delivery failed',
	REJECTED: 'the upstream provider rejected the message, and it was not sent',
};

/** On this channel a delivered message may still become READ. */
export const READABLE_CHANNEL = 'RCS';

/** The window of the anti-flooding limits, which cannot be reset (5.2). */
const FLOODING_WINDOW_MS = 3_600_000;

/**
 * INFERRED (4.5): 64 means that the upstream provider was unavailable. A message exists only after
 * that provider has accepted it, so a send may be retried after a 64. Set this to false if a
 * message is ever sent in spite of a 64.
 */
const NOTHING_ACCEPTED_ON_64 = true;

export interface Refusal extends Pick<FailureFacts, 'kind' | 'nothingAccepted' | 'retryAfter'> {
	meaning: string;
	advice: string;
}

/**
 * The codes that Namirial publishes. Only 64 is transient, so only after it a send is retried. The
 * texts that come with the codes are not reliable, so the meanings are listed here.
 */
export const REFUSALS: Readonly<Record<number, Refusal>> = {
	8: {
		meaning: 'the number cannot receive texts',
		advice:
			'A retry does not help. The number may be out of service or a landline, its country or network may block texts, or its owner has opted out. Check the number with the recipient.',
		kind: 'rejected',
	},
	56: {
		meaning: 'the number is malformed',
		advice:
			'Enter the number in international form, such as +39 333 111 2233, or set Default Country Name or ID in the options.',
		kind: 'rejected',
	},
	59: {
		meaning: 'this Reference Service is unknown',
		advice:
			'Set Reference Service to a value that is enabled for your account. Namirial has a closed list of values: ask its support for yours.',
		kind: 'rejected',
	},
	60: {
		meaning: 'too many messages were sent to this number within an hour',
		advice:
			'The limit applies to each number and cannot be reset: wait an hour. Check whether the workflow texts this number in a loop.',
		kind: 'rateLimited',
		retryAfter: FLOODING_WINDOW_MS,
	},
	61: {
		meaning: 'a watchlist blocks this number',
		advice: 'A retry does not help. Ask Namirial why the number is on its watchlist.',
		kind: 'rejected',
	},
	63: {
		meaning: 'the username or password is missing or wrong',
		advice:
			'Check Username and Password in the Namirial SMS Gateway API credential, and that its Base URL belongs to the same environment.',
		kind: 'credential',
	},
	64: {
		meaning: 'the upstream provider is temporarily unavailable',
		advice: 'Nothing was sent. Try again in a few minutes.',
		kind: 'unavailable',
		nothingAccepted: NOTHING_ACCEPTED_ON_64,
	},
	66: {
		meaning: 'the text is empty',
		advice: 'Enter the text to send. Check the expression in Message.',
		kind: 'rejected',
	},
	74: {
		meaning: 'the text contains a link that is not allowed',
		advice: 'Remove the link, or ask Namirial to allow its address for your account.',
		kind: 'rejected',
	},
};
