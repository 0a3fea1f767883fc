import type { FailureKind } from '../shared/errors';

/**
 * Skycore's codes of answers. Those of postbacks are another list that shares spellings: E101, E102
 * and E201 mean one thing here and another there (docs/providers/skycore.md 5).
 */

/** What a refusal means, and what to do about it. */
interface Refusal {
	kind: FailureKind;
	/** In a few words, for an answer that has none of its own. */
	meaning: string;
	advice: string;
	/** Something may have been accepted all the same. */
	doubtful?: boolean;
	/** Milliseconds after which another try makes sense. */
	pause?: number;
	/** Another try within one run of a node cannot help. */
	lasting?: boolean;
}

/** INFERRED: how long to wait where E106 does not say it, in milliseconds (5.1). */
const CALL_INTERVAL = 5_000;

/** INFERRED: how long to let media be encoded before asking again, in milliseconds (3.5, E626). */
const ENCODING_PAUSE = 10_000;

const KEY = 'Check the API Key in the credential.';

const FAULT_HERE =
	'Check the Base URL in the credential: it must lead to version 1.3 of the API. If it does, please report this as a fault of the node.';

const FETCH =
	'Skycore could not fetch the file. Check that its address can be opened by anybody, without a login, and try again.';

const TOO_LARGE =
	'Make it smaller or shorter. The limits are shown in the API Settings of the account.';

const SLIDES = 'Check the slides against the rules in the description of the field Slides.';

const CAMPAIGN =
	'Check Campaign Reference: it is the one chosen when the campaign was made, and the number must be subscribed to that campaign.';

const rejected = (meaning: string, advice: string): Refusal => ({
	kind: 'rejected',
	meaning,
	advice,
});

const credential = (meaning: string, advice: string): Refusal => ({
	kind: 'credential',
	meaning,
	advice,
});

const notFound = (meaning: string, advice: string): Refusal => ({
	kind: 'notFound',
	meaning,
	advice,
});

/** Codes of answers, with their class (5.1 to 5.3). The classes are INFERRED from the wording. */
export const API_CODES: Readonly<Record<string, Refusal>> = {
	E100: rejected('The request is not valid', FAULT_HERE),
	E101: rejected('The action is missing or unknown', FAULT_HERE),
	E102: credential('The API key is missing', KEY),
	E103: credential('The password is missing', KEY),
	E104: credential('The API key is not known', KEY),
	E105: credential(
		'The account has no right to use the API',
		'Ask the account manager at Skycore to switch the API on.',
	),
	E106: {
		kind: 'rateLimited',
		meaning: 'The API was called too soon after the last call',
		advice: 'The account may call only every few seconds. Set Concurrency to 1 in the options.',
		pause: CALL_INTERVAL,
	},
	E107: credential(
		'The account has no right to this action',
		'Ask the account manager at Skycore for the right to this action.',
	),
	E108: rejected('The request could not be parsed', FAULT_HERE),
	E109: credential(
		'The API is not activated',
		'Ask the account manager at Skycore to switch the API on.',
	),
	E110: rejected(
		'The number of the receiver is not valid',
		'Check the number: it must be in international form.',
	),
	E111: rejected(
		'The short code is not valid',
		'Check From: it must be a short or long code that this account may use.',
	),
	E112: credential(
		'The address that calls is not on the allow-list',
		'Put the address of this n8n on the list of allowed addresses in the API Settings of the account.',
	),
	E113: {
		kind: 'rateLimited',
		meaning: 'The throughput set for this action is used up',
		advice: 'Lower Concurrency in the options, or ask Skycore for a higher throughput.',
	},
	E114: {
		kind: 'optedOut',
		meaning: 'The phone number is blacklisted',
		advice: 'The recipient is not to be texted. Take the number off your list.',
	},
	E120: {
		kind: 'rateLimited',
		meaning: 'The account has reached its limit of requests',
		advice:
			'The limit may be one for the whole day. It is shown in the API Settings of the account; run the workflow again when it has passed.',
		lasting: true,
	},
	E170: rejected('The campaign name is missing', 'Give a Campaign Name.'),
	E171: rejected('The brand name is missing', 'Give a Brand Name.'),
	E172: {
		kind: 'unavailable',
		meaning: 'The campaign was not created',
		advice: 'A fault at Skycore. Try again later.',
	},
	E200: notFound('The account has no saved MMS', 'Save one first.'),
	E201: rejected('The number of the receiver is missing', 'Give a number in To.'),
	E223: rejected('A slide holds more than one object', SLIDES),
	E224: rejected('A slide holds media together with an object', SLIDES),
	E225: rejected('There are too many slides', SLIDES),
	E226: rejected('A slide holds audio and video', SLIDES),
	E227: rejected('A slide holds a video and an image', SLIDES),
	E228: rejected('A text is too long', SLIDES),
	E229: rejected('The content is not allowed', SLIDES),
	E230: rejected('The duration of a slide is not valid', SLIDES),
	E241: notFound(
		'There is no such content',
		'Check MMS ID: it must be one that Save returned or Get Many lists.',
	),
	E301: rejected('The name is missing', 'Give a Name.'),
	E302: rejected('There are no slides', SLIDES),
	E303: rejected('A slide is empty', SLIDES),
	E304: rejected('The subject is missing', 'Give a Subject.'),
	E311: rejected('The name is missing', 'Give a Name.'),
	E312: rejected('There are no slides', SLIDES),
	E313: rejected('A slide is empty', SLIDES),
	E314: rejected('The subject is missing', 'Give a Subject.'),
	E331: rejected('An image is too large', TOO_LARGE),
	E332: rejected('A sound is too large', TOO_LARGE),
	E333: rejected('A video is too large', TOO_LARGE),
	E334: rejected('A text is too long', TOO_LARGE),
	E335: rejected('A vCard is too large', TOO_LARGE),
	E336: rejected('An iCal entry is too large', TOO_LARGE),
	E337: rejected('A PDF is too large', TOO_LARGE),
	E338: rejected('A pass is too large', TOO_LARGE),
	E341: rejected('An image is corrupted', 'Replace the image.'),
	E343: rejected('A video has no usable codec', 'Convert the video, for example to MP4.'),
	E351: rejected('An image could not be fetched', FETCH),
	E352: rejected('A sound could not be fetched', FETCH),
	E353: rejected('A video could not be fetched', FETCH),
	E355: rejected('A vCard could not be fetched', FETCH),
	E356: rejected('An iCal entry could not be fetched', FETCH),
	E357: rejected('A PDF could not be fetched', FETCH),
	E358: rejected('A pass could not be fetched', FETCH),
	E405: notFound('The account has no MMS campaign', 'Create one first.'),
	E503: {
		kind: 'unavailable',
		meaning: 'A fault inside Skycore',
		advice: 'Try again later.',
		doubtful: true,
	},
	E620: rejected('The MMS ID is missing', 'Give an MMS ID.'),
	E621: rejected('The number of the receiver is missing', 'Give a number in To.'),
	E622: rejected('The fallback text is missing', 'Give a Fallback Text.'),
	E623: rejected('There are too many recipients', 'Give one number in To.'),
	E625: notFound(
		'The MMS ID is not valid',
		'Check MMS ID: it must be one that Save returned or Get Many lists.',
	),
	E626: {
		kind: 'unavailable',
		meaning: 'The MMS is still being encoded',
		advice:
			'An MMS with sound or video can be sent once it is encoded. Skycore Trigger tells with the event Media Ready when it is.',
		pause: ENCODING_PAUSE,
	},
	E627: rejected('The service is not valid', 'Check the account with Skycore.'),
	E628: rejected(
		'The operator is not supported',
		'Skycore cannot reach the network of this number. Check Operator ID in the options, if given.',
	),
	E629: rejected(
		'The type of the content is not known',
		'Check MMS ID: it must be that of a saved MMS.',
	),
	E650: rejected('The operator is missing', 'Give an Operator ID in the options.'),
	E651: rejected('The operator is not known', 'Check Operator ID in the options.'),
	E712: rejected('The text is missing', 'Give a Message.'),
	E713: rejected('There is a billing problem', 'Settle the billing of the account with Skycore.'),
	E714: notFound('The campaign is missing or not valid', CAMPAIGN),
	E715: rejected('The number is not subscribed to this campaign', CAMPAIGN),
	E716: rejected('Neither an MMS nor a text was given', FAULT_HERE),
	E717: rejected('Both an MMS and a text were given', FAULT_HERE),
	E718: rejected('The campaign reference is missing', 'Give a Campaign Reference.'),
	E719: rejected('The subscriber reference is missing', 'Give a Subscriber Reference.'),
	E720: notFound(
		'There is no active subscriber of this reference',
		'Check Subscriber Reference, and that its numbers are subscribed to the campaign.',
	),
	E721: notFound('The campaign reference is not valid', CAMPAIGN),
	E901: rejected('The mobile number is missing', 'Give a number in Mobile.'),
	E902: rejected('The campaign is missing', 'Give a Campaign Reference.'),
	E903: notFound('The campaign is not valid', CAMPAIGN),
	E904: rejected(
		'The number could not be subscribed',
		'The person may have opted out; then only they can opt in again.',
	),
	E905: rejected(
		'The number could not be unsubscribed',
		'The number may be unsubscribed already. Otherwise check the number and Campaign Reference.',
	),
};

/** Codes of answers that mean: nothing is there (3.6). */
export const NO_SAVED_MMS = 'E200';

export const NO_CAMPAIGNS = 'E405';

/** The key is good although the account may not use this action (3.6, INFERRED). */
export const NO_RIGHT_TO_ACTION = 'E107';
