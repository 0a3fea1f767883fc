/** A campaign of the account. */
export interface Campaign {
	/** The integer id of the older pages, as a string. */
	id: string;
	/** The value of CAMPAIGNREF. */
	ref: string;
	title: string;
	brand: string;
	/** The sender of messages by subscriber reference. */
	shortCode: string;
}

/** A number subscribed to a campaign. */
export interface Subscriber {
	campaignRef: string;
	mobile: string;
	/** The customer's reference; several numbers may share it. */
	subscriberRef?: string;
	/** Who ended the subscription; undefined if it is active. */
	unsubscribed?: 'api' | 'self';
}

/** A rejection ordered for the next calls. */
export interface OrderedRejection {
	/** An API error code: `E106`. */
	code: string;
	/** How many more calls are rejected; 1 by default. */
	calls?: number;
	/** Only calls of this action. */
	action?: string;
	/** Replaces the ERRORINFO. */
	info?: string;
	/** The call is processed anyway, as may happen with an internal error. */
	accepted?: boolean;
}

/**
 * Settings of the Skycore simulator, as in the control API. They include every choice that
 * docs/providers/skycore.md leaves open (INFERRED).
 */
export interface SkycoreSettings {
	apiKey: string;
	/** Inactive accounts get E105 or E109 for all calls. */
	account: 'active' | 'withoutRights' | 'notActivated';
	/** false: E112 for all calls. */
	ipAllowed: boolean;
	/** Actions that the account may not use: E107. */
	deniedActions: string[];

	/** Calls in shorter intervals get E106; 0 disables the limit. */
	secondsBetweenCalls: number;
	/** Maximum sends per second and action; 0 disables the limit. */
	throughputPerSecond: number;
	/** Sends beyond that get E113, or are delayed. Both are documented. */
	throughputMode: 'refuse' | 'delay';
	/** Further calls get E120; 0 disables the limit. */
	callsPerDay: number;
	refuseNext: OrderedRejection[];

	/** The address for postbacks, as on the account's API Settings page; '' for none. */
	postbackUrl: string;
	/** The address for incoming messages; '' for the same address. */
	moUrl: string;
	smsMo: boolean;
	mmsMo: boolean;
	/** First words of an incoming MMS that are reported in KEYWORD. */
	mmsKeywords: string[];
	/** Interval between notifications, in sandbox milliseconds. */
	postbackEveryMs: number;
	/** One of ENVELOPES. */
	postbackEnvelope: string;
	/** One of BODIES. */
	postbackBody: string;
	/** Status and opt-in postbacks begin with a prolog, as their samples do. */
	postbackProlog: boolean;
	/** FROM_MASK in SMS statuses: no longer on the newest page. */
	postbackFromMask: boolean;
	/** One of TIMESTAMPS, for TIMESTAMP and RECEIVED. */
	postbackTimestamps: string;
	/** The same for opt-ins and opt-outs, whose sample has an offset of two digits. */
	subTimestamps: string;
	/** The campaign field of opt-ins and opt-outs: on the current or the older page. */
	subCampaign: 'CAMPAIGNREF' | 'CAMPAIGNID';
	/** TRANSACTIONID in incoming SMS: absent in 2014. */
	moTransactionId: boolean;
	/** Both spellings are published for JSON. */
	jsonTrackingId: 'tracking-id' | 'trackingid';

	/** Content-Type of responses; '' for none. */
	answerType: string;
	answerProlog: boolean;
	answerPretty: boolean;
	/** HTTP status of successes. */
	answerStatus: number;
	/** HTTP status of failures. */
	failureStatus: number;
	/** Respond to every call with an error page and HTTP 500, after processing it. */
	answerHtml: boolean;
	/** `DrXAFP-Ylpc-JZL`, or Base64 ending in `==`. */
	trackingIds: 'letters' | 'base64';
	/** The response to a reference without active numbers: a failure, or no SUBSCRIBER. */
	emptyGroup: 'E720' | 'empty';
	/** STATUS in a failed SUBSCRIBER. */
	failedSubscriberStatus: boolean;
	/** TO in failures of a send by reference, as in the published one. */
	groupFailureTo: boolean;
	/** STATUSDETAILS of an SMS by reference; '' for none. The text is not published. */
	smsStatusDetails: string;

	/** Short and long codes of the account. */
	senders: string[];
	/** Short codes that replace FROM, by the first digits of the recipient. */
	defaultSenders: Record<string, string>;
	/** OPERATORIDs that get E628. */
	unsupportedOperators: string[];
	/** Sends require a CAMPAIGNREF and a subscribed number. */
	enforceCampaignCheck: boolean;
	/** A posted form may contain the fields of a query, `action=...`. */
	formFields: boolean;
	/** A number with a plus gets E110, or is accepted without it. */
	plusNumbers: 'refuse' | 'clean';
	/** sendSavedMMS accepts a comma-separated TO and responds with SENDING blocks, as until 2013. */
	recipientLists: boolean;
	/** A TEXT of more than 160 characters is accepted, cut, or gets E228. */
	longText: 'accept' | 'cut' | 'refuse';
	/** saveMMS without SUBJECT is rejected. */
	subjectRequired: boolean;
	/** The error codes of saveMMS; both are published: E311 to E314, or E301 to E304. */
	saveCodes: 'E311' | 'E301';
	/** Encoding time of audio and video, in sandbox milliseconds. */
	encodingMs: number;
	/** Encoding fails with E002 or E003. */
	encodingFails: boolean;
	/** subscribe accepts numbers that opted out themselves. */
	resubscribeSelfOptedOut: boolean;
	/** The error code of subscribe and unsubscribe. */
	invalidCampaignCode: 'E903' | 'E721';
	/** STOP on a handset also blacklists the number for the account. */
	stopBlacklists: boolean;

	campaigns: Campaign[];
	/** subscribe and unsubscribe change this list. */
	subscribers: Subscriber[];
}

// eslint-disable-next-line @n8n/community-nodes/no-hardcoded-secrets -- published by the provider
export const ACCOUNT_KEY = 'qTFkykO9JTfahCOqJ0V2Wf5Cg1t8iWlZ';
export const SHORT_CODE = '60856';
export const CAMPAIGN = 'Campaign123';
export const SUBSCRIBER_REF = 'ACCT-123232';

export function initialSettings(): SkycoreSettings {
	const brand = 'Example Brand';
	return {
		apiKey: ACCOUNT_KEY,
		account: 'active',
		ipAllowed: true,
		deniedActions: [],

		secondsBetweenCalls: 0,
		throughputPerSecond: 0,
		throughputMode: 'refuse',
		callsPerDay: 0,
		refuseNext: [],

		postbackUrl: '',
		moUrl: '',
		smsMo: true,
		mmsMo: true,
		mmsKeywords: ['PHOTO'],
		postbackEveryMs: 1_000,
		postbackEnvelope: 'flat',
		postbackBody: 'textXml',
		postbackProlog: true,
		postbackFromMask: true,
		postbackTimestamps: 'iso',
		subTimestamps: 'short',
		subCampaign: 'CAMPAIGNREF',
		moTransactionId: true,
		jsonTrackingId: 'tracking-id',

		answerType: 'text/xml; charset=UTF-8',
		answerProlog: true,
		answerPretty: false,
		answerStatus: 200,
		failureStatus: 200,
		answerHtml: false,
		trackingIds: 'letters',
		emptyGroup: 'E720',
		failedSubscriberStatus: true,
		groupFailureTo: true,
		smsStatusDetails: 'SMS request accepted and queued for delivery',

		senders: [SHORT_CODE, '00000', '17575550100'],
		defaultSenders: {},
		unsupportedOperators: [],
		enforceCampaignCheck: false,
		formFields: true,
		plusNumbers: 'refuse',
		recipientLists: false,
		longText: 'accept',
		subjectRequired: true,
		saveCodes: 'E311',
		encodingMs: 3_000,
		encodingFails: false,
		resubscribeSelfOptedOut: false,
		invalidCampaignCode: 'E903',
		stopBlacklists: false,

		campaigns: [
			{ id: '1301', ref: CAMPAIGN, title: 'News', brand, shortCode: SHORT_CODE },
			{ id: '1302', ref: 'Empty', title: 'Nobody yet', brand, shortCode: SHORT_CODE },
		],
		subscribers: [
			{ campaignRef: CAMPAIGN, subscriberRef: SUBSCRIBER_REF, mobile: '17575550142' },
			{ campaignRef: CAMPAIGN, subscriberRef: SUBSCRIBER_REF, mobile: '17575550143' },
			{ campaignRef: CAMPAIGN, subscriberRef: 'ACCT-1', mobile: '17575550144' },
		],
	};
}
