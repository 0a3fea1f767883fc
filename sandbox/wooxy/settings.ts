/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- valid only for this server */
/** A contact list. The first list of a domain is its default list. */
export interface ListSeed {
	contactListName: string;
	domain: string;
	/** The sender of triggered SMS without a `fromName`. */
	smsFromName: string;
	/** The variables of the list, with the value for contacts that have none. */
	customVariables: Array<{ name: string; type: 'string' | 'datetime' | 'bool'; value: string }>;
}

/** Settings of the Wooxy simulator, as in the control API. */
export interface WooxySettings {
	/** HTTP statuses are not documented: always 200, or 401, 403, 404, 400, 429 by error. */
	statusMode: 'all200' | 'mapped';
	/** Tokens of the active account. */
	accessTokens: string[];
	/** Tokens that get the three other authorization errors. */
	disabledTokens: string[];
	dataLessTokens: string[];
	mismatchedTokens: string[];
	userId: string;
	accountName: string;
	accountBalance: number;
	/** Write `/` as `\/`, as in the documented errors. */
	escapeSlashes: boolean;
	/** Reject a body whose type is not application/json: not documented. */
	demandJsonType: boolean;
	/** Maximum number of requests in flight. What happens beyond it is not documented. */
	inFlightLimit: number;
	refuseBeyondLimit: boolean;

	/** Verified domains of the account. */
	domains: string[];
	unverifiedDomains: string[];
	contactLists: ListSeed[];
	/** isTrial in domain/find is text in the example, and a boolean in the table. */
	isTrialAsText: boolean;
	/** contact-list/find without an identifier: one page rejects it, another allows it. */
	listFindNeedsOne: boolean;
	/** The maximum page size; a larger `limit` is reduced to it. Not documented. */
	maximumLimit: number;

	/** The sender of sms/send without fromName. */
	defaultFromName: string;
	/** The outcome of an SMS to a number on the black list, or one that opted out. */
	blocked: 'failed' | 'reject' | 'refused';
	/** Whether sms/trigger requires the contact's smsSubscribe: not documented. */
	triggerNeedsSubscription: boolean;
	/** `data` of sms/info if all ids are unknown: nulls, an empty array, null, or omitted. */
	infoUnmatched: 'nulls' | 'emptyArray' | 'null' | 'absent';
	/** Include `errors: []` in sms/info if nothing failed. */
	infoEmptyErrors: boolean;
	/** An error in the published example: a space in the keys of `data`. */
	infoBlankKeys: boolean;
	/** Another error in the published example: records under a key that is not their id. */
	infoAlteredKeys: boolean;

	/** `records[].rejectType`: optional in the table, required by a warning. */
	rejectTypeRequired: boolean;
	/** phoneNumber of phone-blacklist/find: required by the table, unused by the vendor's library. */
	blackListFindNeedsNumber: boolean;
	/** Duration of contacts/add, update and remove, in sandbox milliseconds. */
	contactJobMs: number;
	/** The statuses of request/find: not documented. */
	requestStatusWaiting: string;
	requestStatusDone: string;
	/** The result of contacts/add for an existing contact. */
	addExisting: 'error' | 'update';
	tagsLimit: number;

	/** Whether webhook/create requires https, and rejects a duplicate URL for a domain. */
	webhookNeedsHttps: boolean;
	webhookRefusesDoubles: boolean;
	/** Write webhook ids as text, as in the example but not in the table. */
	webhookIdAsText: boolean;
	/** The undocumented payload of SMS webhooks: default names, other names, or an extra field. */
	webhookPayload: 'phoneNumber' | 'sms_id' | 'extraField';
	/** The event name in postbacks; `sms-delivered` if the documented underscore is an error. */
	deliveredEvent: 'sms_delivered' | 'sms-delivered';
	/** '' to send no Content-Type. */
	webhookContentType: string;
	/** Timeout for a response, in real milliseconds because it depends on the receiver. */
	webhookDeadlineMs: number;
	/** Whether the first attempt is one of the 15. */
	firstTryCounts: boolean;

	/** Error texts that are not documented. */
	domainRefusedText: string;
	numberRefusedText: string;
	listNotFoundText: string;
	contactNotFoundText: string;
	requestNotFoundText: string;
	tooManyText: string;
}

export const GOOD_TOKEN = 'c2FuZGJveC13b294eS1rZXk';
export const DISABLED_TOKEN = 'c2FuZGJveC1kaXNhYmxlZA';
export const DATA_LESS_TOKEN = 'c2FuZGJveC1uby1kYXRh';
export const MISMATCHED_TOKEN = 'c2FuZGJveC1taXNtYXRjaA';

export function initialSettings(): WooxySettings {
	return {
		statusMode: 'all200',
		accessTokens: [GOOD_TOKEN],
		disabledTokens: [DISABLED_TOKEN],
		dataLessTokens: [DATA_LESS_TOKEN],
		mismatchedTokens: [MISMATCHED_TOKEN],
		userId: '1042',
		accountName: 'Sandbox Shop',
		accountBalance: 100,
		escapeSlashes: true,
		demandJsonType: true,
		inFlightLimit: 10,
		refuseBeyondLimit: false,

		domains: ['shop.example', 'news.example'],
		unverifiedDomains: ['unverified.example'],
		contactLists: [
			{
				contactListName: 'Customers',
				domain: 'shop.example',
				smsFromName: 'Shop 24',
				customVariables: [{ name: 'city', type: 'string', value: 'Tallinn' }],
			},
			{
				contactListName: 'Suppliers',
				domain: 'shop.example',
				smsFromName: 'Shop Buying',
				customVariables: [],
			},
			{
				contactListName: 'Readers',
				domain: 'news.example',
				smsFromName: 'News',
				customVariables: [],
			},
		],
		isTrialAsText: true,
		listFindNeedsOne: true,
		maximumLimit: 100,

		defaultFromName: 'Wooxy',
		blocked: 'failed',
		triggerNeedsSubscription: false,
		infoUnmatched: 'nulls',
		infoEmptyErrors: false,
		infoBlankKeys: false,
		infoAlteredKeys: false,

		rejectTypeRequired: true,
		blackListFindNeedsNumber: true,
		contactJobMs: 300,
		requestStatusWaiting: 'new',
		requestStatusDone: 'done',
		addExisting: 'error',
		tagsLimit: 100,

		webhookNeedsHttps: false,
		webhookRefusesDoubles: false,
		webhookIdAsText: false,
		webhookPayload: 'phoneNumber',
		deliveredEvent: 'sms_delivered',
		webhookContentType: 'application/json',
		webhookDeadlineMs: 1_500,
		firstTryCounts: true,

		domainRefusedText: 'Domain not found in your account or not verified',
		numberRefusedText: 'Message to {phoneNumber} is refused',
		listNotFoundText: 'Contact list not found',
		contactNotFoundText: 'Contact not found',
		requestNotFoundText: 'Request {id} not found',
		tooManyText: 'Too many requests',
	};
}
