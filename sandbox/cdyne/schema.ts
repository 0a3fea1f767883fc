/** The types of CDYNE's published service description: docs/providers/cdyne.md sections 5 and 6. */

export const SERVICE_NS = 'http://sms2.cdyne.com';
export const LEGACY_NS = 'http://schemas.datacontract.org/2004/07/SmsWS';
export const ARRAYS_NS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
export const SCALAR_NS = 'http://schemas.microsoft.com/2003/10/Serialization/';

export type Scalar = 'string' | 'guid' | 'boolean' | 'int' | 'long' | 'dateTime' | 'bytes';

export interface EnumType {
	enumName: string;
	/** The number used in JSON, by the name used in XML. */
	values: Record<string, number>;
}

export interface ListType {
	/** The XML element name of an item. */
	item: string;
	of: Type;
	/** The namespace of the items. */
	ns: string;
}

export interface RecordType {
	recordName: string;
	/** The namespace of the record and its members. */
	ns: string;
	members: Record<string, Member>;
}

export interface Member {
	type: Type;
	/** Requests without it are invalid. */
	required?: boolean;
	/** Responses omit it if it has no value, instead of writing null. */
	omitEmpty?: boolean;
}

export type Type = Scalar | EnumType | ListType | RecordType;

const strings: ListType = { item: 'string', of: 'string', ns: ARRAYS_NS };
const longs: ListType = { item: 'long', of: 'long', ns: ARRAYS_NS };

function enumeration(enumName: string, values: Record<string, number>): EnumType {
	return { enumName, values };
}

function numbered(enumName: string, ...names: string[]): EnumType {
	return enumeration(enumName, Object.fromEntries(names.map((name, index) => [name, index])));
}

/** `'LicenseKey!': 'guid'` is a required member, `'ReferenceID?'` one that responses may omit. */
function record(recordName: string, members: Record<string, Type>, ns = SERVICE_NS): RecordType {
	const sorted = Object.entries(members)
		.map(([key, type]): [string, Member] => [
			key.replace(/[!?]$/, ''),
			{ type, required: key.endsWith('!'), omitEmpty: key.endsWith('?') },
		])
		// by code unit, like the server's serializer
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return { recordName, ns, members: Object.fromEntries(sorted) };
}

export function listOf(of: RecordType): ListType {
	return { item: of.recordName, of, ns: of.ns };
}

export const SMSErrors = numbered(
	'SMSErrors',
	'NoError',
	'STOPfromPhoneNumber',
	'LicenseKeyInvalid',
	'PhoneNumberInvalid',
	'MessageInvalid',
	'ScheduledDateTimeIsNotUTC',
	'InvalidAssignedDID',
	'NotFound',
	'InternalError',
	'ContactCdyneAccountSuspended',
	'AssignedDIDRequired',
);

export const MessageStatuses = enumeration('MessageStatus', {
	Hold: 0,
	Sent: 200,
	Ready: 201,
	Processing: 202,
	InvalidDid: 400,
	InvalidLicenseKey: 401,
	AccountSuspended: 402,
	StopOnPhoneNumber: 403,
	MissingDidOrInvalidMessageId: 404,
	InvalidDateTime: 405,
	InvalidDestination: 406,
	NoMessage: 411,
	MessageExceedsLimit: 413,
	Failed: 506,
	Cancelled: 507,
	FailedByProvider: 508,
});

export const PostbackTypes = numbered(
	'SMSPostbackType',
	'All',
	'DeliveryReceipt',
	'IncomingMessage',
	'OutgoingMessage',
);

export const PostbackReturnCodes = numbered(
	'SMSPostbackReturnCode',
	'NoError',
	'InvalidLicenseKey',
	'InvalidUrl',
	'InvalidPhoneNumber',
	'InvalidPostbackType',
	'NotFound',
	'InvalidCountry',
);

export const KeywordReturnCodes = numbered(
	'SMSKeywordReturnCode',
	'NoError',
	'KeywordAdded',
	'KeywordAlreadyInUse',
	'ShortCodeNotAssignedToKey',
	'LicenseKeyInvalid',
	'KeywordInvalid',
	'ShortCodeInvalid',
	'KeywordRemoved',
	'KeywordNotFound',
	'InternalError',
);

const SMSRequest = record('SMSRequest', {
	AssignedDID: 'string',
	'Message!': 'string',
	PhoneNumbers: strings,
	ReferenceID: 'string',
	ScheduledDateTime: 'dateTime',
	StatusPostBackURL: 'string',
});

export const SMSAdvancedRequest = record(
	'SMSAdvancedRequest',
	{
		Concatenate: 'boolean',
		IsUnicode: 'boolean',
		'LicenseKey!': 'guid',
		'SMSRequests!': listOf(SMSRequest),
	},
	LEGACY_NS,
);

export const SMSIncomingMessage = record('SMSIncomingMessage', {
	FromPhoneNumber: 'string',
	IncomingMessageID: 'guid',
	MatchedMessageID: 'guid',
	Message: 'string',
	ResponseReceiveDate: 'dateTime',
	ToPhoneNumber: 'string',
});

export const SMSResponse = record('SMSResponse', {
	Cancelled: 'boolean',
	MessageID: 'guid',
	Queued: 'boolean',
	'ReferenceID?': 'string',
	SMSError: SMSErrors,
	SMSIncomingMessages: listOf(SMSIncomingMessage),
	Sent: 'boolean',
	SentDateTime: 'dateTime',
});

export const OutgoingMessageRequest = record('OutgoingMessageRequest', {
	Attachments: strings,
	Body: 'string',
	Concatenate: 'boolean',
	From: 'string',
	IsUnicode: 'boolean',
	'LicenseKey!': 'guid',
	PostbackUrl: 'string',
	ReferenceID: 'string',
	ScheduledDateTime: 'dateTime',
	Subject: 'string',
	'To!': strings,
	'UseMMS!': 'boolean',
});

export const OutgoingMessageResponse = record('OutgoingMessageResponse', {
	Attachments: 'string',
	From: 'string',
	MessageID: 'guid',
	MessageStatus: MessageStatuses,
	SentTime: 'dateTime',
	To: 'string',
});

export const IncomingMessageCriteria = record('IncomingMessageCriteria', {
	EndDate: 'dateTime',
	IncomingMessageID: 'guid',
	'LicenseKey!': 'guid',
	OutgoingMessageID: 'guid',
	PageNumber: 'int',
	PageSize: 'int',
	ReferenceID: 'string',
	StartDate: 'dateTime',
	UnreadMessagesOnly: 'boolean',
});

export const IncomingMessageResponse = record('IncomingMessageResponse', {
	Attachments: longs,
	From: 'string',
	IncomingMessageID: 'guid',
	OutgoingMessageID: 'guid',
	Payload: 'string',
	ReceivedDate: 'dateTime',
	Subject: 'string',
	To: 'string',
	Udh: 'bytes',
});

export const UnsubscribedNumber = record('UnsubscribedNumber', {
	EntryDate: 'dateTime',
	PhoneNumber: 'string',
});

export const PostbackSettingsResponse = record('PostbackSettingsResponse', {
	Country: 'string',
	PhoneNumber: 'string',
	PostbackEnabled: 'boolean',
	PostbackType: PostbackTypes,
	PostbackUrl: 'string',
	ReturnCode: PostbackReturnCodes,
});

export const SMSKeywordRequest = record('SMSKeywordRequest', {
	'LicenseKey!': 'guid',
	SMSKeywords: listOf(record('KeywordRequestInfo', { Keyword: 'string', ShortCode: 'string' })),
});

export const SMSKeywordResponse = record('SMSKeywordResponse', {
	ReturnCode: KeywordReturnCodes,
	SMSKeyword: listOf(
		record('KeywordResponseInfo', {
			EntryDate: 'dateTime',
			Keyword: 'string',
			ReturnCode: KeywordReturnCodes,
			ShortCode: 'string',
		}),
	),
});

export const CreateMediaUrlRequest = record('CreateMediaUrlRequest', {
	'Filename!': 'string',
	'LicenseKey!': 'guid',
	Tags: strings,
	'Url!': 'string',
});

export const CreateMediaContentRequest = record('CreateMediaContentRequest', {
	'Base64EncodedContent!': 'string',
	'Filename!': 'string',
	'LicenseKey!': 'guid',
	Tags: strings,
});

export const MediaMetadata = record('MediaMetadata', {
	FileDate: 'dateTime',
	FileName: 'string',
	FileSize: 'long',
	MediaId: 'long',
	MimeType: 'string',
	Tags: strings,
});

export const MediaCriteria = record('MediaCriteria', {
	EndDate: 'dateTime',
	FileType: 'string',
	FilenamePattern: 'string',
	IncomingMessageId: 'guid',
	'LicenseKey!': 'guid',
	MaximumFileSize: 'long',
	MediaId: 'long',
	MinimumFileSize: 'long',
	OutgoingMessageId: 'guid',
	PageNumber: 'int',
	PageSize: 'int',
	StartDate: 'dateTime',
	Tags: strings,
});

export const MediaInfoResponse = record('MediaReply', { Media: listOf(MediaMetadata) });
