import { Cdyne } from '../../../../nodes/Cdyne/Cdyne.node';
import { CdyneTrigger } from '../../../../nodes/Cdyne/CdyneTrigger.node';
import { readOutgoing, readSmsResponse } from '../../../../nodes/Cdyne/api/message';
import { cdyne as provider } from '../../../../nodes/Cdyne/provider';
import { readValue } from '../../../../nodes/Cdyne/wire';
import { okResponse, formValue } from '../../harness/fuzzed';
import type { Fuzzed } from '../../harness/fuzzed';
import { badInputs } from '../badInput/cdyne';
import { cdyneRows } from '../operations/cdyne';
import type { ProviderCase, Send } from './case';

const TO = '+17575550142';
const long = 'x'.repeat(5_000);
const message = { resource: 'message', message: 'Hi' };
const oneSegment = { segments: 1, encoding: 'GSM-7' };
const wait = { ...message, to: TO };

const fuzzed: Fuzzed = {
	names: ['DeliveryReceipt', 'SMSSent', 'MMSSent', 'SMSResponse', 'MMSResponse', 'MessageID']
		.concat(['MatchedMessageID', 'ReferenceID', 'FromPhoneNumber', 'ToPhoneNumber', 'Message'])
		.concat(['DeliveryReceiptMessage', 'Code', 'BackupMessageID', 'SentTime'])
		.concat(['ResponseReceiveDate']),
	responseNames: ['SMSError', 'MessageID', 'Queued', 'Sent', 'Cancelled', 'SentDateTime'].concat([
		...['MessageStatus', 'To', 'From', 'SentTime', 'ReferenceID', 'Attachments'],
	]),
	bodies: [
		'form',
		// the text of a receipt is not encoded
		(members) =>
			Object.entries(members)
				.map(([name, text]) =>
					name === 'DeliveryReceiptMessage' && typeof text === 'string'
						? `${name}=${text}`
						: `${name}=${formValue(text)}`,
				)
				.join('&'),
	],
	readMembers: [(raw) => readSmsResponse(raw).message, (raw) => readOutgoing(raw).message],
	readText: (text) => void readValue(okResponse(text)),
};

export const cdyne: ProviderCase = {
	title: 'CDYNE',
	node: new Cdyne(),
	trigger: new CdyneTrigger(),
	tokenCredential: 'cdyneApi',
	provider,
	operations: cdyneRows,
	sends: [
		...['send', 'sendSimple', 'sendAndWaitForDelivery', 'sendAndWait'].map((operation): Send => {
			const parameters = { ...message, operation, to: '+1 (757) 555-0142' };
			return { parameters, output: { to: TO, ...oneSegment } };
		}),
		{
			parameters: { ...message, operation: 'sendMms', to: TO },
			output: { to: TO, segments: null, encoding: null },
		},
	],
	tooLong: [
		{ resource: 'message', operation: 'getStatus', messageId: long },
		{ resource: 'media', operation: 'get', mediaId: long },
	],
	waits: [
		['delivery', { ...wait, operation: 'sendAndWaitForDelivery' }],
		['reply', { ...wait, operation: 'sendAndWait' }],
	],
	postbackKinds: [
		['SMSSent'],
		['SMSResponse'],
		['MMSResponse'],
		['DeliveryReceipt'],
		['DeliveryReceipt', { Code: '024', BackupMessageID: crypto.randomUUID() }],
		['DeliveryReceipt', { Code: '777' }],
	],
	optionalFields: ['errorMessage', 'continuesAs'],
	wrongCredentials: [
		[
			'cdyneApi',
			{ licenseKey: '11111111-2222-3333-4444-555555555555' },
			/^CDYNE does not know this license key/,
		],
		['cdyneApi', { licenseKey: 'abc' }, /License Key in the credential is not a CDYNE license key/],
	],
	badInputs,
	fuzzed,
};
