/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- these open nothing but this server */
/** A list of contacts; the first one of a domain is its default list. */
export interface ListSeed {
	contactListName: string;
	domain: string;
	/** The sender of triggered SMS that name none. */
	smsFromName: string;
	/** Variables of the list with the value that contacts without one of their own get. */
	customVariables: Array<{ name: string; type: 'string' | 'datetime' | 'bool'; value: string }>;
}

/** The switches of the Wooxy simulator, as the control API shows them. */
export interface WooxySettings {
	/** HTTP statuses are not documented: 200 for all, or 401, 403, 404, 400, 429 by the error. */
	statusMode: 'all200' | 'mapped';
	/** Keys of good standing; they share one account. */
	accessTokens: string[];
	/** Keys that get the three further errors of authorisation. */
	disabledTokens: string[];
	dataLessTokens: string[];
	mismatchedTokens: string[];
	userId: string;
	accountName: string;
	accountBalance: number;
	/** `/` as `\/`, which the documented errors show. */
	escapeSlashes: boolean;
	/** Refuse a body that does not call itself application/json: not documented. */
	demandJsonType: boolean;
	/** What happens beyond so many requests in flight is not documented. */
	inFlightLimit: number;
	refuseBeyondLimit: boolean;

	/** Verified domains of the account. */
	domains: string[];
	unverifiedDomains: string[];
	contactLists: ListSeed[];
	/** domain/find shows isTrial as text in the example, as a boolean in the table. */
	isTrialAsText: boolean;
	/** contact-list/find without any identifier: one page refuses it, another allows it. */
	listFindNeedsOne: boolean;
	/** The largest page; more is cut to it. Not documented. */
	maximumLimit: number;

	/** Of sms/send without fromName. */
	defaultFromName: string;
	/** What becomes of an SMS to a number on the black list, or one that opted out. */
	blocked: 'failed' | 'reject' | 'refused';
	/** Whether sms/trigger wants the contact's smsSubscribe: not documented. */
	triggerNeedsSubscription: boolean;
	/** `data` of sms/info where no id is known: nulls, an empty array, null, or left out. */
	infoUnmatched: 'nulls' | 'emptyArray' | 'null' | 'absent';
	/** `errors: []` in sms/info where nothing failed. */
	infoEmptyErrors: boolean;
	/** The slips of the published example: a blank in the keys of `data`... */
	infoBlankKeys: boolean;
	/** ...and records under a key that is not their id. */
	infoAlteredKeys: boolean;

	/** `records[].rejectType`: optional in the table, required by a warning. */
	rejectTypeRequired: boolean;
	/** phone-blacklist/find: required by the table; the vendor's library leaves it out. */
	blackListFindNeedsNumber: boolean;
	/** How long contacts/add, update and remove take, in sandbox milliseconds. */
	contactJobMs: number;
	/** The words of request/find: not documented. */
	requestStatusWaiting: string;
	requestStatusDone: string;
	/** contacts/add of a contact that is there. */
	addExisting: 'error' | 'update';
	tagsLimit: number;

	/** Whether webhook/create wants https, and refuses a second one for the same URL and domain. */
	webhookNeedsHttps: boolean;
	webhookRefusesDoubles: boolean;
	/** `config.id` quoted, as the example has it against the table. */
	webhookIdAsText: boolean;
	/** The payload of SMS webhooks is not documented: ours, other names, an unknown field more. */
	webhookPayload: 'phoneNumber' | 'sms_id' | 'extraField';
	/** The name that goes out; `sms-delivered` if the underscore is a slip. */
	deliveredEvent: 'sms_delivered' | 'sms-delivered';
	/** Empty: none is sent. */
	webhookContentType: string;
	/** How long an answer may take, in real milliseconds: it is the receiver's speed that counts. */
	webhookDeadlineMs: number;
	/** Whether the first try is one of the 15. */
	firstTryCounts: boolean;

	/** Texts that could not be read anywhere. */
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

export function firstSettings(): WooxySettings {
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
