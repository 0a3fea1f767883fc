import type { FailureFacts } from '../shared/errors';
import type { SmsStatus } from '../shared/message';

/** Namirial's words and codes, and what they mean here (docs/providers/namirial.md 4.5, 7.5). */

export const STATUSES: Readonly<Record<string, SmsStatus>> = {
	PROVIDER_ACCEPTANCE: 'queued',
	SENT: 'sent',
	DELIVERED: 'delivered',
	READ: 'read',
	UNDELIVERED: 'undelivered',
	REJECTED: 'failed',
};

/** On this channel a message may still be read after it was delivered. */
export const READABLE_CHANNEL = 'RCS';

/** Milliseconds: the window of the anti-flooding limits, which can only be waited out (5.2). */
const FLOODING_WINDOW = 3_600_000;

/**
 * INFERRED (4.5): 64 says that nothing went to the upstream provider, since that one was not to be
 * had, and a message exists only once it is accepted there (9, row 6). So a send may be repeated
 * after it. Switch off here should a message ever turn up behind a 64.
 */
const NOTHING_ACCEPTED_ON_64 = true;

export interface Refusal extends Pick<FailureFacts, 'kind' | 'nothingAccepted' | 'retryAfter'> {
	meaning: string;
	advice: string;
}

/**
 * The codes that Namirial lists. Only 64 is transient, so only after it a send is repeated; the
 * texts on the wire are not reliable, hence the meanings.
 */
export const REFUSALS: Readonly<Record<number, Refusal>> = {
	8: {
		meaning: 'the number cannot receive texts',
		advice:
			'Trying again does not help. The number may be out of service or a landline, its country or network may block texts, or its owner opted out. Check the number with the recipient.',
		kind: 'rejected',
	},
	56: {
		meaning: 'the number is malformed',
		advice:
			'Give the number in international form, such as +39 333 111 2233, or set Default Country in the options.',
		kind: 'rejected',
	},
	59: {
		meaning: 'it does not know this reference service',
		advice:
			'Set Reference Service to a value that is enabled for your account. Namirial keeps a closed list of them; ask its support for yours.',
		kind: 'rejected',
	},
	60: {
		meaning: 'too many messages went to this number within an hour',
		advice:
			'The limit is per number and cannot be lifted, only waited out. Check whether the workflow texts this number in a loop.',
		kind: 'rateLimited',
		retryAfter: FLOODING_WINDOW,
	},
	61: {
		meaning: 'a watchlist blocks this number',
		advice: 'Trying again does not help. Ask Namirial why the number is on its watchlist.',
		kind: 'rejected',
	},
	63: {
		meaning: 'the username or password is missing or wrong',
		advice:
			'Check Username and Password in the Namirial SMS Gateway API credential, and that its Base URL belongs to the same environment.',
		kind: 'credential',
	},
	64: {
		meaning: 'its upstream provider is out of order for the moment',
		advice: 'Nothing was sent. Try again in some minutes.',
		kind: 'unavailable',
		nothingAccepted: NOTHING_ACCEPTED_ON_64,
	},
	66: {
		meaning: 'the text is empty',
		advice: 'Give the text to send. Check the expression in Message.',
		kind: 'rejected',
	},
	74: {
		meaning: 'the text holds a link that is not allowed',
		advice: 'Leave the link out, or ask Namirial to allow its address for your account.',
		kind: 'rejected',
	},
};
