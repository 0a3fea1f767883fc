import { getOwn, toText } from '../shared/formats/values';
import type { SmsStatus } from '../shared/model/message';

/** Enumerations: numbers in JSON, names in XML (docs/providers/cdyne.md 2.2, 6). */

/** A value of an enumeration; the number is null for a name that is not in the list. */
export interface Code {
	number: number | null;
	name: string;
}

type Names = Readonly<Record<number, string>>;

/** Names that CDYNE spells differently in some pages or versions. */
const ALIASES: Readonly<Record<string, string>> = {
	contactesendexaccountsuspended: 'ContactCdyneAccountSuspended',
	stoponphonnumber: 'StopOnPhoneNumber',
};

/** Reads a number, a numeric string, or a name in any case. */
export function readCode(value: unknown, names: Names): Code {
	const text = toText(value).trim();
	if (/^\d+$/.test(text))
		return { number: Number(text), name: getOwn(names, Number(text)) ?? text };
	const key = (getOwn(ALIASES, text.toLowerCase()) ?? text).toLowerCase();
	const entry = Object.entries(names).find(([, name]) => name.toLowerCase() === key);
	return entry ? { number: Number(entry[0]), name: entry[1] } : { number: null, name: text };
}

export const SMS_ERRORS: Names = {
	0: 'NoError',
	1: 'STOPfromPhoneNumber',
	2: 'LicenseKeyInvalid',
	3: 'PhoneNumberInvalid',
	4: 'MessageInvalid',
	5: 'ScheduledDateTimeIsNotUTC',
	6: 'InvalidAssignedDID',
	7: 'NotFound',
	8: 'InternalError',
	9: 'ContactCdyneAccountSuspended',
	10: 'AssignedDIDRequired',
};

export const MESSAGE_STATUS: Names = {
	0: 'Hold',
	200: 'Sent',
	201: 'Ready',
	202: 'Processing',
	400: 'InvalidDid',
	401: 'InvalidLicenseKey',
	402: 'AccountSuspended',
	403: 'StopOnPhoneNumber',
	404: 'MissingDidOrInvalidMessageId',
	405: 'InvalidDateTime',
	406: 'InvalidDestination',
	411: 'NoMessage',
	413: 'MessageExceedsLimit',
	506: 'Failed',
	507: 'Cancelled',
	508: 'FailedByProvider',
};

export const POSTBACK_TYPES: Names = {
	0: 'All',
	1: 'DeliveryReceipt',
	2: 'IncomingMessage',
	3: 'OutgoingMessage',
};

export const POSTBACK_RETURN_CODES: Names = {
	0: 'NoError',
	1: 'InvalidLicenseKey',
	2: 'InvalidUrl',
	3: 'InvalidPhoneNumber',
	4: 'InvalidPostbackType',
	5: 'NotFound',
	6: 'InvalidCountry',
};

export const KEYWORD_RETURN_CODES: Names = {
	0: 'NoError',
	1: 'KeywordAdded',
	2: 'KeywordAlreadyInUse',
	3: 'ShortCodeNotAssignedToKey',
	4: 'LicenseKeyInvalid',
	5: 'KeywordInvalid',
	6: 'ShortCodeInvalid',
	7: 'KeywordRemoved',
	8: 'KeywordNotFound',
	9: 'InternalError',
};

/** What CDYNE's names for rejections mean. */
export const REASONS: Readonly<Record<string, string>> = {
	STOPfromPhoneNumber: 'the recipient has opted out',
	StopOnPhoneNumber: 'the recipient has opted out',
	LicenseKeyInvalid: 'the License Key is not valid',
	InvalidLicenseKey: 'the License Key is not valid',
	PhoneNumberInvalid: 'this number cannot be texted',
	InvalidPhoneNumber: 'this number is not valid',
	InvalidDestination: 'this number cannot be reached',
	MessageInvalid: 'the text is not valid',
	NoMessage: 'there is neither a text nor media',
	MessageExceedsLimit: 'the message is too large',
	ScheduledDateTimeIsNotUTC: 'the sending time is not valid',
	InvalidDateTime: 'the sending time is not valid',
	InvalidAssignedDID: 'the number in From does not belong to this license key',
	InvalidDid: 'the number in From is not valid',
	AssignedDIDRequired: 'a number in From is required',
	MissingDidOrInvalidMessageId: 'there is no such message, or no number to send from',
	ContactCdyneAccountSuspended: 'the account is suspended',
	AccountSuspended: 'the account is suspended',
	NotFound: 'not found for this license key',
	InternalError: 'an internal error at CDYNE',
};

/** What to do about a rejection, by CDYNE's name for it. */
export const ADVICE: Readonly<Record<string, string>> = {
	STOPfromPhoneNumber:
		'The recipient opted out of messages from this license key. Only they can opt in again, by texting RESUME.',
	StopOnPhoneNumber:
		'The recipient opted out of messages from this license key. Only they can opt in again, by texting RESUME.',
	LicenseKeyInvalid: 'Check the License Key in the credential.',
	InvalidLicenseKey: 'Check the License Key in the credential.',
	PhoneNumberInvalid: 'Check the number: CDYNE cannot text it.',
	InvalidDestination: 'Check the number: CDYNE cannot reach it.',
	MessageInvalid: 'CDYNE does not accept this text. Check that it is not empty.',
	NoMessage: 'Enter a Message, or Media for an MMS.',
	MessageExceedsLimit: 'The text or the media are too large. The limit for an MMS is 1 MB.',
	ScheduledDateTimeIsNotUTC: 'CDYNE does not accept the sending time. Check Scheduled At.',
	InvalidDateTime: 'CDYNE does not accept the sending time. Check Scheduled At.',
	InvalidAssignedDID: 'The number in From does not belong to this license key.',
	InvalidDid: 'The number in From is not valid for this license key or this recipient.',
	AssignedDIDRequired: 'This license key needs a sending number: set From in the options.',
	MissingDidOrInvalidMessageId:
		'There is no usable sending number for this recipient, or no message with this ID.',
	ContactCdyneAccountSuspended: 'The account is suspended. Contact CDYNE (Esendex).',
	AccountSuspended: 'The account is suspended. Contact CDYNE (Esendex).',
	InternalError: 'CDYNE has an internal error. Try again later.',
	Failed: 'CDYNE could not hand the message to a network.',
	FailedByProvider: 'The network reported that the message was not delivered.',
};

/** Rejections that concern the license key rather than the message. */
export const CREDENTIAL_NAMES: ReadonlySet<string> = new Set([
	'LicenseKeyInvalid',
	'InvalidLicenseKey',
	'ContactCdyneAccountSuspended',
	'AccountSuspended',
]);

/** Rejections because the recipient has opted out. */
export const OPT_OUT_NAMES: ReadonlySet<string> = new Set([
	'STOPfromPhoneNumber',
	'StopOnPhoneNumber',
]);

/** Codes of delivery receipts (docs/providers/cdyne.md 7.4). CDYNE may send others. */
export const RECEIPT_NAMES: Readonly<Record<string, string>> = {
	'000': 'DeliveredToDevice',
	'003': 'DeliveredToCarrier',
	'004': 'Accepted',
	'005': 'UndelivOrDeleted',
	'008': 'Expired',
	'015': 'InvalidServiceType',
	'017': 'InvalidCriteria',
	'021': 'MessageTooLong',
	'023': 'Rejected',
	'024': 'Undeliverable',
	'028': 'SenderExceededCarrierThrottle',
	'029': 'RecipientExceededCarrierThrottle',
	'030': 'SenderAndRecipientExceededCarrierThrottle',
	'032': 'InvalidMessageFormatOrTextMsgContentSizeExceeded',
	'090': 'BadAddress',
	'091': 'InvalidRouting',
	'999': 'CarrierErrorUnknown',
};

/** The status of a receipt. INFERRED (7.4): an unlisted code means that the network gave up. */
export function receiptStatus(code: string): SmsStatus {
	if (code === '000') return 'delivered';
	if (code === '003' || code === '004') return 'sent';
	return 'undelivered';
}

/** The status of an OutgoingMessageResponse. */
export function messageStatus({ number }: Code): SmsStatus {
	if (number === 200) return 'sent';
	if (number === 0 || number === 201 || number === 202) return 'queued';
	if (number === 507) return 'canceled';
	return number !== null && getOwn(MESSAGE_STATUS, number) ? 'failed' : 'unknown';
}

/** Texts that opt a handset out at CDYNE (docs/providers/cdyne.md 8). */
export const OPT_OUT_WORDS: ReadonlySet<string> = new Set([
	'STOP',
	'END',
	'CANCEL',
	'UNSUBSCRIBE',
	'UNSUB',
	'QUIT',
	'ARRET',
]);

export const OPT_IN_WORDS: ReadonlySet<string> = new Set(['RESUME', 'RECOMMENCER']);

/** CDYNE replies to these automatically. */
const HELP_WORDS: ReadonlySet<string> = new Set(['HELP', 'HLP', 'INFO', 'AIDE']);

/** Words that cannot be the expected replies of a workflow, because CDYNE acts on them. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
	...OPT_OUT_WORDS,
	...OPT_IN_WORDS,
	...HELP_WORDS,
]);
