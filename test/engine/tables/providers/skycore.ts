import { Skycore } from '../../../../nodes/Skycore/Skycore.node';
import { SkycoreTrigger } from '../../../../nodes/Skycore/SkycoreTrigger.node';
import { readSingleSend } from '../../../../nodes/Skycore/api/message';
import { skycore as provider } from '../../../../nodes/Skycore/provider';
import type { SmsMessage } from '../../../../nodes/shared/model/message';
import { okResponse, wellFormed, xmlOf } from '../../harness/fuzzed';
import type { Fuzzed } from '../../harness/fuzzed';
import { badInputs } from '../badInput/skycore';
import { skycoreRows } from '../operations/skycore';
import type { ProviderCase } from './case';

const TO = '+17575550142';
const FROM = '60856';
const subscriber = { subscriberRef: 's-1', campaignRef: '30012' };
const oneSegment = { segments: 1, encoding: 'GSM-7' };
const saved = { resource: 'mms', operation: 'sendSaved', mmsId: '35674', to: TO, from: FROM };

const postback = (members: object) =>
	`<POSTBACK><NOTIFICATION>${xmlOf(members)}</NOTIFICATION></POSTBACK>`;

const fuzzed: Fuzzed = {
	names: ['ORIGIN', 'CODE', 'STATUS', 'FROM', 'TO', 'TRACKINGID', 'TIMESTAMP', 'TEXT', 'MOBILE']
		.concat(['CAMPAIGNREF', 'MMSID', 'TRANSACTIONID', 'RECEIVED', 'ERRORCODE', 'ERRORINFO'])
		.concat(['SOURCE']),
	bodies: [
		postback,
		'json',
		(members) => `xml=${encodeURIComponent(wellFormed(postback(members)))}`,
	],
	texts: (members) => `<RESPONSE>${xmlOf(members)}</RESPONSE>`,
	readText: (text) => {
		const [outcome] = readSingleSend(okResponse(text), {});
		const [output] = ('outputs' in outcome && outcome.outputs) || [];
		return output?.json as unknown as SmsMessage | undefined;
	},
};

export const skycore: ProviderCase = {
	title: 'Skycore',
	node: new Skycore(),
	trigger: new SkycoreTrigger(),
	tokenCredential: 'skycoreApi',
	provider,
	operations: skycoreRows,
	sends: [
		{
			parameters: { resource: 'sms', operation: 'send', to: TO, from: FROM, message: 'Hi' },
			output: { to: TO, from: FROM, ...oneSegment },
			hasNotOnRetry: true,
		},
		{
			parameters: {
				...{ resource: 'sms', operation: 'sendToSubscriber', message: 'Hi' },
				...subscriber,
			},
			output: { to: null, ...subscriber, ...oneSegment },
			hasNotOnRetry: true,
		},
		{ parameters: saved, output: { to: TO, mmsId: '35674', segments: null }, hasNotOnRetry: true },
		{
			parameters: {
				...{ resource: 'mms', operation: 'sendToSubscriber', mmsId: '35674' },
				...subscriber,
			},
			output: { mmsId: '35674', ...subscriber },
			hasNotOnRetry: true,
		},
	],
	tooLong: [{ ...saved, mmsId: 'x'.repeat(5_000) }],
	waits: [],
	postbackKinds: [
		...['SMS_MT:N202', 'MMS_MT:E102', 'N211', 'N301', 'N302', 'N003', 'N501'].map(
			(kind): [string] => [kind],
		),
		['malformed:N201'],
	],
	optionalFields: ['errorMessage', 'mmsId', 'campaignRef'],
	wrongCredentials: [
		['skycoreApi', { apiKey: '11111111-2222-3333-4444-555555555555' }, /^Skycore responded with E/],
	],
	badInputs,
	fuzzed,
};
