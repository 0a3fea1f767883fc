import type { SmsStatus } from '../shared/message';
import { own, written } from '../shared/values';

/** Enumerations: numbers in JSON, names in XML (docs/providers/cdyne.md 2.2, 6). */

/** A value of an enumeration; the number is null for a name that is not in the list. */
export interface Code {
	number: number | null;
	name: string;
}

type Names = Readonly<Record<number, string>>;

/** Names that pages or versions spell differently. */
const ALIASES: Readonly<Record<string, string>> = {
	contactesendexaccountsuspended: 'ContactCdyneAccountSuspended',
	stoponphonnumber: 'StopOnPhoneNumber',
};

/** A value as a number, a numeric string or a name in any case. */
export function readCode(value: unknown, names: Names): Code {
	const text = written(value).trim();
	if (/^\d+$/.test(text)) return { number: Number(text), name: own(names, Number(text)) ?? text };
	const wanted = (own(ALIASES, text.toLowerCase()) ?? text).toLowerCase();
	const entry = Object.entries(names).find(([, name]) => name.toLowerCase() === wanted);
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

/** Refusals in plain words, by the provider's name for them. */
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
	ScheduledDateTimeIsNotUTC: 'the time of sending is not valid',
	InvalidDateTime: 'the time of sending is not valid',
	InvalidAssignedDID: 'the number in From is not of this license key',
	InvalidDid: 'the number in From is not valid',
	AssignedDIDRequired: 'a number in From is needed',
	MissingDidOrInvalidMessageId: 'there is no such message, or no number to send from',
	ContactCdyneAccountSuspended: 'the account is suspended',
	AccountSuspended: 'the account is suspended',
	NotFound: 'what is named here was not found at this license key',
	InternalError: 'a fault at CDYNE',
};

/** What to do about a refusal, by the provider's name for it. */
export const ADVICE: Readonly<Record<string, string>> = {
	STOPfromPhoneNumber:
		'The recipient opted out of messages from this license key. Only they can opt in again, by texting RESUME.',
	StopOnPhoneNumber:
		'The recipient opted out of messages from this license key. Only they can opt in again, by texting RESUME.',
	LicenseKeyInvalid: 'Check the License Key in the credential.',
	InvalidLicenseKey: 'Check the License Key in the credential.',
	PhoneNumberInvalid: 'Check the number: CDYNE cannot text it.',
	InvalidDestination: 'Check the number: CDYNE cannot reach it.',
	MessageInvalid: 'CDYNE does not take this text. Check that it is not empty.',
	NoMessage: 'Give a text, or media for an MMS.',
	MessageExceedsLimit: 'The text or the media are too large. An MMS may hold 1 MB.',
	ScheduledDateTimeIsNotUTC: 'CDYNE does not take the time of sending. Check Scheduled At.',
	InvalidDateTime: 'CDYNE does not take the time of sending. Check Scheduled At.',
	InvalidAssignedDID: 'The number in From does not belong to this license key.',
	InvalidDid: 'The number in From is not valid for this license key or this recipient.',
	AssignedDIDRequired: 'This license key needs a sending number: set From in the options.',
	MissingDidOrInvalidMessageId:
		'There is no usable sending number for this recipient, or no message of this ID.',
	ContactCdyneAccountSuspended: 'The account is suspended. Contact CDYNE (Esendex).',
	AccountSuspended: 'The account is suspended. Contact CDYNE (Esendex).',
	InternalError: 'A fault at CDYNE. Try again later.',
	Failed: 'CDYNE could not hand the message to a network.',
	FailedByProvider: 'The network reported that the message was not delivered.',
};

/** Refusals that concern the key rather than the message. */
export const CREDENTIAL_NAMES: ReadonlySet<string> = new Set([
	'LicenseKeyInvalid',
	'InvalidLicenseKey',
	'ContactCdyneAccountSuspended',
	'AccountSuspended',
]);

/** Refusals of recipients who do not want messages. */
export const OPT_OUT_NAMES: ReadonlySet<string> = new Set([
	'STOPfromPhoneNumber',
	'StopOnPhoneNumber',
]);

/** Delivery receipts (docs/providers/cdyne.md 7.4); the list is not closed. */
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

/** Contract 3.2: every receipt code but these three means that the network gave up. */
export function receiptStatus(code: string): SmsStatus {
	if (code === '000') return 'delivered';
	if (code === '003' || code === '004') return 'sent';
	return 'undelivered';
}

/** Status of an OutgoingMessageResponse (contract 3.2). */
export function messageStatus({ number }: Code): SmsStatus {
	if (number === 200) return 'sent';
	if (number === 0 || number === 201 || number === 202) return 'queued';
	if (number === 507) return 'canceled';
	return number !== null && own(MESSAGE_STATUS, number) ? 'failed' : 'unknown';
}

/** Words that CDYNE itself acts on when a handset sends them alone (docs/providers/cdyne.md 8). */
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

/** Answered by CDYNE with a text of its own. */
const HELP_WORDS: ReadonlySet<string> = new Set(['HELP', 'HLP', 'INFO', 'AIDE']);

/** What no workflow can use as an answer. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
	...OPT_OUT_WORDS,
	...OPT_IN_WORDS,
	...HELP_WORDS,
]);
