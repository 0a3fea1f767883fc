import { Wooxy } from '../../../../nodes/Wooxy/Wooxy.node';
import { WooxyTrigger } from '../../../../nodes/Wooxy/WooxyTrigger.node';
import { readLookups, readRecord } from '../../../../nodes/Wooxy/api/status';
import { wooxy as provider } from '../../../../nodes/Wooxy/provider';
import { readEnvelope } from '../../../../nodes/Wooxy/wire';
import { okResponse } from '../../harness/fuzzed';
import { badInputs } from '../badInput/wooxy';
import { wooxyRows } from '../operations/wooxy';
import type { ProviderCase, Send } from './case';

const MOBILE = '+37255512345';
const message = { resource: 'message', message: 'Hi' };
const domain = 'shop.example';
const oneSegment = { segments: 1, encoding: 'GSM-7' };
const wait = { ...message, operation: 'sendAndWaitForDelivery', domain, to: '+37255550142' };

export const wooxy: ProviderCase = {
	title: 'Wooxy',
	node: new Wooxy(),
	trigger: new WooxyTrigger(),
	tokenCredential: 'wooxyApi',
	triggerParameters: { domain },
	provider,
	operations: wooxyRows,
	sends: [
		...['send', 'sendAndWaitForDelivery'].map((operation): Send => {
			const parameters = { ...message, operation, domain, to: MOBILE };
			return { parameters, output: { to: MOBILE, ...oneSegment }, hasNotOnRetry: true };
		}),
		{
			parameters: { ...message, operation: 'sendToContact', contactListId: '5', contact: MOBILE },
			output: { to: MOBILE, ...oneSegment },
			hasNotOnRetry: true,
		},
	],
	tooLong: [],
	waits: [['delivery', wait]],
	postbackKinds: [
		['sms_delivered'],
		['sms-subscribed', { email: 'anna@example.com', userId: 'u-17' }],
	],
	optionalFields: ['email', 'userId'],
	wrongCredentials: [
		[
			'wooxyApi',
			{ accessToken: '11111111-2222-3333-4444-555555555555' },
			/^Wooxy responded: .*Check the Access Token/,
		],
	],
	badInputs,
	fuzzed: {
		names: [
			'event',
			'id',
			'sms_id',
			'smsId',
			'messageId',
			'phoneNumber',
			'phone',
			'datetime',
		].concat(['contact', 'email', 'userId', 'status', 'createdAt', 'fromName', 'data', 'errors']),
		bodies: ['json'],
		readMembers: [(raw) => readRecord('id', raw).message],
		readText: (text) => void readLookups(['a', 'constructor'], readEnvelope(okResponse(text))),
	},
};
