import { readReport } from '../../nodes/Skycore/api/message';
import { skycore as provider } from '../../nodes/Skycore/provider';
import { Skycore } from '../../nodes/Skycore/Skycore.node';
import { SkycoreTrigger } from '../../nodes/Skycore/SkycoreTrigger.node';
import { readResponse } from '../../nodes/Skycore/wire';
import { badInputs } from '../engine/badInput/skycore';
import { skycoreRows } from '../engine/operations/skycore';
import { answerOf, wellFormed, xmlOf } from '../fuzz/fuzzed';
import type { Fuzzed } from '../fuzz/fuzzed';
import type { ProviderCase } from './case';

const TO = '17575550142';
const FROM = '60856';
const subscriber = { subscriberRef: 's-1', campaignRef: '30012' };
const one = { segments: 1, encoding: 'GSM-7' };
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
	readText: (text) => readReport(readResponse(answerOf(text)), {}).message,
};

export const skycore: ProviderCase = {
	title: 'Skycore',
	node: new Skycore(),
	trigger: new SkycoreTrigger(),
	tokenOf: 'skycoreApi',
	provider,
	operations: skycoreRows,
	sends: [
		{
			parameters: { resource: 'sms', operation: 'send', to: TO, from: FROM, message: 'Hi' },
			is: { to: TO, from: FROM, ...one },
			once: true,
		},
		{
			parameters: {
				...{ resource: 'sms', operation: 'sendToSubscriber', message: 'Hi' },
				...subscriber,
			},
			is: { to: null, ...subscriber, ...one },
			once: true,
		},
		{ parameters: saved, is: { to: TO, mmsId: '35674', segments: null }, once: true },
		{
			parameters: {
				...{ resource: 'mms', operation: 'sendToSubscriber', mmsId: '35674' },
				...subscriber,
			},
			is: { mmsId: '35674', ...subscriber },
			once: true,
		},
	],
	tooLong: [{ ...saved, mmsId: 'x'.repeat(5_000) }],
	waits: [],
	posts: [
		...['SMS_MT:N202', 'MMS_MT:E102', 'N211', 'N301', 'N302', 'N003', 'N501'].map(
			(kind): [string] => [kind],
		),
		['malformed:N201'],
	],
	sometimes: ['errorMessage', 'mmsId', 'campaignRef'],
	wrongCredentials: [
		['skycoreApi', { apiKey: '11111111-2222-3333-4444-555555555555' }, /^Skycore answered E/],
	],
	badInputs,
	fuzzed,
};
