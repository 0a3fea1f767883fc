/* eslint-disable @n8n/community-nodes/require-node-api-error -- a local server, not a node */
/**
 * API error codes with their ERRORINFO (docs/providers/skycore.md 5). The texts of E101 (including
 * the leading space), E111, E717 and E903 are published; the others are worded after their
 * published meaning. Postbacks have a separate table, in which some codes have another meaning.
 */
export const API_ERRORS: Record<string, string> = {
	E100: 'Invalid request. Send GET, POST or XML with all required variables',
	E101: " 'action' required",
	E102: 'user or api_key required',
	E103: 'MD5 password required',
	E104: 'User authentication failed',
	E105: 'Account has no API rights',
	E106: 'API can be called only every 5 seconds',
	E107: 'No right to use this action',
	E108: 'XML parse error',
	E109: 'API is not activated',
	E110: 'Invalid receiver number',
	E111: 'Invalid shortcode',
	E112: 'Request from this IP address rejected',
	E113: 'Configured throughput for this action exceeded, request rejected',
	E114: 'Phone number is blacklisted, request rejected',
	E120: 'Account reached the API request limit',
	E170: 'campaignname required',
	E171: 'brandname required',
	E172: 'Campaign not created because of an internal error, try again later',
	E200: 'No MMS templates in this account',
	E201: 'Receiver number required',
	E223: 'More than one object in a slide',
	E224: 'Audio, video or image together with an object in a slide',
	E225: 'Too many slides',
	E226: 'Audio and video in one slide',
	E227: 'Video and image in one slide',
	E228: 'Text too long',
	E229: 'Content not allowed',
	E230: 'Invalid slide duration',
	E241: 'This content does not exist',
	E301: 'Name required',
	E302: 'No slides',
	E303: 'Empty slide',
	E304: 'Subject required',
	E311: 'Name required',
	E312: 'No slides',
	E313: 'Empty slide',
	E314: 'Subject required',
	E351: 'Image could not be fetched',
	E352: 'Audio could not be fetched',
	E353: 'Video could not be fetched',
	E355: 'vCard could not be fetched',
	E356: 'iCal could not be fetched',
	E357: 'PDF could not be fetched',
	E358: 'Passbook could not be fetched',
	E405: 'No MMS campaigns in this account',
	E503: 'Internal error',
	E620: 'mmsid required',
	E621: 'to required',
	E622: 'fallback_sms_text required',
	E623: 'More than 100 numbers in to',
	E624: 'tocampaign required',
	E625: 'Invalid mmsid',
	E626: 'Content is unavailable, still encoding, try again later',
	E628: 'Operator not supported',
	E629: 'Unrecognized content type',
	E640: 'mmsinboxid required',
	E641: 'Invalid mmsinboxid',
	E712: 'text required',
	E713: 'Billing problem with this account',
	E714: 'Campaign missing or invalid',
	E715: 'Number is not subscribed to this campaign',
	E716: 'MMSID or SMS Text is required',
	E717: 'Either MMSID or SMS Text is allowed not both',
	E718: 'campaignref is required',
	E719: 'Subscriber reference is required',
	E720: 'No active subscribers for this reference',
	E721: 'Invalid campaignref',
	E901: 'mobile required',
	E902: 'campaignid required',
	E903: 'Invalid CAMPAIGNID',
	E904: 'Could not subscribe this number',
	E905: 'Could not unsubscribe this number',
};

/** A request that the provider rejects. It becomes a response with the status Failure. */
export class Rejection extends Error {
	readonly info: string;

	constructor(
		readonly code: string,
		info?: string,
		/** The recipient, if the response names one. */
		readonly to?: string,
	) {
		super(code);
		this.info = info ?? API_ERRORS[code] ?? 'Request rejected';
	}
}

/** @throws Rejection if the condition holds */
export function rejectIf(condition: boolean, code: string, to?: string, info?: string): void {
	if (condition) throw new Rejection(code, info, to);
}

/** Returns the result of `work`, or the Rejection that it throws. Other errors are rethrown. */
export function attempt<Result>(work: () => Result): Result | Rejection {
	try {
		return work();
	} catch (error) {
		if (error instanceof Rejection) return error;
		throw error;
	}
}
