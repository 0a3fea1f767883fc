import type { FailureKind } from '../shared/errors/failure';

/** Codes of responses; some mean something else in postbacks (docs/providers/skycore.md 5). */

interface CodeMeaning {
	kind: FailureKind;
	/** Used if the response gives no reason. */
	meaning: string;
	advice: string;
	/** The request may have been accepted anyway. */
	mayBeAccepted?: boolean;
	/** Milliseconds before a retry makes sense. */
	delayMs?: number;
	/** A retry within the same run cannot help. */
	persistent?: boolean;
}

/** INFERRED: the delay after an E106 that names no time (docs/providers/skycore.md 5.1). */
const CALL_INTERVAL_MS = 5_000;

/** INFERRED: the delay after E626, while media are encoded (docs/providers/skycore.md 5.1). */
const ENCODING_DELAY_MS = 10_000;

const KEY = 'Check the API Key in the credential.';

const NODE_FAULT =
	'Check the Base URL in the credential: it must lead to version 1.3 of the API. If it does, please report this as a bug of the node.';

const FETCH =
	'Skycore could not fetch the file. Check that anybody can open its URL without a login, and try again.';

const TOO_LARGE =
	'Make it smaller or shorter. The limits are shown in the API Settings of the account.';

const SLIDES = 'Check the slides against the rules in the description of Slides.';

const CAMPAIGN =
	'Check Campaign Reference: it was chosen when the campaign was created, and the number must be subscribed to that campaign.';

const ofKind =
	(kind: FailureKind) =>
	(meaning: string, advice: string): CodeMeaning => ({ kind, meaning, advice });

const rejected = ofKind('rejected');
const credential = ofKind('credential');
const notFound = ofKind('notFound');

/** INFERRED: the kinds of the codes, from Skycore's wording (docs/providers/skycore.md 5). */
export const API_CODES: Readonly<Record<string, CodeMeaning>> = {
	E100: rejected('The request is not valid', NODE_FAULT),
	E101: rejected('The action is missing or unknown', NODE_FAULT),
	E102: credential('The API key is missing', KEY),
	E103: credential('The password is missing', KEY),
	E104: credential('The API key is not known', KEY),
	E105: credential(
		'The account may not use the API',
		'Ask the account manager at Skycore to enable the API.',
	),
	E106: {
		kind: 'rateLimited',
		meaning: 'The API was called too soon after the last call',
		advice: 'The account may call only every few seconds. Set Concurrency to 1 in the options.',
		delayMs: CALL_INTERVAL_MS,
	},
	E107: credential(
		'The account may not use this action',
		'Ask the account manager at Skycore to allow this action.',
	),
	E108: rejected('The request could not be parsed', NODE_FAULT),
	E109: credential(
		'The API is not activated',
		'Ask the account manager at Skycore to enable the API.',
	),
	E110: rejected(
		'The number of the recipient is not valid',
		'Check the number: it must be in international format.',
	),
	E111: rejected(
		'The short code is not valid',
		'Check From: it must be a short or long code that this account may use.',
	),
	E112: credential(
		'The IP address of the caller is not on the allow-list',
		'Add the IP address of this n8n to the allow-list in the API Settings of the account.',
	),
	E113: {
		kind: 'rateLimited',
		meaning: 'The throughput limit of this action is reached',
		advice: 'Lower Concurrency in the options, or ask Skycore for a higher throughput.',
	},
	E114: {
		kind: 'optedOut',
		meaning: 'The phone number is blacklisted',
		advice: 'The recipient must not be texted. Remove the number from your list.',
	},
	E120: {
		kind: 'rateLimited',
		meaning: 'The account has reached its limit of requests',
		advice:
			'The limit may apply to the whole day. It is shown in the API Settings of the account. Run the workflow again once the limit is reset.',
		// INFERRED: it may last a day
		persistent: true,
	},
	E170: rejected('The campaign name is missing', 'Enter a Campaign Name.'),
	E171: rejected('The brand name is missing', 'Enter a Brand Name.'),
	E172: {
		kind: 'unavailable',
		meaning: 'The campaign was not created',
		advice: 'Skycore has an internal error. Try again later.',
	},
	E200: notFound('The account has no saved MMS', 'Save one first.'),
	E201: rejected('The number of the recipient is missing', 'Enter a number in To.'),
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
	E301: rejected('The name is missing', 'Enter a Name.'),
	E302: rejected('There are no slides', SLIDES),
	E303: rejected('A slide is empty', SLIDES),
	E304: rejected('The subject is missing', 'Enter a Subject.'),
	E311: rejected('The name is missing', 'Enter a Name.'),
	E312: rejected('There are no slides', SLIDES),
	E313: rejected('A slide is empty', SLIDES),
	E314: rejected('The subject is missing', 'Enter a Subject.'),
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
		meaning: 'An internal error at Skycore',
		advice: 'Try again later.',
		mayBeAccepted: true,
	},
	E620: rejected('The MMS ID is missing', 'Enter an MMS ID.'),
	E621: rejected('The number of the recipient is missing', 'Enter a number in To.'),
	E622: rejected('The fallback text is missing', 'Enter a Fallback Text.'),
	E623: rejected('There are too many recipients', 'Enter one number in To.'),
	E625: notFound(
		'The MMS ID is not valid',
		'Check MMS ID: it must be one that Save returned or Get Many lists.',
	),
	E626: {
		kind: 'unavailable',
		meaning: 'The MMS is still being encoded',
		advice:
			'An MMS with sound or video can be sent once it is encoded. Skycore Trigger outputs the event Media Ready when it is.',
		delayMs: ENCODING_DELAY_MS,
	},
	E627: rejected('The service is not valid', 'Check the account with Skycore.'),
	E628: rejected(
		'The operator is not supported',
		'Skycore cannot reach the network of this number. Check Operator ID in the options, if it is set.',
	),
	E629: rejected(
		'The type of the content is not known',
		'Check MMS ID: it must be that of a saved MMS.',
	),
	E650: rejected('The operator is missing', 'Enter an Operator ID in the options.'),
	E651: rejected('The operator is not known', 'Check Operator ID in the options.'),
	E712: rejected('The text is missing', 'Enter a Message.'),
	E713: rejected('There is a billing problem', 'Settle the billing of the account with Skycore.'),
	E714: notFound('The campaign is missing or not valid', CAMPAIGN),
	E715: rejected('The number is not subscribed to this campaign', CAMPAIGN),
	E716: rejected('Neither an MMS nor a text was specified', NODE_FAULT),
	E717: rejected('Both an MMS and a text were specified', NODE_FAULT),
	E718: rejected('The campaign reference is missing', 'Enter a Campaign Reference.'),
	E719: rejected('The subscriber reference is missing', 'Enter a Subscriber Reference.'),
	E720: notFound(
		'There is no active subscriber with this reference',
		'Check Subscriber Reference, and that its numbers are subscribed to the campaign.',
	),
	E721: notFound('The campaign reference is not valid', CAMPAIGN),
	E901: rejected('The mobile number is missing', 'Enter a number in Mobile.'),
	E902: rejected('The campaign is missing', 'Enter a Campaign Reference.'),
	E903: notFound('The campaign is not valid', CAMPAIGN),
	E904: rejected(
		'The number could not be subscribed',
		'The person may have opted out. In that case, only they can opt in again.',
	),
	E905: rejected(
		'The number could not be unsubscribed',
		'The number may be unsubscribed already. Otherwise check the number and Campaign Reference.',
	),
};

/** Codes that mean an empty list (docs/providers/skycore.md 3.6). */
export const NO_SAVED_MMS = 'E200';

export const NO_CAMPAIGNS = 'E405';

/** INFERRED: the key is valid, only the action is not allowed (docs/providers/skycore.md 3.6). */
export const NO_RIGHT_TO_ACTION = 'E107';
