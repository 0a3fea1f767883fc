/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { startSandbox, type Sandbox } from '../../sandbox';
import { client, HANDSET, parse, receiver, until } from './skycore';

let sandbox: Sandbox;
let skycore: ReturnType<typeof client>;
let inbox: Awaited<ReturnType<typeof receiver>>;

// tests advance the clock
beforeAll(async () => {
	sandbox = await startSandbox({ clockScale: 0 });
	skycore = client(sandbox);
});
beforeEach(async () => {
	inbox = await receiver(200);
	configure({ postbackUrl: inbox.url });
});
afterEach(() => {
	inbox.close();
	sandbox.reset();
});
afterAll(async () => await sandbox.close());

const MINUTE = 60_000;
const configure = (changes: Record<string, unknown>) => sandbox.configure('skycore', changes);
const simulator = () => sandbox.simulators.get('skycore')!;
const sendSms = async (to = HANDSET) =>
	await skycore.call('sendSMS', `<TO>${to}</TO><FROM>60856</FROM><TEXT>Hi</TEXT>`);
const sendMms = async (more = '') =>
	await skycore.call(
		'sendSavedMMS',
		`<MMSID>35674</MMSID><TO>${HANDSET}</TO><FROM>60856</FROM>${more}`,
	);

/** Advances the clock to the end, one postback after the other so that they arrive in order. */
async function advance(count: number): Promise<void> {
	for (let arrived = 1; arrived <= count; arrived++) {
		while (inbox.received.length < arrived && sandbox.clock.pending > 0) {
			await sandbox.clock.advance(100);
			await new Promise((resolve) => setTimeout(resolve, 1));
		}
		await until(() => inbox.received.length >= arrived);
	}
	await sandbox.clock.advance();
}

async function fire(kind: string, more: Record<string, unknown> = {}) {
	const response = await fetch(`${sandbox.url}/control/fire`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ provider: 'skycore', kind, ...more }),
	});
	const result = (await response.json()) as { error?: string };
	if (result.error !== undefined) throw new Error(result.error);
	await until(() => inbox.received.length > 0);
	const received = inbox.received.shift()!;
	return { ...received, ...parse(received.body) };
}

describe('the lifecycle of a message', () => {
	it.each([
		['delivered', ['N201 Message Sent', 'N202 Message Sent/Delivered'], 'delivered'],
		['undelivered', ['N201 Message Sent', 'E202 Message Sent/Failed'], 'undelivered'],
		['expired', ['N201 Message Sent', 'E202 Message Sent/Expired'], 'undelivered'],
		['notSupported', ['N201 Message Sent', 'E202 Message Sent/NotSupported'], 'undelivered'],
		['landline', ['E201 Message Failed'], 'failed'],
		['noReceipt', ['N201 Message Sent'], 'sent'],
	])('of an SMS to a number that is %s', async (outcome, expected, end) => {
		sandbox.numbers.set(HANDSET, outcome);
		const id = (await sendSms()).field('TRACKINGID');
		await advance(expected.length);
		const postbacks = inbox.received.map(({ body }) => parse(body));
		expect(postbacks.map(({ field }) => `${field('CODE')} ${field('STATUS')}`)).toEqual(expected);
		for (const { field } of postbacks) {
			expect([field('ORIGIN'), field('TRACKINGID'), field('TO')]).toEqual(['SMS_MT', id, HANDSET]);
		}
		expect(sandbox.messages.find('skycore', id!)?.status).toBe(end);
	});

	it.each([
		['delivered', ['N101 MMS Message Sent', 'N102 MMS Message Sent/Delivered']],
		['asSms', ['N101 SMS Message Sent', 'N202 SMS Message Sent/Delivered']],
		['refusedByCarrier', ['N101 MMS Message Sent', 'E102 - Message Sent/Rejected']],
		['landline', ['E101 - Message Failed']],
	])('of an MMS to a number that is %s', async (outcome, expected) => {
		sandbox.numbers.set(HANDSET, outcome);
		await sendMms();
		await advance(expected.length);
		const postbacks = inbox.received.map(({ body }) => parse(body));
		expect(
			postbacks.map(({ field }) => `${field('CODE')} ${field('SENTAS') ?? '-'} ${field('STATUS')}`),
		).toEqual(expected);
		expect(new Set(postbacks.map(({ field }) => field('ORIGIN')))).toEqual(new Set(['MMS_MT']));
	});

	it('of an MMS that must not be sent as SMS fails if MMS is not supported', async () => {
		sandbox.numbers.set(HANDSET, 'asSms');
		await sendMms('<DISABLEFALLBACKSMS>yes</DISABLEFALLBACKSMS>');
		await advance(1);
		expect(inbox.codes()).toEqual(['E101']);
		expect(inbox.received[0].body).not.toContain('TIMESTAMP');
	});

	it('of a saved MMS ends with N003, E002 or E003', async () => {
		const save = async (media: string) =>
			await skycore.call(
				'saveMMS',
				`<NAME>N</NAME><SUBJECT>S</SUBJECT><FALLBACKSMSTEXT>F</FALLBACKSMSTEXT><SLIDE>${media}</SLIDE>`,
			);
		const video = '<VIDEO><URL>https://example.com/a.mp4</URL></VIDEO>';
		await save(video);
		await advance(1);
		configure({ encodingFails: true });
		await save('<AUDIO><URL>https://example.com/a.mp3</URL></AUDIO>');
		await advance(2);
		await save(video);
		await advance(3);
		expect(inbox.codes()).toEqual(['N003', 'E002', 'E003']);
		expect(inbox.received[1].body).toContain('<AUDIONAME>https://example.com/a.mp3</AUDIONAME>');
	});
});

describe('sending postbacks', () => {
	it('sends one notification per second', async () => {
		await sendSms('17575550151');
		await sendSms('17575550152');
		await sandbox.clock.advance(sandbox.pace.sent);
		await until(() => inbox.received.length === 1);
		await sandbox.clock.advance(999);
		expect(inbox.received).toHaveLength(1);
		await sandbox.clock.advance(1);
		await until(() => inbox.received.length === 2);
	});

	it('retries five times, five minutes apart, unless the response is exactly 200', async () => {
		inbox.close();
		inbox = await receiver(204);
		configure({ postbackUrl: inbox.url });
		sandbox.numbers.set(HANDSET, 'noReceipt');
		await sendSms();
		await sandbox.clock.advance(sandbox.pace.sent);
		const [postback] = sandbox.postbacks.list({ provider: 'skycore' });
		for (let attempts = 1; attempts <= 6; attempts++) {
			await until(() => postback.attempts.length === attempts);
			expect(postback.state).toBe(attempts < 6 ? 'retrying' : 'failed');
			await sandbox.clock.advance(5 * MINUTE - 1);
			expect(postback.attempts).toHaveLength(attempts);
			await sandbox.clock.advance(1);
		}
		expect(sandbox.clock.pending).toBe(0);
	});

	it('can duplicate and reorder them', async () => {
		configure({ postbackEveryMs: 0 });
		Object.assign(sandbox.postbacks.options, { copies: 2, reorderMs: 1_000, concurrency: 1 });
		await sendSms('17575550151');
		await sendSms('17575550152');
		await sandbox.clock.advance(sandbox.pace.sent + 1_000);
		await until(() => inbox.received.length === 4);
		expect(inbox.received.map(({ body }) => parse(body).field('TO'))).toEqual([
			'17575550152',
			'17575550152',
			'17575550151',
			'17575550151',
		]);
	});

	it('sends nothing without an address', async () => {
		configure({ postbackUrl: '' });
		await sendSms();
		await sandbox.clock.advance();
		expect(sandbox.postbacks.list()).toEqual([]);
		await expect(fire('N201')).rejects.toThrow('No postback address is known.');
	});

	it('can send all of a minute as a batch, as until 2013', async () => {
		configure({ postbackEnvelope: 'batch' });
		await sendSms('17575550151');
		await sendSms('17575550152');
		await sandbox.clock.advance(sandbox.pace.sent + MINUTE);
		await until(() => inbox.received.length === 1);
		const { all } = parse(inbox.received[0].body);
		expect(all('CODE').slice(0, 2)).toEqual(['N201', 'N201']);
		expect(inbox.received[0].body.match(/<NOTIFICATION ID="\d+" CREATED="/g)).toHaveLength(4);
	});
});

describe('a message from a handset', () => {
	it('is an SMS without a reference to the message it replies to', async () => {
		await sendSms();
		const message = await simulator().reply!({
			from: '+1 757 555 0142',
			text: ' 007 & <STOP it> ',
		});
		await until(() => inbox.received.length > 0);
		expect(inbox.received[0].body).toMatch(
			/^<POSTBACK><ORIGIN>SMS_MO<\/ORIGIN><CODE>N211<\/CODE><FROM>17575550142<\/FROM><TO>60856<\/TO><TEXT> 007 &amp; &lt;STOP it&gt; <\/TEXT><RECEIVED>[^<]+<\/RECEIVED><TRANSACTIONID>[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}<\/TRANSACTIONID><\/POSTBACK>$/,
		);
		expect(message).toMatchObject({ direction: 'in', handset: HANDSET, status: 'received' });
	});

	it('is an MMS with files, and with a keyword if the first word is one', async () => {
		const url = 'https://media.example.com/1.jpg';
		const { id } = await simulator().reply!({
			from: HANDSET,
			text: 'photo 1',
			mediaUrls: [url, url],
		});
		await until(() => inbox.received.length > 0);
		const { field, all } = parse(inbox.received[0].body);
		expect([field('CODE'), field('KEYWORD'), field('SUBJECT')]).toEqual([
			'N401',
			'PHOTO',
			'photo 1',
		]);
		expect(field('TRACKINGID')).toMatch(/^MMS_MO_\w{8}$/);
		expect(all('FILE')).toEqual([url, url]);
		const remove = async () =>
			await skycore.call('removeMMSInboxMessage', `<MMSINBOXID>${id}</MMSINBOXID>`);
		expect((await remove()).field('MMSINBOXID')).toBe(id);
		expect((await remove()).field('ERRORCODE')).toBe('E641');
	});

	it('is sent to the separate address, if there is one', async () => {
		const other = await receiver(200);
		configure({ moUrl: other.url });
		await simulator().reply!({ from: HANDSET, text: 'Hi' });
		await until(() => other.received.length === 1);
		other.close();
		expect(inbox.received).toEqual([]);
	});

	it('ends subscriptions if it is STOP, which causes two postbacks', async () => {
		await simulator().reply!({ from: HANDSET, to: '60856', text: 'STOP' });
		await advance(2);
		expect(inbox.codes()).toEqual(['N211', 'N302']);
		const { field } = parse(inbox.received[1].body);
		expect([field('MOBILE'), field('SOURCE')]).toEqual([HANDSET, 'MO']);
		expect(field('TIMESTAMP')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-04$/);
	});

	it('is not posted if incoming messages are disabled', async () => {
		configure({ smsMo: false });
		await simulator().reply!({ from: HANDSET, text: 'Hi' });
		expect(sandbox.postbacks.list()).toEqual([]);
	});
});

it('posts every subscription, even a repeated one', async () => {
	const fields = `<CAMPAIGNREF>Campaign123</CAMPAIGNREF><MOBILE>${HANDSET}</MOBILE>`;
	await skycore.call('subscribe', fields);
	configure({ subCampaign: 'CAMPAIGNID' });
	await skycore.call('unsubscribe', fields);
	await advance(2);
	expect(inbox.received.map(({ body }) => parse(body).field('SOURCE'))).toEqual(['API', 'API']);
	expect(inbox.codes()).toEqual(['N301', 'N302']);
	expect(inbox.received[1].body).toContain('<CAMPAIGNID>1301</CAMPAIGNID>');
});

describe('a postback sent by hand', () => {
	it.each([
		...['N201', 'N202', 'E201', 'E202'].map((code) => `SMS_MT:${code}`),
		...['N101', 'N102', 'N202', 'E101', 'E102', 'N501', 'N502', 'E501', 'E502'].map(
			(code) => `MMS_MT:${code}`,
		),
		...['N003', 'N013', 'E002', 'E003', 'E011', 'E012', 'E013', 'E999'].map(
			(code) => `MMS_MT:${code}`,
		),
		'SMS_MO:N211',
		'MMS_MO:N401',
		'SUB:N301',
		'SUB:N302',
		'EMAIL_SUB:N303',
		'EMAIL_SUB:N304',
	])('has the kind %s', async (kind) => {
		const { field } = await fire(kind);
		expect(`${field('ORIGIN')}:${field('CODE')}`).toBe(kind);
	});

	it('has the fields of a documented receipt, with leading zeros and an entity', async () => {
		const { body } = await fire('E202');
		expect(body).toMatch(
			/^<\?xml version='1.0'\?><POSTBACK><ORIGIN>SMS_MT<\/ORIGIN><CODE>E202<\/CODE><STATUS>Message Sent\/Failed<\/STATUS><FROM>60856<\/FROM><FROM_MASK><\/FROM_MASK><TO>17575550142<\/TO><TRACKINGID>DrXAFP-Ylpc-JZL<\/TRACKINGID><SPID>0001470<\/SPID><TIMESTAMP>[^<]+<\/TIMESTAMP><AGGREGATORID>\d+<\/AGGREGATORID><STATUSDETAILS>\?smpp\?deliver_sm=4&amp;<\/STATUSDETAILS><\/POSTBACK>$/,
		);
	});

	it.each(['N201', 'E201'])('is %s as published, with an unclosed tag', async (code) => {
		const { body } = await fire(`malformed:${code}`);
		expect(body).toContain(`<CODE>${code}</CODE>`);
		expect(body).toContain('<FROM_MASK><FROM_MASK>');
		expect(body).not.toContain('</FROM_MASK>');
	});

	it('can be a batch of three', async () => {
		expect((await fire('batch')).all('CODE')).toEqual(['N201', 'N202', 'E202']);
	});

	it('can have fields replaced, added and removed', async () => {
		const fields = { CODE: null, STATUSCODE: 'N1', TO: '4477', STATUS: null };
		const { body } = await fire('SMS_MT:N201', { fields, headers: { 'X-Test': '1' } });
		expect(body).toMatch(/<POSTBACK><ORIGIN>SMS_MT<\/ORIGIN><FROM>60856<\/FROM>.*<TO>4477<\/TO>/);
		expect(body).toContain('<STATUSCODE>N1</STATUSCODE>');
		const empty = await fire('N211', { body: '', headers: { 'Content-Type': null } });
		expect([empty.body, empty.headers['content-type']]).toEqual(['', undefined]);
	});

	it('must have a known kind', async () => {
		await expect(fire('N999')).rejects.toThrow('There is no kind of postback "N999"');
	});
});

describe('the body', () => {
	it.each([
		['textXml', 'text/xml', /^<\?xml/],
		['applicationXml', 'application/xml', /^<\?xml/],
		['plain', 'text/plain', /^<\?xml/],
		['rawAsForm', 'application/x-www-form-urlencoded', /^<\?xml/],
		['withoutType', undefined, /^<\?xml/],
		['form', 'application/x-www-form-urlencoded', /^xml=%3C%3Fxml/],
		['formUpperCase', 'application/x-www-form-urlencoded', /^XML=%3C%3Fxml/],
		['multipart', expect.stringMatching(/^multipart\/form-data; boundary=/), /name="XML"\r\n\r\n</],
		['multipartLowerCase', expect.stringMatching(/^multipart/), /name="xml"\r\n\r\n</],
	])('is %s', async (postbackBody, type, form) => {
		configure({ postbackBody });
		const { body, headers } = await fire('N201');
		expect(headers['content-type']).toEqual(type);
		expect(body).toMatch(form);
	});
});

describe('the envelope', () => {
	it.each([
		[
			'flatNamespaced',
			'N201',
			/<POSTBACK xmlns:xsi="[^"]+" xsi:noNamespaceSchemaLocation="[^"]+">/,
		],
		[
			'notification',
			'N201',
			/<POSTBACK><NOTIFICATION ID="\d+" CREATED="\d{4}-\d\d-\d\d [\d:.]{15}-04"><ORIGIN>SMS_MT<\/ORIGIN><CODE>N201<\/CODE><BODY><STATUS>/,
		],
		['notificationLowerCase', 'N201', /<NOTIFICATION id="\d+" created="/],
		['nested', 'N401', /<POSTBACK><NOTIFICATION><ORIGIN>MMS_MO<\/ORIGIN><CODE>N401</],
		['statusAttributes', 'SMS_MT:N202', /<STATUS PROTOCOL="4" STATUS="0"\/>/],
		[
			'statusAttributes',
			'N102',
			/<STATUS CELLY="20" PROVIDER="1000" TEXT="Retrieved" DESCRIPTION=""\/>/,
		],
	])('is %s', async (postbackEnvelope, kind, form) => {
		configure({ postbackEnvelope });
		expect((await fire(kind)).body).toMatch(form);
	});

	it.each([
		['N201', { code: 'N201', 'sent-as': 'SMS', status: 'Sent', 'tracking-id': 'DrXAFP-Ylpc-JZL' }],
		['E202', { code: 'E202', status: 'Rejected' }],
		['N103', { origin: 'MMS_MT', code: 'N103', status: 'Expired', 'mms-id': '35674' }],
		['N211', { 'message-text': 'Fish & Chips <now>', 'tracking-id': '511XG-02294-192SA-482H8' }],
		[
			'N401',
			{ 'message-subject': 'Photo of the day', content: [{ file: expect.any(String) }, {}] },
		],
	])('is JSON for %s', async (kind, expected) => {
		configure({ postbackEnvelope: 'json' });
		const { body, headers } = await fire(kind);
		expect(headers['content-type']).toBe('application/json');
		const json = JSON.parse(body);
		expect(json).toMatchObject(
			'content' in expected ? { ...expected, content: expect.any(Array) } : expected,
		);
		expect(json.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
	});

	it('of JSON supports both published spellings of the tracking id', async () => {
		configure({ postbackEnvelope: 'json', jsonTrackingId: 'trackingid' });
		expect(JSON.parse((await fire('N201')).body)).toMatchObject({ trackingid: 'DrXAFP-Ylpc-JZL' });
	});

	it('has times in every published format', async () => {
		const formats: Record<string, RegExp> = {
			iso: /T\d\d:\d\d:\d\d-04:00$/,
			micro: /T\d\d:\d\d:\d\d\.\d{6}\+00:00$/,
			short: /T\d\d:\d\d:\d\d-04$/,
			old: / \d\d:\d\d:\d\d\.\d{6}-04$/,
			bare: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
		};
		for (const [postbackTimestamps, format] of Object.entries(formats)) {
			configure({ postbackTimestamps });
			expect((await fire('N201')).field('TIMESTAMP')).toMatch(format);
		}
	});

	it('must be a known one, or nothing is sent', async () => {
		configure({ postbackEnvelope: 'letter' });
		await expect(fire('N201')).rejects.toThrow('There is no envelope "letter". Valid names: flat,');
	});
});
