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
	// each test knows its answer
	const json: any = await response.json(); // eslint-disable-line @typescript-eslint/no-explicit-any
	return { status: response.status, json };
}

const simple = { PhoneNumber: HANDSET, Message: 'Hi', LicenseKey: ACCOUNT };
const ask = async () =>
	await fetch(`${sandbox.url}/cdyne/Messaging.svc/SimpleSMSsend?${new URLSearchParams(simple)}`, {
		headers: { Accept: 'application/json' },
		signal: AbortSignal.timeout(400),
	});
const accepted = () => sandbox.messages.list().length;

describe('faults', () => {
	it('strike once unless told otherwise', async () => {
		await control('POST', 'faults', { kind: 'status', status: 500 });
		expect((await ask()).status).toBe(500);
		expect((await ask()).status).toBe(200);
	});

	it('before: the provider never processes the request', async () => {
		await control('POST', 'faults', { kind: 'reset' });
		await expect(ask()).rejects.toThrow('fetch failed');
		expect(accepted()).toBe(0);
		expect(sandbox.requests.list()).toMatchObject([
			{ operation: 'SimpleSMSsend', processed: false, fault: 'reset', outcome: 'reset' },
		]);
	});

	it('after: it does, and the answer is lost', async () => {
		await control('POST', 'faults', { kind: 'reset', when: 'after' });
		await expect(ask()).rejects.toThrow('fetch failed');
		expect(accepted()).toBe(1);
		expect(sandbox.requests.list()).toMatchObject([{ processed: true }]);
	});

	it('hang: no answer, and the log says that the client gave up', async () => {
		await control('POST', 'faults', { kind: 'hang' });
		await expect(ask()).rejects.toThrow('timeout');
		await until(() => sandbox.requests.list()[0].outcome === 'gaveUp');
		expect(sandbox.requests.summary().inFlight.cdyne.now).toBe(0);
	});

	it('delay: the answer comes late', async () => {
		await control('POST', 'faults', { kind: 'delay', ms: 100, when: 'after' });
		const started = Date.now();
		expect((await ask()).status).toBe(200);
		expect(Date.now() - started).toBeGreaterThanOrEqual(95);
	});

	it('status: with headers and a body of ours', async () => {
		const headers = { 'Retry-After': '2' };
		await control('POST', 'faults', { kind: 'status', status: 429, headers, body: 'slow down' });
		const response = await ask();
		expect(response.headers.get('retry-after')).toBe('2');
		expect(await response.text()).toBe('slow down');
	});

	it('html: a page with any status', async () => {
		await control('POST', 'faults', { kind: 'html', status: 200 });
		const response = await ask();
		expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(await response.text()).toContain('<h1>');
	});

	it('truncate: half of the answer, or a connection that breaks in the middle', async () => {
		await control('POST', 'faults', { kind: 'truncate' });
		await expect((await ask()).json()).rejects.toThrow('JSON');
		await control('POST', 'faults', { kind: 'truncate', broken: true });
		await expect(ask().then(async (response) => await response.text())).rejects.toThrow(
			'terminated',
		);
		expect(accepted()).toBe(2);
	});

	it('contentType and empty', async () => {
		await control('POST', 'faults', { kind: 'contentType', contentType: 'text/plain' });
		expect((await ask()).headers.get('content-type')).toBe('text/plain');
		await control('POST', 'faults', { kind: 'empty' });
		expect(await (await ask()).text()).toBe('');
	});

	it('are chosen by provider, operation, number and text', async () => {
		for (const order of [
			{ provider: 'other' },
			{ operation: 'AdvancedSMSsend' },
			{ number: '17575550143' },
			{ contains: 'Message=Bye' },
		]) {
			await control('POST', 'faults', { kind: 'status', status: 500, ...order });
		}
		expect((await ask()).status).toBe(200);
		const number = '+1 (757) 555-0142';
		await control('POST', 'faults', {
			kind: 'status',
			status: 503,
			provider: 'cdyne',
			operation: 'simplesmssend',
			number,
			contains: 'Message=Hi',
		});
		expect((await ask()).status).toBe(503);
	});

	it('every: at every so manieth request, as often as told', async () => {
		await control('POST', 'faults', { kind: 'status', status: 500, every: 3, times: 'always' });
		const statuses = [];
		for (let index = 0; index < 6; index++) statuses.push((await ask()).status);
		expect(statuses).toEqual([200, 200, 500, 200, 200, 500]);
	});

	it('that make no sense are refused in plain words', async () => {
		expect(await control('POST', 'faults', { kind: 'explode' })).toMatchObject({
			status: 400,
			json: { error: expect.stringContaining('one of delay, hang') },
		});
		const before = await control('POST', 'faults', { kind: 'truncate', when: 'before' });
		expect(before.json.error).toContain('spoils an answer');
	});

	it('can be listed and cleared', async () => {
		const { json } = await control('POST', 'faults', { kind: 'hang', times: 'always' });
		expect((await control('GET', 'faults')).json).toHaveLength(1);
		expect((await control('DELETE', `faults/${json.id}`)).json).toEqual([]);
		expect((await ask()).status).toBe(200);
	});
});

describe('counts', () => {
	it('per operation, and the most at once', async () => {
		await control('POST', 'faults', { kind: 'delay', ms: 100, times: 'always' });
		await Promise.all([ask(), ask(), ask()]);
		const { json } = await control('GET', 'requests?provider=cdyne');
		expect(json).toMatchObject({
			total: 3,
			byOperation: { cdyne: { SimpleSMSsend: 3 } },
			inFlight: { cdyne: { now: 0, max: 3 } },
		});
		expect(json.requests).toHaveLength(3);
	});

	it('messages per handset, so that a test sees who was texted twice', async () => {
		await ask();
		await ask();
		const { json } = await control('GET', 'messages?provider=cdyne&direction=out');
		expect(json).toMatchObject({ total: 2, byHandset: { [HANDSET]: 2 } });
	});
});

describe('time', () => {
	it('stands still at scale 0, and can be stepped through', async () => {
		await ask();
		expect((await control('GET', 'state')).json.clock).toEqual({ scale: 0, pending: 1 });
		await control('POST', 'advance', { ms: sandbox.pace.sent });
		expect(sandbox.messages.list()[0].status).toBe('sent');
		await control('POST', 'advance', {});
		expect(sandbox.messages.list()[0].status).toBe('delivered');
	});

	it('can run fast', async () => {
		await ask();
		await control('PUT', 'pace', { clockScale: 1_000, delivered: 500 });
		await until(() => sandbox.messages.list()[0].status === 'delivered');
	});

	it('knows its steps', async () => {
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

	it('are kept with each answer', async () => {
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

	it('go nowhere but to this machine', async () => {
		await send('https://example.org/postback');
		await sandbox.clock.advance(sandbox.pace.sent);
		expect(sandbox.postbacks.list()).toMatchObject([{ state: 'refused', attempts: [] }]);
	});

	it('can go out twice, and the last one first', async () => {
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

	it('can be fired by hand, with any field or body', async () => {
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

	it('of an unknown kind, or without an address, are refused in plain words', async () => {
		const kind = await control('POST', 'fire', { provider: 'cdyne', kind: 'Fax' });
		expect(kind.json.error).toContain('SMSSent, MMSSent');
		const address = await control('POST', 'fire', { provider: 'cdyne', kind: 'SMSSent' });
		expect(address.json.error).toContain('give one as "url"');
	});
});

describe('the rest', () => {
	it('numbers get a script, in any form', async () => {
		await control('PUT', 'numbers/+1%20757-555-0142', { outcome: 'rejected' });
		expect(await (await ask()).json()).toMatchObject({ SMSError: 3 });
		await control('DELETE', `numbers/${HANDSET}`);
		expect(await (await ask()).json()).toMatchObject({ SMSError: 0 });
	});

	it('a handset answers', async () => {
		const reply = { provider: 'cdyne', from: HANDSET, to: '55512', text: 'YES' };
		const { json } = await control('POST', 'reply', reply);
		expect(json).toMatchObject({ direction: 'in', text: 'YES', from: HANDSET, to: '55512' });
	});

	it('settings change and come back on reset', async () => {
		await control('PUT', 'settings/cdyne', { forceXml: true });
		expect((await control('GET', 'settings/cdyne')).json.forceXml).toBe(true);
		await control('POST', 'reset');
		expect((await control('GET', 'settings/cdyne')).json.forceXml).toBe(false);
		const wrong = await control('PUT', 'settings/cdyne', { forceHtml: true });
		expect(wrong.json.error).toContain('no setting "forceHtml"');
	});

	it('what happens is told live', async () => {
		const response = await fetch(`${sandbox.url}/control/events`);
		const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
		await reader.read();
		await ask();
		const { value } = await reader.read();
		expect(value).toMatch(/^event: message\ndata: \{.*"text":"Hi".*\}\n\n$/);
		await reader.cancel();
	});

	it('an unknown provider is named', async () => {
		const { status, json } = await control('POST', 'reply', { provider: 'x', from: '1', text: '' });
		expect({ status, ...json }).toMatchObject({ status: 404, error: expect.stringContaining('x') });
	});
});
