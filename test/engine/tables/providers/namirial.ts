import { NamirialSms } from '../../../../nodes/Namirial/NamirialSms.node';
import { NamirialSmsTrigger } from '../../../../nodes/Namirial/NamirialSmsTrigger.node';
import { namirial as provider } from '../../../../nodes/Namirial/provider';
import { readMessage } from '../../../../nodes/Namirial/wire';
import { badInputs } from '../badInput/namirial';
import { namirialRows } from '../operations/namirial';
import type { ProviderCase, Send } from './case';

const TO = '+393331112233';
const message = { resource: 'message', message: 'Hi' };
const wait = { ...message, operation: 'sendAndWaitForDelivery', to: '+393335550142' };

export const namirial: ProviderCase = {
	title: 'Namirial',
	node: new NamirialSms(),
	trigger: new NamirialSmsTrigger(),
	tokenCredential: 'namirialSmsGatewayApi',
	provider,
	operations: namirialRows,
	sends: ['send', 'sendOnBehalf', 'sendAndWaitForDelivery'].map((operation): Send => {
		const parameters = { ...message, operation, account: 'someone', to: '0039 333 111 2233' };
		return { parameters, output: { to: TO, segments: 1, encoding: 'GSM-7' } };
	}),
	tooLong: [{ resource: 'message', operation: 'getStatus', messageId: 'x'.repeat(5_000) }],
	waits: [['delivery', wait]],
	postbackKinds: [['STATUS_UPDATE'], ['UNDELIVERED']],
	optionalFields: ['errorMessage', 'channel'],
	wrongCredentials: [
		[
			'namirialSmsStatusApi',
			{ apiKey: '11111111-2222-3333-4444-555555555555' },
			/^Namirial rejected the API key/,
		],
	],
	badInputs,
	fuzzed: {
		names: ['id', 'type', 'createdAt', 'message', 'status', 'reference', 'provider', 'sms'].concat([
			...['statusChangedAt', 'providerAcceptanceAt', 'channel', 'code', 'key', 'segments'],
		]),
		bodies: ['json'],
		readMembers: [readMessage],
	},
};
