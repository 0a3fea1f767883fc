/** A campaign of the account. */
export interface Campaign {
	/** The integer id of the older pages, as a string. */
	id: string;
	/** What CAMPAIGNREF names. */
	ref: string;
	title: string;
	brand: string;
	/** Where messages by subscriber reference come from. */
	shortCode: string;
}

/** A number filed under a campaign. */
export interface Subscriber {
	campaignRef: string;
	mobile: string;
	/** The customer's own reference; several numbers may share one. */
	subscriberRef?: string;
	/** Who ended it; a number without this is active. */
	unsubscribed?: 'api' | 'self';
}

/** A refusal ordered for calls to come. */
export interface OrderedRefusal {
	/** An API error code: `E106`. */
	code: string;
	/** How many calls still meet it, counting down; 1 if left out. */
	calls?: number;
	/** Only this action. */
	action?: string;
	/** Another ERRORINFO. */
	info?: string;
	/** The work is done all the same: what an internal error may hide. */
	accepted?: boolean;
}

/**
 * The switches of the Skycore simulator, as the control API shows them. Where
 * docs/providers/skycore.md leaves a choice open (INFERRED), it is one of these.
 */
export interface SkycoreSettings {
	apiKey: string;
	/** E105 or E109 for everyone. */
	account: 'active' | 'withoutRights' | 'notActivated';
	/** false: E112 for everyone. */
	ipAllowed: boolean;
	/** Actions that the account may not use: E107. */
	deniedActions: string[];

	/** E106 for calls that come sooner; 0 for none of it. */
	secondsBetweenCalls: number;
	/** Sends a second, per action; 0 for any number. */
	throughputPerSecond: number;
	/** What exceeding that means: E113, or late delivery. Both are described. */
	throughputMode: 'refuse' | 'delay';
	/** E120 beyond; 0 for any number. */
	callsPerDay: number;
	refuseNext: OrderedRefusal[];

	/** Where postbacks go: the API Settings page of the account. '' for none. */
	postbackUrl: string;
	/** Where incoming messages go; '' for the same. */
	moUrl: string;
	smsMo: boolean;
	mmsMo: boolean;
	/** First words of an incoming MMS that are named in KEYWORD. */
	mmsKeywords: string[];
	/** One notification per request, this far apart in sandbox milliseconds. */
	postbackEveryMs: number;
	/** One of ENVELOPES. */
	postbackEnvelope: string;
	/** One of BODIES. */
	postbackBody: string;
	/** Status and opt-in postbacks begin with a prolog, as their samples do. */
	postbackProlog: boolean;
	/** FROM_MASK in SMS statuses: the newest page has it no more. */
	postbackFromMask: boolean;
	/** One of TIMESTAMPS, for TIMESTAMP and RECEIVED. */
	postbackTimestamps: string;
	/** The same for opt-ins and opt-outs, whose sample has an offset of two digits. */
	subTimestamps: string;
	/** What opt-ins and opt-outs call their campaign by: the current or the older page. */
	subCampaign: 'CAMPAIGNREF' | 'CAMPAIGNID';
	/** TRANSACTIONID in incoming SMS: absent in 2014. */
	moTransactionId: boolean;
	/** Both spellings are published for the JSON dialect. */
	jsonTrackingId: 'tracking-id' | 'trackingid';

	/** Content-Type of answers; '' for none. */
	answerType: string;
	answerProlog: boolean;
	answerPretty: boolean;
	/** HTTP status of answers that tell a success. */
	answerStatus: number;
	/** HTTP status of answers that tell a failure. */
	failureStatus: number;
	/** An error page instead of each answer, with HTTP 500, after the work was done. */
	answerHtml: boolean;
	/** `DrXAFP-Ylpc-JZL`, or Base64 that ends in `==`. */
	trackingIds: 'letters' | 'base64';
	/** What a reference without active numbers gets: the failure, or no SUBSCRIBER. */
	emptyGroup: 'E720' | 'empty';
	/** STATUS inside a SUBSCRIBER that failed. */
	failedSubscriberStatus: boolean;
	/** A number in failures of a send by reference, as in the published one. */
	groupFailureTo: boolean;
	/** Of an SMS by reference; '' for no STATUSDETAILS. The wording is not published. */
	smsStatusDetails: string;

	/** Short and long codes of the account. */
	senders: string[];
	/** Short codes that replace FROM, by the digits that a recipient begins with. */
	defaultSenders: Record<string, string>;
	/** OPERATORIDs that get E628. */
	unsupportedOperators: string[];
	/** CAMPAIGNREF is mandatory in sends, and the number must be subscribed. */
	enforceCampaignCheck: boolean;
	/** Fields of a posted form as in a query, `action=...`. */
	formFields: boolean;
	/** A number with a plus: E110, or taken without it. */
	plusNumbers: 'refuse' | 'clean';
	/** Comma-separated TO in sendSavedMMS, answered with SENDING blocks, as until 2013. */
	recipientLists: boolean;
	/** What becomes of a TEXT beyond 160 characters: taken whole, cut there, or E228. */
	longText: 'accept' | 'cut' | 'refuse';
	/** saveMMS without SUBJECT is refused. */
	subjectRequired: boolean;
	/** Which of the two published families saveMMS uses: E311 to E314, or E301 to E304. */
	saveCodes: 'E311' | 'E301';
	/** How long audio and video take, in sandbox milliseconds. */
	encodingMs: number;
	/** Audio and video end in E002 and E003. */
	encodingFails: boolean;
	/** subscribe takes numbers that opted out themselves. */
	resubscribeSelfOptedOut: boolean;
	/** Of subscribe and unsubscribe. */
	invalidCampaignCode: 'E903' | 'E721';
	/** STOP on a handset blacklists the number for the account, too. */
	stopBlacklists: boolean;

	campaigns: Campaign[];
	/** subscribe and unsubscribe change this list. */
	subscribers: Subscriber[];
}

// eslint-disable-next-line @n8n/community-nodes/no-hardcoded-secrets -- printed by the provider
export const ACCOUNT_KEY = 'qTFkykO9JTfahCOqJ0V2Wf5Cg1t8iWlZ';
export const SHORT_CODE = '60856';
export const CAMPAIGN = 'Campaign123';
export const SUBSCRIBER_REF = 'ACCT-123232';

export function firstSettings(): SkycoreSettings {
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
