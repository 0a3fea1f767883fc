import { createCampaign, getCampaigns } from '../../nodes/Skycore/api/campaigns';
import type { Api } from '../../nodes/Skycore/api/connection';
import { getMmsIds, saveMms, sendSavedMms } from '../../nodes/Skycore/api/mms';
import { sendSms } from '../../nodes/Skycore/api/sms';
import { sendToSubscriber, subscribe, unsubscribe } from '../../nodes/Skycore/api/subscribers';
import { AccountPace } from '../../nodes/shared/http/accountPace';
import type { HttpRequest } from '../../nodes/shared/http/request';
import type { Outcome } from '../../nodes/shared/model/outcome';
import { failureOf } from '../engine/harness/canned';
import { QUEUED } from '../engine/harness/queued';
import { onTheWire } from '../onTheWire';

/** A connection that records the requests and responds with a document. */
function responding(text: string, status = 200) {
	const requests: HttpRequest[] = [];
	const api: Api = {
		baseUrl: 'https://skycore.test/API/wxml/1.3/index.php',
		apiKey: 'k&y',
		redact: (value) => value,
		http: {
			redact: (value) => value,
			pace: new AccountPace(),
			request: async (request, read) => {
				requests.push(request);
				return read({ status, headers: { 'content-type': 'text/xml' }, text });
			},
		},
	};
	const sent = () => new URLSearchParams(String(requests[0].body)).get('xml') ?? '';
	return { api, requests, sent };
}

/** The JSON and the raw form of each message of an accepted send. */
async function messagesOf(work: Promise<Outcome[]>) {
	const [outcome] = await work;
	if (outcome.kind !== 'accepted') throw new Error(`The send is ${outcome.kind}`);
	return outcome.outputs.map(({ json, raw }) => ({ message: json, raw }));
}

/** The kind of the outcome of a send that failed, and its failure. */
async function failedSend(work: Promise<Outcome[]>) {
	const [outcome] = await work;
	if (!('failure' in outcome)) throw new Error(`The send is ${outcome.kind}`);
	return { outcome: outcome.kind, failure: outcome.failure };
}

const failureOfSend = async (work: Promise<Outcome[]>) => (await failedSend(work)).failure;

const TO = '+17575550142';
const WIRE_TO = onTheWire.skycore(TO);
const SENDER = { to: TO, from: '00000' };
const NO_FALLBACK = { noSms: false, noLink: false };
const SAVED = { mmsId: '35674', customTexts: [], data: [], fallback: NO_FALLBACK };
const rejection = (code: string, info: string) =>
	`<RESPONSE><STATUS>Failure</STATUS><ERRORCODE>${code}</ERRORCODE><ERRORINFO>${info}</ERRORINFO></RESPONSE>`;

/** The beginning of a request. */
const begin = (action: string) => `<REQUEST><ACTION>${action}</ACTION><API_KEY>k&amp;y</API_KEY>`;

describe('a request', () => {
	const OK =
		'<RESPONSE><STATUS>Success</STATUS><TRACKINGID>t-1</TRACKINGID><MMSID>7</MMSID><CAMPAIGNID>8</CAMPAIGNID></RESPONSE>';

	it.each<[string, (api: Api) => Promise<unknown>, string]>([
		[
			'a text',
			async (api) => await sendSms(api, SENDER, 'Fish & <Chips>'),
			`${begin('sendSMS')}<TO>${WIRE_TO}</TO><FROM>00000</FROM><TEXT>Fish &amp; &lt;Chips&gt;</TEXT></REQUEST>`,
		],
		[
			'a text with every option',
			async (api) =>
				await sendSms(
					api,
					{ ...SENDER, fromMask: 'MyShop', operatorId: '0001470', campaignRef: 'Campaign1' },
					' two\n lines ',
				),
			`${begin('sendSMS')}<TO>${WIRE_TO}</TO><FROM>00000</FROM><FROM_MASK>MyShop</FROM_MASK><OPERATORID>0001470</OPERATORID><CAMPAIGNREF>Campaign1</CAMPAIGNREF><TEXT> two\n lines </TEXT></REQUEST>`,
		],
		[
			'a saved MMS',
			async (api) => await sendSavedMms(api, SENDER, SAVED),
			`${begin('sendSavedMMS')}<MMSID>35674</MMSID><TO>${WIRE_TO}</TO><FROM>00000</FROM></REQUEST>`,
		],
		[
			'a saved MMS with texts, values and a fallback',
			async (api) =>
				await sendSavedMms(api, SENDER, {
					mmsId: '35674',
					subject: 'Hi',
					customTexts: [
						{ slide: 1, text: 'one' },
						{ slide: 3, text: 'three' },
					],
					data: [['FIRST_NAME', 'Jo & Co']],
					fallback: { text: 'See', noSms: true, noLink: true },
				}),
			`${begin('sendSavedMMS')}<MMSID>35674</MMSID><TO>${WIRE_TO}</TO><FROM>00000</FROM><CUSTOMSUBJECT>Hi</CUSTOMSUBJECT>` +
				'<CUSTOMTEXT><VALUE>one</VALUE><SLIDE>1</SLIDE></CUSTOMTEXT><CUSTOMTEXT><VALUE>three</VALUE><SLIDE>3</SLIDE></CUSTOMTEXT>' +
				'<DATA><FIRST_NAME>Jo &amp; Co</FIRST_NAME></DATA><FALLBACKSMSTEXT>See</FALLBACKSMSTEXT>' +
				'<DISABLEFALLBACKSMS>yes</DISABLEFALLBACKSMS><DISABLEFALLBACKSMSLINK>yes</DISABLEFALLBACKSMSLINK></REQUEST>',
		],
		[
			'a new MMS',
			async (api) =>
				await saveMms(api, {
					name: 'Offer',
					subject: 'Spring',
					fallback: { ...NO_FALLBACK, text: 'See' },
					slides: [
						{
							imageUrl: 'https://a.test/1.png?a=1&b=2',
							audioUrl: 'https://a.test/1.mp3',
							duration: 5,
						},
						{ videoUrl: 'https://a.test/1.mp4', text: 'Look' },
					],
				}),
			`${begin('saveMMS')}<NAME>Offer</NAME><SUBJECT>Spring</SUBJECT><FALLBACKSMSTEXT>See</FALLBACKSMSTEXT>` +
				'<SLIDE><IMAGE><URL>https://a.test/1.png?a=1&amp;b=2</URL></IMAGE><AUDIO><URL>https://a.test/1.mp3</URL></AUDIO><DURATION>5</DURATION></SLIDE>' +
				'<SLIDE><VIDEO><URL>https://a.test/1.mp4</URL></VIDEO><TEXT>Look</TEXT></SLIDE></REQUEST>',
		],
		[
			'a list of the saved MMS',
			async (api) => await getMmsIds(api),
			`${begin('getMmsIds')}</REQUEST>`,
		],
		[
			'a list of the campaigns',
			async (api) => await getCampaigns(api),
			`${begin('getMmsCampaigns')}</REQUEST>`,
		],
		[
			'a new campaign',
			async (api) => await createCampaign(api, 'Spring', 'Shop'),
			`${begin('createMMSCampaign')}<CAMPAIGNNAME>Spring</CAMPAIGNNAME><BRANDNAME>Shop</BRANDNAME></REQUEST>`,
		],
		[
			'a subscription',
			async (api) => await subscribe(api, { mobile: TO, campaignRef: 'C1' }),
			`${begin('subscribe')}<CAMPAIGNREF>C1</CAMPAIGNREF><MOBILE>${WIRE_TO}</MOBILE></REQUEST>`,
		],
		[
			'a subscription with all fields',
			async (api) =>
				await subscribe(api, {
					mobile: TO,
					campaignRef: 'C1',
					subscriberRef: 'ACCT-1',
					data: [['AGE', '007']],
					timezone: 'EST',
				}),
			`${begin('subscribe')}<CAMPAIGNREF>C1</CAMPAIGNREF><MOBILE>${WIRE_TO}</MOBILE><SUBSCRIBERREF>ACCT-1</SUBSCRIBERREF><DATA><AGE>007</AGE></DATA><TIMEZONE>EST</TIMEZONE></REQUEST>`,
		],
		[
			'an unsubscription',
			async (api) => await unsubscribe(api, { mobile: TO, campaignRef: 'C1', notify: true }),
			`${begin('unsubscribe')}<CAMPAIGNREF>C1</CAMPAIGNREF><MOBILE>${WIRE_TO}</MOBILE><NOTIFY>yes</NOTIFY></REQUEST>`,
		],
	])('for %s has its XML in the form field xml', async (_what, send, xml) => {
		const { api, requests, sent } = responding(OK);
		await send(api);
		expect(sent()).toBe(xml);
		expect(requests).toMatchObject([
			{
				method: 'POST',
				url: 'https://skycore.test/API/wxml/1.3/index.php',
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			},
		]);
	});

	it.each([
		['a text', { text: 'Hi' }, '<TEXT>Hi</TEXT>'],
		['a saved MMS', { mmsId: '35674' }, '<MMSID>35674</MMSID>'],
	])(
		'for %s to a subscriber has the content and both references',
		async (_what, content, inside) => {
			const { api, sent } = responding(
				'<RESPONSE><SUBSCRIBER><STATUS>Success</STATUS></SUBSCRIBER></RESPONSE>',
			);
			await sendToSubscriber(api, 'ACCT-1', 'Campaign1', content);
			expect(sent()).toBe(
				`${begin('sendMessageBySubscriberRef')}${inside}<SUBSCRIBERREF>ACCT-1</SUBSCRIBERREF><CAMPAIGNREF>Campaign1</CAMPAIGNREF></REQUEST>`,
			);
		},
	);
});

const BASE = {
	...QUEUED,
	provider: 'skycore',
	messageId: null,
	to: TO,
	from: '00000',
	providerStatus: 'Success',
};

describe('the response to a send', () => {
	it('has a tracking ID, which is kept unchanged in each of its forms', async () => {
		for (const id of ['DrXAFP-Ylpc-JZL', 'U01TXzc2Nzg2Nw==', 'SMS_12345', '0001470']) {
			const { api } = responding(
				`<RESPONSE><STATUS>Success</STATUS><TRACKINGID>${id}</TRACKINGID><TO>${WIRE_TO}</TO></RESPONSE>`,
			);
			const [{ message }] = await messagesOf(sendSms(api, SENDER, 'Hi'));
			expect(message).toEqual({ ...BASE, messageId: id, segments: 1, encoding: 'GSM-7' });
		}
	});

	it('has the number that the platform sends from instead of the requested one', async () => {
		const { api } = responding(
			`<?xml version="1.0"?>\n<RESPONSE>\n <STATUS> Success </STATUS>\n <MMSID>35674</MMSID>\n <TRACKINGID>TU1TXzU5Nzg3OQ==</TRACKINGID>\n <TO>${WIRE_TO}</TO>\n <FROM>60856</FROM>\n <STATUSDETAILS>MMS request accepted and queued for delivery</STATUSDETAILS>\n</RESPONSE>`,
		);
		const [{ message, raw }] = await messagesOf(sendSavedMms(api, SENDER, SAVED));
		expect(message).toEqual({
			...BASE,
			messageId: 'TU1TXzU5Nzg3OQ==',
			from: '60856',
			segments: null,
			encoding: null,
			mmsId: '35674',
		});
		expect(raw).toMatchObject({ STATUSDETAILS: 'MMS request accepted and queued for delivery' });
	});

	it('may have the SENDING elements of 2013', async () => {
		const sending = `<SENDING><STATUS>Success</STATUS><TRACKINGID>MMS_12346</TRACKINGID><TO>${WIRE_TO}</TO></SENDING>`;
		const { api } = responding(
			`<RESPONSE><STATUS>Success</STATUS><MMSID>35674</MMSID>${sending}</RESPONSE>`,
		);
		const [{ message }] = await messagesOf(sendSavedMms(api, SENDER, SAVED));
		expect(message).toMatchObject({ messageId: 'MMS_12346', status: 'queued' });
	});

	it('is an error if its only SENDING element is a rejection, although the whole is a success', async () => {
		const sending = `<SENDING><ERRORCODE>E110</ERRORCODE><TO>${WIRE_TO}</TO><ERRORINFO>Invalid receiver</ERRORINFO></SENDING>`;
		const { api } = responding(
			`<RESPONSE><STATUS>Success</STATUS><MMSID>35674</MMSID>${sending}</RESPONSE>`,
		);
		expect(await failedSend(sendSavedMms(api, SENDER, SAVED))).toMatchObject({
			outcome: 'refused',
			failure: { kind: 'rejected', code: 'E110', nothingAccepted: true },
		});
	});

	it.each([
		['has no fields', '<RESPONSE></RESPONSE>'],
		['is truncated', '<RESPONSE><STATUS>Success</STATUS><TRACK'],
		['is empty', ''],
		['is an HTML page', '<!DOCTYPE html><html><body><h1>It works</h1></body></html>'],
		['has another root', '<REPLY><STATUS>Success</STATUS></REPLY>'],
		['is JSON', '{"status":"Success"}'],
	])('leaves open whether the message was accepted if it %s', async (_what, text) => {
		const { outcome, failure } = await failedSend(sendSms(responding(text).api, SENDER, 'Hi'));
		expect(outcome).toBe('unknown');
		expect(failure).toMatchObject({ kind: 'ambiguous', nothingAccepted: false });
		expect(failure.message).toMatch(
			/^Expected .* from Skycore, got .*\. The message may have gone out$/s,
		);
	});
});

describe('the response to a send to a subscriber', () => {
	const sendToGroup = async (inside: string) => {
		const { api } = responding(
			`<RESPONSE><SUBSCRIBERREF>ACCT-1</SUBSCRIBERREF><CAMPAIGNREF>Campaign1</CAMPAIGNREF>${inside}</RESPONSE>`,
		);
		return await sendToSubscriber(api, 'ACCT-1', 'Campaign1', { mmsId: '35674' });
	};
	const group = async (inside: string) =>
		(await messagesOf(sendToGroup(inside))).map(({ message }) => message);
	const accepted = (id: string, to: string) =>
		`<SUBSCRIBER><STATUS>Success</STATUS><TRACKINGID>${id}</TRACKINGID><TO>${to}</TO><FROM>60856</FROM></SUBSCRIBER>`;

	it('is one message if the subscriber has one number', async () => {
		expect(await group(accepted('DrXAFP-aaaa-JZL', WIRE_TO))).toEqual([
			{
				...BASE,
				messageId: 'DrXAFP-aaaa-JZL',
				from: '60856',
				segments: null,
				encoding: null,
				subscriberRef: 'ACCT-1',
				campaignRef: 'Campaign1',
				mmsId: '35674',
			},
		]);
	});

	it('is a message for each number, failed for rejected ones', async () => {
		const rejected = `<SUBSCRIBER><STATUS>Failure</STATUS><ERRORCODE>E114</ERRORCODE><TO>17575550164</TO><ERRORINFO> Blacklisted</ERRORINFO></SUBSCRIBER>`;
		const messages = await group(
			`${accepted('a', WIRE_TO)}${rejected}${accepted('b', '17575550143')}`,
		);
		expect(messages.map(({ to, status, messageId }) => [to, status, messageId])).toEqual([
			[TO, 'queued', 'a'],
			['+17575550164', 'failed', null],
			['+17575550143', 'queued', 'b'],
		]);
		expect(messages[1]).toMatchObject({
			isFinal: true,
			providerStatus: 'Failure',
			errorCode: 'E114',
			errorMessage: 'Blacklisted',
		});
	});

	it('without a STATUS has a rejected number if there is a code', async () => {
		const rejected = '<SUBSCRIBER><ERRORCODE>E110</ERRORCODE><TO>1</TO></SUBSCRIBER>';
		expect(await sendToGroup(rejected)).toMatchObject([
			{
				kind: 'refused',
				outputs: [
					{
						json: {
							to: '1',
							status: 'failed',
							errorCode: 'E110',
							errorMessage: 'The number of the recipient is not valid',
						},
					},
				],
			},
		]);
	});

	it('leaves open whether anybody was texted if it names no number', async () => {
		const { outcome, failure } = await failedSend(sendToGroup(''));
		expect(outcome).toBe('unknown');
		expect(failure.kind).toBe('rejected');
		expect(failure.message).toContain('names no subscriber of "ACCT-1" in campaign "Campaign1"');
	});
});

describe('a rejection with HTTP status 200', () => {
	it.each([
		['E100', 'rejected'],
		['E101', 'rejected'],
		['E102', 'credential'],
		['E103', 'credential'],
		['E104', 'credential'],
		['E105', 'credential'],
		['E106', 'rateLimited'],
		['E107', 'credential'],
		['E108', 'rejected'],
		['E109', 'credential'],
		['E110', 'rejected'],
		['E111', 'rejected'],
		['E112', 'credential'],
		['E113', 'rateLimited'],
		['E114', 'optedOut'],
		['E120', 'rateLimited'],
		['E201', 'rejected'],
		['E241', 'notFound'],
		['E503', 'ambiguous'],
		['E626', 'unavailable'],
		['E628', 'rejected'],
		['E629', 'rejected'],
		['E712', 'rejected'],
		['E713', 'rejected'],
		['E714', 'notFound'],
		['E715', 'rejected'],
		['E716', 'rejected'],
		['E717', 'rejected'],
		['E718', 'rejected'],
		['E719', 'rejected'],
		['E720', 'notFound'],
		['E721', 'notFound'],
	])('by %s is of kind %s, with advice', async (code, kind) => {
		const { outcome, failure } = await failedSend(
			sendSms(responding(rejection(code, ' Some words')).api, SENDER, 'Hi'),
		);
		const isOpen = code === 'E503';
		expect(outcome).toBe(isOpen ? 'unknown' : 'refused');
		expect(failure).toMatchObject({
			kind,
			code,
			message: `Skycore responded with ${code}: Some words${isOpen ? '. The message may have gone out' : ''}`,
		});
		expect(failure.description).toBeTruthy();
	});

	it('may have its fields in any order, and a number that was not sent', async () => {
		const text = `<RESPONSE><ERRORINFO>Only one of the two</ERRORINFO><TO>16505550100</TO><ERRORCODE>E717</ERRORCODE><STATUS> FAILURE </STATUS></RESPONSE>`;
		const { api } = responding(text);
		expect(await failedSend(sendToSubscriber(api, 'A', 'C', { text: 'Hi' }))).toMatchObject({
			outcome: 'refused',
			failure: { kind: 'rejected', code: 'E717' },
		});
	});

	it('may have a code without a STATUS', async () => {
		const text = '<RESPONSE><ERRORCODE>E111</ERRORCODE></RESPONSE>';
		const failure = await failureOfSend(sendSms(responding(text).api, SENDER, 'Hi'));
		expect(failure.message).toBe('Skycore responded with E111: The short code is not valid');
	});

	it('with an unknown code, or without one, has its reason and refuses nothing', async () => {
		const unlisted = sendSms(responding(rejection('E999', 'Other')).api, SENDER, 'Hi');
		expect(await failedSend(unlisted)).toMatchObject({
			outcome: 'unknown',
			failure: { kind: 'rejected', message: 'Skycore responded with E999: Other' },
		});
		const withoutCode = '<RESPONSE><STATUS>Failure</STATUS></RESPONSE>';
		expect(await failedSend(sendSms(responding(withoutCode).api, SENDER, 'Hi'))).toMatchObject({
			outcome: 'unknown',
			failure: { message: 'Skycore rejected the request: no reason was given' },
		});
	});

	it.each([
		[400, 'refused', 'credential', 'Failed'],
		[500, 'unknown', 'ambiguous', 'Failed. The message may have gone out'],
	])('counts with HTTP status %i too, where it is %s', async (status, outcome, kind, words) => {
		const { api } = responding(rejection('E104', 'Failed'), status);
		expect(await failedSend(sendSms(api, SENDER, 'Hi'))).toMatchObject({
			outcome,
			failure: { kind, code: 'E104', message: `Skycore responded with E104: ${words}` },
		});
	});

	it.each([
		['the seconds that E106 names', 'E106', 'API can be called only every 12 seconds', 12_000],
		['five seconds if E106 names none', 'E106', 'Too soon', 5_000],
		['ten seconds for an MMS that is being encoded', 'E626', 'Encoding, at 40%', 10_000],
		['no fixed time for E113', 'E113', 'Throughput of 5 exceeded', undefined],
	])('has a delay of %s', async (_what, code, info, retryAfter) => {
		const { api } = responding(rejection(code, info));
		const failure = await failureOfSend(sendSms(api, SENDER, 'Hi'));
		expect(failure).toMatchObject({ retryAfter, nothingAccepted: true, persistent: false });
	});

	it('by E120 is not retried', async () => {
		const { api } = responding(rejection('E120', 'Limit'));
		expect((await failureOfSend(sendSms(api, SENDER, 'Hi'))).persistent).toBe(true);
	});
});

describe('the response to another call', () => {
	it.each([
		['many', '<MMSIDS>12, 013,14</MMSIDS>', ['12', '013', '14']],
		['one', '<MMSIDS>12</MMSIDS>', ['12']],
		['an empty list', '<MMSIDS></MMSIDS>', []],
	])('lists the saved MMS: %s', async (_what, inside, ids) => {
		const { api } = responding(`<RESPONSE><STATUS>Success</STATUS>${inside}</RESPONSE>`);
		expect(await getMmsIds(api)).toEqual(ids);
	});

	it('lists no saved MMS if it is E200', async () => {
		expect(await getMmsIds(responding(rejection('E200', 'None')).api)).toEqual([]);
	});

	it.each([
		[
			'one',
			'<CAMPAIGN><ID>0041</ID><NAME>Spring &amp; Co</NAME></CAMPAIGN>',
			[['0041', 'Spring & Co']],
		],
		[
			'many',
			'<CAMPAIGN><ID>1</ID><NAME>A</NAME></CAMPAIGN><CAMPAIGN><ID>2</ID><NAME>B</NAME></CAMPAIGN>',
			[
				['1', 'A'],
				['2', 'B'],
			],
		],
	])('lists the campaigns: %s', async (_what, inside, expected) => {
		const { api } = responding(
			`<RESPONSE><STATUS>Success</STATUS><MMSCAMPAIGNS>${inside}</MMSCAMPAIGNS></RESPONSE>`,
		);
		const found = await getCampaigns(api);
		expect(found.map(({ json }) => [json.campaignId, json.name])).toEqual(expected);
	});

	it('lists no campaigns if it is E405', async () => {
		expect(await getCampaigns(responding(rejection('E405', 'None')).api)).toEqual([]);
	});

	it('is an error if it is E200 for campaigns or E405 for saved MMS', async () => {
		await expect(getCampaigns(responding(rejection('E200', 'x')).api)).rejects.toThrow('E200');
		await expect(getMmsIds(responding(rejection('E405', 'x')).api)).rejects.toThrow('E405');
	});

	it.each([
		['the current reference', '<CAMPAIGNREF>C1</CAMPAIGNREF>', 'C1'],
		['the older number', '<CAMPAIGNID>1301</CAMPAIGNID>', '1301'],
	])('is a subscription with %s of the campaign', async (_what, inside, campaignRef) => {
		const { api } = responding(
			`<RESPONSE><STATUS>Success</STATUS>${inside}<MOBILE>${WIRE_TO}</MOBILE><SUBSCRIBERREF>ACCT-1</SUBSCRIBERREF></RESPONSE>`,
		);
		const { json } = await subscribe(api, { mobile: TO, campaignRef: 'C1' });
		expect(json).toEqual({
			provider: 'skycore',
			mobile: TO,
			campaignRef,
			subscriberRef: 'ACCT-1',
			subscribed: true,
		});
	});

	it('is malformed if an MMS was saved without an ID', async () => {
		const { api } = responding('<RESPONSE><STATUS>Success</STATUS></RESPONSE>');
		const mms = { name: 'a', subject: 'b', slides: [], fallback: NO_FALLBACK };
		expect(await failureOf(saveMms(api, mms))).toMatchObject({ kind: 'malformed' });
	});
});
