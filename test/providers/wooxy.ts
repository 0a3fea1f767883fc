import { readLookups, readSms } from '../../nodes/Wooxy/api/status';
import { wooxy as provider } from '../../nodes/Wooxy/provider';
import { readEnvelope } from '../../nodes/Wooxy/wire';
import { Wooxy } from '../../nodes/Wooxy/Wooxy.node';
import { WooxyTrigger } from '../../nodes/Wooxy/WooxyTrigger.node';
import { badInputs } from '../engine/badInput/wooxy';
import { wooxyRows } from '../engine/operations/wooxy';
import { answerOf } from '../fuzz/fuzzed';
import type { ProviderCase, Send } from './case';

const MOBILE = '+37255512345';
const message = { resource: 'message', message: 'Hi' };
const domain = 'shop.example';
const one = { segments: 1, encoding: 'GSM-7' };
const wait = { ...message, operation: 'sendAndWaitForDelivery', domain, to: '+37255550142' };

export const wooxy: ProviderCase = {
	title: 'Wooxy',
	node: new Wooxy(),
	trigger: new WooxyTrigger(),
	tokenOf: 'wooxyApi',
	triggerParameters: { domain },
	provider,
	operations: wooxyRows,
	sends: [
		...['send', 'sendAndWaitForDelivery'].map((operation): Send => {
			const parameters = { ...message, operation, domain, to: MOBILE };
			return { parameters, is: { to: MOBILE, ...one }, once: true };
		}),
		{
			parameters: { ...message, operation: 'sendToContact', contactListId: '5', contact: MOBILE },
			is: { to: MOBILE, ...one },
			once: true,
		},
	],
	tooLong: [],
	waits: [['delivery', wait]],
	posts: [['sms_delivered'], ['sms-subscribed', { email: 'anna@example.com', userId: 'u-17' }]],
	sometimes: ['email', 'userId'],
	wrongCredentials: [
		[
			'wooxyApi',
			{ accessToken: '11111111-2222-3333-4444-555555555555' },
			/^Wooxy answered: .*Check the Access Token/,
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
		readMembers: [(raw) => readSms('id', raw).message],
		readText: (text) => void readLookups(['a', 'constructor'], readEnvelope(answerOf(text))),
	},
};
