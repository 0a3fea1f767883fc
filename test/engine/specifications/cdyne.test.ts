import { Cdyne } from '../../../nodes/Cdyne/Cdyne.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { numberKey } from '../../../sandbox/numbers';
import { runNode } from '../harness/engine';
import type { RunOptions } from '../harness/engine';
import { QUEUED } from '../harness/queued';
import { until } from '../harness/until';

const ACCOUNT = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90';
const HANDSET = '+17575550142';
const OPTED_OUT = '+17575550164';
const node = new Cdyne();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

type Options = Partial<RunOptions> & { licenseKey?: string; service?: string };

async function run(parameters: RunOptions['parameters'], options: Options = {}) {
	const { licenseKey = ACCOUNT, service = 'Messaging.svc', ...runOptions } = options;
	return await runNode({
		node,
		parameters,
		credentials: { cdyneApi: { baseUrl: `${sandbox.url}/cdyne/${service}`, licenseKey } },
		...runOptions,
	});
}

const SEND = { resource: 'message', operation: 'send' };
const continueOnError = { settings: { onError: 'continueRegularOutput' as const } };
const received = (number?: string) =>
	sandbox.messages.list({ direction: 'out', ...(number && { handset: numberKey(number) }) });
const allSent = async () =>
	await until(() =>
		received().every(({ history }) => history.some(({ status }) => status === 'sent')),
	);
const setOutcome = (number: string, outcome: string) => sandbox.numbers.set(number, outcome);

describe.each([
	['JSON', false],
	['XML', true],
])('with responses in %s', (_format, forceXml) => {
	beforeEach(() => sandbox.configure('cdyne', { forceXml }));

	it('Send returns the message that is received', async () => {
		const { json } = await run({ ...SEND, to: '+1 (757) 555-0142', message: 'Hi' });
		const [message] = received(HANDSET);
		expect(json).toEqual([
			{
				...QUEUED,
				provider: 'cdyne',
				messageId: message.id,
				referenceId: message.reference,
				to: HANDSET,
				providerStatus: 'Queued',
				segments: 1,
				encoding: 'GSM-7',
			},
		]);
		expect(message.text).toBe('Hi');
	});

	it('Send to several numbers returns an item for each, with the rejected one as failed', async () => {
		const to = `${HANDSET}, ${OPTED_OUT}; 757 555 0143`;
		const { json } = await run({ ...SEND, to, message: 'Hi' });
		expect(json.map(({ to: number, status }) => [number, status])).toEqual([
			[HANDSET, 'queued'],
			[OPTED_OUT, 'failed'],
			['+17575550143', 'queued'],
		]);
		expect(json[1]).toMatchObject({
			providerStatus: 'STOPfromPhoneNumber',
			errorCode: '1',
			isFinal: true,
		});
	});

	it('Send Simple, Get Status and Get Many by Reference agree', async () => {
		const simple = { resource: 'message', operation: 'sendSimple', to: HANDSET, message: 'Hi' };
		const { json: sent } = await run(simple);
		await allSent();
		const getStatus = { resource: 'message', operation: 'getStatus', messageId: '={{ $json.id }}' };
		const { json: now } = await run(getStatus, { items: [{ id: sent[0].messageId }] });
		expect(now).toMatchObject([
			{ messageId: sent[0].messageId, status: 'sent', found: true, providerStatus: 'Sent' },
		]);
		expect(Math.abs(Date.parse(String(now[0].sentAt)) - Date.now())).toBeLessThan(60_000);

		await run({
			...SEND,
			to: `${HANDSET},17575550143`,
			message: 'Hi',
			options: { referenceId: 'r-7' },
		});
		const byReference = {
			resource: 'message',
			operation: 'getManyByReference',
			referenceId: 'r-7',
		};
		const { json: found } = await run(byReference);
		expect(found.map(({ referenceId }) => referenceId)).toEqual(['r-7', 'r-7']);
	});

	it('an unknown ID is an item that was not found', async () => {
		const messageId = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
		for (const messageType of ['sms', 'mms']) {
			const { json } = await run({
				resource: 'message',
				operation: 'getStatus',
				messageId,
				messageType,
			});
			expect(json).toMatchObject([{ found: false, status: 'unknown', messageId, isFinal: false }]);
		}
	});

	it('a rejection inside HTTP 200 is an error', async () => {
		const { error } = await run({ ...SEND, to: OPTED_OUT, message: 'Hi' });
		expect(error?.message).toBe(
			`Not sent to ${OPTED_OUT}: the recipient has opted out (CDYNE: STOPfromPhoneNumber) [Item 0]`,
		);
		expect(error?.description).toContain('opted out');
	});

	it('Send MMS matches the results to the numbers', async () => {
		const mms = { resource: 'message', operation: 'sendMms', message: 'Look' };
		const { json } = await run({
			...mms,
			to: `${HANDSET}, ${OPTED_OUT}`,
			mediaUrls: 'https://example.com/a.png',
		});
		expect(json.map(({ to, status }) => [to, status])).toEqual([
			[HANDSET, 'queued'],
			[OPTED_OUT, 'failed'],
		]);
		await allSent();
		const { json: now } = await run({
			resource: 'message',
			operation: 'getStatus',
			messageType: 'mms',
			messageId: String(json[0].messageId),
		});
		expect(now).toMatchObject([{ found: true, status: 'sent', to: HANDSET }]);
	});

	const RESIZED = 'https://img.example/render?size=300,200';
	const PERCENT = 'https://img.example/75%.png';
	it.each([
		['a URL with a comma in it', RESIZED, [RESIZED]],
		['a percent sign that encodes nothing', PERCENT, [PERCENT]],
		['URLs with commas between them', `${RESIZED},${PERCENT}`, [RESIZED, PERCENT]],
		[
			'URLs with spaces and semicolons between them',
			`${RESIZED}; ${PERCENT} ;`,
			[RESIZED, PERCENT],
		],
		['URLs on separate lines', `${RESIZED}\n${PERCENT}\r\n`, [RESIZED, PERCENT]],
		['IDs', '7,8', ['7', '8']],
		['an array', `={{ ['${RESIZED}', 7] }}`, [RESIZED, '7']],
	])('Send MMS accepts %s as media', async (_title, mediaUrls, media) => {
		await run({ resource: 'message', operation: 'sendMms', message: '', to: HANDSET, mediaUrls });
		const [{ body }] = sandbox.requests.list({ operation: 'SendMessage' }).slice(-1);
		const sent = JSON.stringify(JSON.parse(body));
		const entries = [...sent.matchAll(/"(https:[^"]+|\d)"/g)].map(([, entry]) => entry);
		expect(entries).toEqual(media);
	});

	it('incoming messages are joined, with the ID of the message they reply to', async () => {
		await run({ ...SEND, to: HANDSET, message: 'Question?' });
		await allSent();
		const long = 'long reply '.repeat(20);
		await sandbox.simulators.get('cdyne')!.reply!({ from: HANDSET, text: long });
		const [question] = received(HANDSET);
		const getMany = { resource: 'incomingMessage', operation: 'getMany', returnAll: true };
		const { json } = await run(getMany);
		expect(json).toMatchObject([{ text: long, from: HANDSET, inReplyTo: question.id }]);
	});

	it('unread messages are returned once', async () => {
		await run({ ...SEND, to: HANDSET, message: 'Question?' });
		await allSent();
		await sandbox.simulators.get('cdyne')!.reply!({ from: HANDSET, text: 'Reply' });
		const getUnread = { resource: 'incomingMessage', operation: 'getUnread' };
		expect((await run(getUnread)).json).toMatchObject([{ text: 'Reply', from: HANDSET }]);
		expect((await run(getUnread)).json).toEqual([]);
	});
});

it('the legacy service works as well', async () => {
	const { json } = await run(
		{ ...SEND, to: HANDSET, message: 'Hi' },
		{ service: 'sms.svc/SecureREST' },
	);
	expect(json).toMatchObject([{ status: 'queued' }]);
});

it('texts outside the GSM alphabet are sent as Unicode', async () => {
	const { json } = await run({ ...SEND, to: HANDSET, message: 'Привет' });
	expect(json[0].segments).toBe(1);
	expect(received(HANDSET)[0].text).toBe('Привет');
});

it('a scheduled message can be cancelled', async () => {
	const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
	const { json } = await run({ ...SEND, to: HANDSET, message: 'Later', options: { scheduledAt } });
	expect(json).toMatchObject([{ status: 'queued', providerStatus: 'accepted' }]);
	const cancel = { resource: 'message', operation: 'cancel', messageId: String(json[0].messageId) };
	expect((await run(cancel)).json).toMatchObject([{ status: 'canceled', isFinal: true }]);
});

it('a message that was sent cannot be cancelled', async () => {
	const { json } = await run({ ...SEND, to: HANDSET, message: 'Now' });
	await allSent();
	const cancel = { resource: 'message', operation: 'cancel', messageId: String(json[0].messageId) };
	const { error } = await run(cancel);
	expect(error?.message).toBe('CDYNE did not cancel the message: it is Sent [Item 0]');
});

it('media are uploaded, looked up, downloaded and deleted', async () => {
	const bytes = Buffer.from('not really a picture');
	const media = { resource: 'media' };
	const { json } = await run(
		{ ...media, operation: 'upload', source: 'binary', binaryPropertyName: 'file' },
		{
			input: [
				{
					json: {},
					binary: {
						file: { data: bytes.toString('base64'), mimeType: 'image/png', fileName: 'a.png' },
					},
				},
			],
		},
	);
	const mediaId = String(json[0].mediaId);
	expect(json).toMatchObject([{ fileName: 'a.png', fileSize: bytes.length }]);
	expect((await run({ ...media, operation: 'get', mediaId })).json).toMatchObject([{ mediaId }]);
	const { items } = await run({ ...media, operation: 'download', mediaId });
	expect(Buffer.from(items[0].binary!.data.data, 'base64')).toEqual(bytes);
	expect((await run({ ...media, operation: 'delete', mediaId })).json).toMatchObject([
		{ deleted: true },
	]);
	const { error } = await run({ ...media, operation: 'get', mediaId });
	expect(error?.message).toBe(`CDYNE has no media with the ID ${mediaId} [Item 0]`);
});

it('keywords are assigned and removed, and a rejection inside the list is an error', async () => {
	const keyword = { resource: 'keyword', keyword: 'PIZZA', shortCode: '55512' };
	expect((await run({ ...keyword, operation: 'assign' })).json).toMatchObject([
		{ keyword: 'PIZZA', shortCode: '55512' },
	]);
	expect((await run({ resource: 'keyword', operation: 'getMany' })).json).toMatchObject([
		{ keyword: 'PIZZA' },
	]);
	expect((await run({ ...keyword, operation: 'remove' })).json).toHaveLength(1);
	const { error } = await run({ ...keyword, operation: 'remove' });
	expect(error?.message).toBe(
		'CDYNE responded with KeywordNotFound for the keyword "PIZZA" [Item 0]',
	);
});

it('postback settings are updated and listed', async () => {
	const setting = { resource: 'postbackSetting', scope: 'licenseKey' };
	const update = { ...setting, operation: 'update', postbackType: 'incomingMessage' };
	const { json } = await run({ ...update, url: 'http://127.0.0.1:9/in', enabled: true });
	expect(json).toMatchObject([
		{ postbackType: 'incomingMessage', url: 'http://127.0.0.1:9/in', enabled: true },
	]);
	const { json: settings } = await run({ ...setting, operation: 'getMany' });
	expect(settings).toContainEqual(expect.objectContaining({ postbackType: 'incomingMessage' }));
});

it('numbers that opted out are listed', async () => {
	await run({ ...SEND, to: HANDSET, message: 'Hi' });
	await allSent();
	await sandbox.simulators.get('cdyne')!.reply!({ from: HANDSET, text: 'STOP' });
	const { json } = await run({ resource: 'optOut', operation: 'getMany' });
	expect(json).toMatchObject([{ phoneNumber: HANDSET }]);
});

describe('invalid input is an error of its item, and the other items succeed:', () => {
	const past = '2020-01-01T00:00:00Z';
	it.each([
		['an impossible number', { to: '12' }, '"12" cannot be a phone number'],
		['no number', { to: '={{ "" }}' }, 'There is no recipient'],
		['an empty text', { message: ' ' }, 'The message is empty'],
		[
			'a time that has passed',
			{ options: { scheduledAt: past } },
			'Scheduled At 2020-01-01T00:00:00.000Z has passed',
		],
		[
			'a text that is not a time',
			{ options: { scheduledAt: 'soon' } },
			'Scheduled At "soon" is not a date and time',
		],
		[
			'a foreign sender',
			{ options: { from: '17575559999' } },
			'the number in From does not belong to this license key (CDYNE: InvalidAssignedDID)',
		],
		[
			'a text that is not a country',
			{ options: { defaultCountry: 'Italia' } },
			'"Italia" is not a country code',
		],
		[
			'no trigger for the status',
			{ statusUpdates: 'trigger' },
			'Status Updates are set to the trigger in this workflow, but it has no active trigger',
		],
		[
			'a text that is not a status URL',
			{ statusUpdates: 'url', statusUrl: 'nowhere' },
			'The Status URL "nowhere" is not a web address',
		],
	])('%s', async (_name, invalid, message) => {
		const valid = { ...SEND, to: HANDSET, message: 'Hi' };
		const { json, error } = await run({ ...valid, ...invalid }, continueOnError);
		expect(json).toMatchObject([{ error: expect.stringContaining(message) }]);
		expect(received()).toHaveLength(0);
		expect(error).toBeUndefined();
	});

	it('beside valid items', async () => {
		const { items, json } = await run(
			{ ...SEND, to: '={{ $json.to }}', message: '={{ $json.text }}' },
			{
				...continueOnError,
				items: [
					{ to: HANDSET, text: 'one' },
					{ to: '12', text: 'two' },
					{ to: OPTED_OUT, text: 'three' },
					{ to: '17575550143', text: 'four' },
				],
			},
		);
		expect(json.map((item) => item.status ?? 'error')).toEqual([
			'queued',
			'error',
			'error',
			'queued',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(
			received()
				.map(({ text }) => text)
				.sort(),
		).toEqual(['four', 'one']);
	});
});

describe('the license key', () => {
	it('that is wrong is named as the cause, but is not in the error', async () => {
		const licenseKey = '11111111-2222-3333-4444-555555555555';
		const { error, run: execution } = await run(
			{ ...SEND, to: HANDSET, message: 'Hi' },
			{ licenseKey },
		);
		expect(error?.message).toBe('The License Key is not valid (CDYNE: LicenseKeyInvalid) [Item 0]');
		expect(error?.description).toBe('Check the License Key in the credential.');
		expect(JSON.stringify(execution.data)).not.toContain(licenseKey);
	});

	it('that is not a GUID is named as the cause of HTTP 400', async () => {
		const { error } = await run(
			{ ...SEND, to: HANDSET, message: 'Hi' },
			{ licenseKey: 'my-key-1' },
		);
		expect(error?.message).toBe(
			'CDYNE responded with HTTP 400: the License Key in the credential is not a CDYNE license key [Item 0]',
		);
	});

	it('is not in the execution data', async () => {
		const { run: execution } = await run({ ...SEND, to: HANDSET, message: 'Hi', simplify: false });
		expect(JSON.stringify(execution.data)).not.toContain(ACCOUNT);
	});
});

describe('items', () => {
	it('run five at a time by default, and are output in their order', async () => {
		sandbox.faults.add({ provider: 'cdyne', kind: 'delay', ms: 40, times: 'always' });
		const items = Array.from({ length: 20 }, (_, index) => ({ text: `text ${index}` }));
		const send = { ...SEND, to: HANDSET, message: '={{ $json.text }}' };
		const { json } = await run(send, { items });
		expect(sandbox.requests.summary().inFlight.cdyne.max).toBe(5);
		const texts = json.map(({ messageId }) => received().find(({ id }) => id === messageId)?.text);
		expect(texts).toEqual(items.map(({ text }) => text));
	});

	it.each([1, 12])('run %d at a time if the user sets that', async (concurrency) => {
		sandbox.faults.add({ provider: 'cdyne', kind: 'delay', ms: 40, times: 'always' });
		const items = Array.from({ length: 14 }, () => ({}));
		await run({ ...SEND, to: HANDSET, message: 'Hi', options: { concurrency } }, { items });
		expect(sandbox.requests.summary().inFlight.cdyne.max).toBe(concurrency);
	});
});

describe('nobody is texted twice', () => {
	const send = { ...SEND, to: '={{ $json.to }}', message: 'Hi' };
	const handsets = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ to: `+1757555${String(1000 + index)}` }));

	it('when the response to every third send is lost after it was accepted', async () => {
		const lost = { provider: 'cdyne', operation: 'AdvancedSMSsend', when: 'after' as const };
		sandbox.faults.add({ ...lost, kind: 'reset', every: 3, times: 'always' });
		const items = handsets(9);
		const { json, error } = await run(send, { items });
		expect(error).toBeUndefined();
		for (const [index, { to }] of items.entries()) {
			expect(received(to)).toHaveLength(1);
			expect(json[index]).toMatchObject({ to, messageId: received(to)[0].id });
		}
	});

	it('when an item fails and the node is retried', async () => {
		const items = handsets(12);
		setOutcome(items[7].to, 'optedOut');
		const { error } = await run(send, {
			items,
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(error?.message).toContain('[Item 7]');
		expect(received().length).toBeGreaterThan(0);
		for (const { to } of items) expect(received(to).length).toBeLessThanOrEqual(1);
	});

	it('when one try fails and the next one succeeds', async () => {
		const items = handsets(12);
		const sendToOne = { provider: 'cdyne', operation: 'AdvancedSMSsend', number: items[7].to };
		sandbox.faults.add({ ...sendToOne, kind: 'status', status: 400, times: 1 });
		const { json, error } = await run(send, {
			items,
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(error).toBeUndefined();
		expect(json.map(({ to }) => to)).toEqual(items.map(({ to }) => to));
		for (const { to } of items) expect(received(to)).toHaveLength(1);
		expect(json.some(({ alreadySent }) => alreadySent === true)).toBe(true);
	});

	it('when it is unknown whether the first try was accepted', async () => {
		const simple = { resource: 'message', operation: 'sendSimple', to: HANDSET, message: 'Hi' };
		sandbox.faults.add({
			provider: 'cdyne',
			operation: 'SimpleSMSsend',
			kind: 'reset',
			when: 'after',
		});
		const { error } = await run(simple, {
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(error?.message).toContain('The message may have gone out');
		expect(received(HANDSET)).toHaveLength(1);
	});

	it('with Skip If Reference Exists', async () => {
		const once = { ...SEND, to: HANDSET, message: 'Hi' };
		const options = { referenceId: 'order-7-shipped', skipIfReferenceExists: true };
		const { json: first } = await run({ ...once, options });
		const { json: second } = await run({ ...once, options });
		expect(received(HANDSET)).toHaveLength(1);
		expect(second).toMatchObject([{ messageId: first[0].messageId, alreadySent: true }]);
	});

	it('and for a lost message that was never accepted the error says that the provider does not know it', async () => {
		sandbox.faults.add({
			provider: 'cdyne',
			operation: 'AdvancedSMSsend',
			kind: 'reset',
			when: 'before',
		});
		const { error } = await run({ ...SEND, to: HANDSET, message: 'Hi' });
		expect(error?.message).toContain('but the provider does not know its reference');
		expect(received(HANDSET)).toHaveLength(0);
	});

	it('but such a message is sent again with Send Again If Not Found', async () => {
		sandbox.faults.add({
			provider: 'cdyne',
			operation: 'AdvancedSMSsend',
			kind: 'reset',
			when: 'before',
		});
		const options = { sendAgainIfNotFound: true };
		const { json } = await run({ ...SEND, to: HANDSET, message: 'Hi', options });
		expect(json).toMatchObject([{ status: 'queued' }]);
		expect(received(HANDSET)).toHaveLength(1);
	});

	it('when a request is retried because it is certain that nothing was accepted', async () => {
		const busy = { kind: 'status' as const, status: 429, headers: { 'Retry-After': '1' } };
		sandbox.faults.add({ provider: 'cdyne', operation: 'AdvancedSMSsend', ...busy });
		const { json } = await run({ ...SEND, to: HANDSET, message: 'Hi' });
		expect(json).toMatchObject([{ status: 'queued' }]);
		expect(received(HANDSET)).toHaveLength(1);
	});
});
