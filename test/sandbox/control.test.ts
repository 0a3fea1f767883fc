import { startSandbox, type Sandbox } from '../../sandbox';
import { ACCOUNT, client, HANDSET, receiver, until } from './cdyne';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ clockScale: 0 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

async function control(method: string, path: string, body?: unknown) {
	const response = await fetch(`${sandbox.url}/control/${path}`, {
		method,
		headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	// each test knows its type
	const json: any = await response.json(); // eslint-disable-line @typescript-eslint/no-explicit-any
	return { status: response.status, json };
}

const simple = { PhoneNumber: HANDSET, Message: 'Hi', LicenseKey: ACCOUNT };
const sendSimple = async () =>
	await fetch(`${sandbox.url}/cdyne/Messaging.svc/SimpleSMSsend?${new URLSearchParams(simple)}`, {
		headers: { Accept: 'application/json' },
		signal: AbortSignal.timeout(400),
	});
const messageCount = () => sandbox.messages.list().length;

describe('faults', () => {
	it('apply once by default', async () => {
		await control('POST', 'faults', { kind: 'status', status: 500 });
		expect((await sendSimple()).status).toBe(500);
		expect((await sendSimple()).status).toBe(200);
	});

	it('before: the provider does not process the request', async () => {
		await control('POST', 'faults', { kind: 'reset' });
		await expect(sendSimple()).rejects.toThrow('fetch failed');
		expect(messageCount()).toBe(0);
		expect(sandbox.requests.list()).toMatchObject([
			{ operation: 'SimpleSMSsend', processed: false, fault: 'reset', outcome: 'reset' },
		]);
	});

	it('after: it does, and the response is lost', async () => {
		await control('POST', 'faults', { kind: 'reset', when: 'after' });
		await expect(sendSimple()).rejects.toThrow('fetch failed');
		expect(messageCount()).toBe(1);
		expect(sandbox.requests.list()).toMatchObject([{ processed: true }]);
	});

	it('hang: no response, and the log records that the client gave up', async () => {
		await control('POST', 'faults', { kind: 'hang' });
		await expect(sendSimple()).rejects.toThrow('timeout');
		await until(() => sandbox.requests.list()[0].outcome === 'gaveUp');
		expect(sandbox.requests.summary().inFlight.cdyne.now).toBe(0);
	});

	it('delay: the response is late', async () => {
		await control('POST', 'faults', { kind: 'delay', ms: 100, when: 'after' });
		const started = Date.now();
		expect((await sendSimple()).status).toBe(200);
		expect(Date.now() - started).toBeGreaterThanOrEqual(95);
	});

	it('status: with the specified headers and body', async () => {
		const headers = { 'Retry-After': '2' };
		await control('POST', 'faults', { kind: 'status', status: 429, headers, body: 'slow down' });
		const response = await sendSimple();
		expect(response.headers.get('retry-after')).toBe('2');
		expect(await response.text()).toBe('slow down');
	});

	it('html: an HTML page with any status', async () => {
		await control('POST', 'faults', { kind: 'html', status: 200 });
		const response = await sendSimple();
		expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(await response.text()).toContain('<h1>');
	});

	it('truncate: half of the response, or a connection that breaks in the middle', async () => {
		await control('POST', 'faults', { kind: 'truncate' });
		await expect((await sendSimple()).json()).rejects.toThrow('JSON');
		await control('POST', 'faults', { kind: 'truncate', broken: true });
		await expect(sendSimple().then(async (response) => await response.text())).rejects.toThrow(
			'terminated',
		);
		expect(messageCount()).toBe(2);
	});

	it('contentType and empty', async () => {
		await control('POST', 'faults', { kind: 'contentType', contentType: 'text/plain' });
		expect((await sendSimple()).headers.get('content-type')).toBe('text/plain');
		await control('POST', 'faults', { kind: 'empty' });
		expect(await (await sendSimple()).text()).toBe('');
	});

	it('are matched by provider, operation, number and text', async () => {
		for (const order of [
			{ provider: 'other' },
			{ operation: 'AdvancedSMSsend' },
			{ number: '17575550143' },
			{ contains: 'Message=Bye' },
		]) {
			await control('POST', 'faults', { kind: 'status', status: 500, ...order });
		}
		expect((await sendSimple()).status).toBe(200);
		const number = '+1 (757) 555-0142';
		await control('POST', 'faults', {
			kind: 'status',
			status: 503,
			provider: 'cdyne',
			operation: 'simplesmssend',
			number,
			contains: 'Message=Hi',
		});
		expect((await sendSimple()).status).toBe(503);
	});

	it('every: applies to every third request', async () => {
		await control('POST', 'faults', { kind: 'status', status: 500, every: 3, times: 'always' });
		const statuses = [];
		for (let index = 0; index < 6; index++) statuses.push((await sendSimple()).status);
		expect(statuses).toEqual([200, 200, 500, 200, 200, 500]);
	});

	it('that are invalid are rejected with a readable error', async () => {
		expect(await control('POST', 'faults', { kind: 'explode' })).toMatchObject({
			status: 400,
			json: { error: expect.stringContaining('one of delay, hang') },
		});
		const before = await control('POST', 'faults', { kind: 'truncate', when: 'before' });
		expect(before.json.error).toContain('changes a response');
	});

	it('can be listed and cleared', async () => {
		const { json } = await control('POST', 'faults', { kind: 'hang', times: 'always' });
		expect((await control('GET', 'faults')).json).toHaveLength(1);
		expect((await control('DELETE', `faults/${json.id}`)).json).toEqual([]);
		expect((await sendSimple()).status).toBe(200);
	});
});

describe('counts', () => {
	it('per operation, and the maximum at the same time', async () => {
		await control('POST', 'faults', { kind: 'delay', ms: 100, times: 'always' });
		await Promise.all([sendSimple(), sendSimple(), sendSimple()]);
		const { json } = await control('GET', 'requests?provider=cdyne');
		expect(json).toMatchObject({
			total: 3,
			byOperation: { cdyne: { SimpleSMSsend: 3 } },
			inFlight: { cdyne: { now: 0, max: 3 } },
		});
		expect(json.requests).toHaveLength(3);
	});

	it('messages per handset, so that a test detects duplicates', async () => {
		await sendSimple();
		await sendSimple();
		const { json } = await control('GET', 'messages?provider=cdyne&direction=out');
		expect(json).toMatchObject({ total: 2, byHandset: { [HANDSET]: 2 } });
	});
});

describe('time', () => {
	it('stops at scale 0, and can be advanced step by step', async () => {
		await sendSimple();
		expect((await control('GET', 'state')).json.clock).toEqual({ scale: 0, pending: 1 });
		await control('POST', 'advance', { ms: sandbox.pace.sent });
		expect(sandbox.messages.list()[0].status).toBe('sent');
		await control('POST', 'advance', {});
		expect(sandbox.messages.list()[0].status).toBe('delivered');
	});

	it('can run fast', async () => {
		await sendSimple();
		await control('PUT', 'pace', { clockScale: 1_000, delivered: 500 });
		await until(() => sandbox.messages.list()[0].status === 'delivered');
	});

	it('rejects an unknown step', async () => {
		expect((await control('PUT', 'pace', { warp: 9 })).json.error).toContain('sent, carrier');
	});
});

describe('postbacks', () => {
	const send = async (url: string, PhoneNumber = HANDSET) =>
		await client(sandbox).get('SimpleSMSsendWithPostback', {
			...simple,
			PhoneNumber,
			StatusPostBackURL: url,
		});

	it('are recorded with every response', async () => {
		const inbox = await receiver({ status: 401, body: 'wrong token' });
		await send(inbox.url);
		await sandbox.clock.advance(sandbox.pace.sent);
		await until(() => sandbox.postbacks.list()[0]?.state === 'failed');
		const { json } = await control('GET', `postbacks?provider=cdyne&handset=${HANDSET}`);
		expect(json.postbacks).toMatchObject([
			{
				kind: 'SMSSent',
				url: inbox.url,
				headers: { 'User-Agent': 'CDYNE SMSv2' },
				attempts: [{ status: 401, body: 'wrong token', error: null }],
			},
		]);
		inbox.close();
	});

	it('are sent only to this machine', async () => {
		await send('https://example.org/postback');
		await sandbox.clock.advance(sandbox.pace.sent);
		expect(sandbox.postbacks.list()).toMatchObject([{ state: 'refused', attempts: [] }]);
	});

	it('can be sent twice, and in reverse order', async () => {
		const inbox = await receiver();
		await control('PUT', 'postbacks', { copies: 2, concurrency: 1 });
		await send(inbox.url);
		await sandbox.clock.advance(sandbox.pace.sent);
		await until(() => inbox.received.length === 2);
		await control('PUT', 'postbacks', { copies: 1, reorderMs: 10_000 });
		await sandbox.clock.advance();
		await until(() => inbox.received.length === 4);
		const codes = inbox.received.map(({ body }) => new URLSearchParams(body).get('Code'));
		expect(codes).toEqual([null, null, '000', '003']);
		inbox.close();
	});

	it('can be sent by hand, with any field or body', async () => {
		const inbox = await receiver();
		const order = { provider: 'cdyne', kind: 'DeliveryReceipt', url: inbox.url };
		await control('POST', 'fire', { ...order, fields: { Code: '023', ReferenceID: null } });
		await until(() => inbox.received.length === 1);
		const headers = { 'Content-Type': 'text/plain', Expect: null };
		await control('POST', 'fire', { ...order, body: 'Gar&bage=%', headers });
		await until(() => inbox.received.length === 2);
		const [receipt, garbage] = inbox.received;
		expect(receipt.body).toMatch(/^DeliveryReceipt=1&MessageID=[^&]+&From.*&Code=023$/);
		expect(garbage.body).toBe('Gar&bage=%');
		expect(garbage.headers).toMatchObject({ 'content-type': 'text/plain' });
		expect(garbage.headers.expect).toBeUndefined();
		inbox.close();
	});

	it('of an unknown kind, or without an address, are rejected with a readable error', async () => {
		const kind = await control('POST', 'fire', { provider: 'cdyne', kind: 'Fax' });
		expect(kind.json.error).toContain('SMSSent, MMSSent');
		const address = await control('POST', 'fire', { provider: 'cdyne', kind: 'SMSSent' });
		expect(address.json.error).toContain('Specify "url"');
	});
});

describe('numbers, replies, settings and events', () => {
	it('a number gets an outcome, in any notation', async () => {
		await control('PUT', 'numbers/+1%20757-555-0142', { outcome: 'rejected' });
		expect(await (await sendSimple()).json()).toMatchObject({ SMSError: 3 });
		await control('DELETE', `numbers/${HANDSET}`);
		expect(await (await sendSimple()).json()).toMatchObject({ SMSError: 0 });
	});

	it('a handset replies', async () => {
		const reply = { provider: 'cdyne', from: HANDSET, to: '55512', text: 'YES' };
		const { json } = await control('POST', 'reply', reply);
		expect(json).toMatchObject({ direction: 'in', text: 'YES', from: HANDSET, to: '55512' });
	});

	it('settings can be changed, and reset restores them', async () => {
		await control('PUT', 'settings/cdyne', { forceXml: true });
		expect((await control('GET', 'settings/cdyne')).json.forceXml).toBe(true);
		await control('POST', 'reset');
		expect((await control('GET', 'settings/cdyne')).json.forceXml).toBe(false);
		const wrong = await control('PUT', 'settings/cdyne', { forceHtml: true });
		expect(wrong.json.error).toContain('no setting "forceHtml"');
	});

	it('events are streamed', async () => {
		const response = await fetch(`${sandbox.url}/control/events`);
		const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
		await reader.read();
		await sendSimple();
		const { value } = await reader.read();
		expect(value).toMatch(/^event: message\ndata: \{.*"text":"Hi".*\}\n\n$/);
		await reader.cancel();
	});

	it('the error names an unknown provider', async () => {
		const { status, json } = await control('POST', 'reply', { provider: 'x', from: '1', text: '' });
		expect({ status, ...json }).toMatchObject({ status: 404, error: expect.stringContaining('x') });
	});
});
