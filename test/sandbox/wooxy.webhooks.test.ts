import { domainId } from '../../sandbox/wooxy/domains';
import { EVENTS } from '../../sandbox/wooxy/events';
import {
	HANDSET,
	UNKNOWN_ID,
	ask,
	failed,
	receiver,
	sandbox,
	send,
	until,
	useSandbox,
} from './wooxy';

useSandbox();

describe('webhooks', () => {
	const request = (url: string, changes: object = {}) => ({
		title: 'n8n',
		url,
		domain: 'shop.example',
		events: ['sms_delivered'],
		...changes,
	});
	const url = 'http://127.0.0.1:9/hook';

	it('are created, listed and removed', async () => {
		const domain = { id: domainId('shop.example'), name: 'shop.example' };
		const config = { id: 1, title: 'n8n', url, domain, events: ['sms_delivered'] };
		expect((await ask('webhook/create', request(url))).json).toEqual({ result: true, config });
		expect((await ask('webhook/list')).json).toEqual({
			result: true,
			data: [{ ...config, createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:/) }],
		});
		expect((await ask('webhook/remove', { id: 1 })).json).toEqual({ result: true });
		expect((await ask('webhook/remove', { id: 1 })).json).toEqual(
			failed('Web hook config 1 not found in your account'),
		);
		expect((await ask('webhook/list')).json).toEqual(
			failed('There is no web hook configurations in your account'),
		);
	});

	it('require a number as id', async () => {
		await ask('webhook/create', request(url));
		for (const id of ['1', 0, -1, 1.5, null]) {
			expect((await ask('webhook/remove', { id })).json).toEqual(
				failed('Argument id must be a positive integer'),
			);
		}
		expect((await ask('webhook/remove')).json).toEqual(failed('Argument id required'));
	});

	it.each<[object, string]>([
		[{ title: undefined }, 'Argument title required'],
		[{ url: '' }, 'Argument url must be a non-empty string'],
		[{ url: 'nowhere' }, 'Bad Request'],
		[{ events: [] }, 'Bad Request'],
		[{ events: ['sms-delivered'] }, 'Bad Request'],
		[
			{ domain: undefined },
			'Minimum one unique domain identification (domainId or domain) is required.',
		],
		[{ domain: 'other.example' }, 'Domain not found in your account or not verified'],
		[{ domainId: UNKNOWN_ID }, 'Domain not found in your account or not verified'],
	])('are rejected with %j', async (changes, text) => {
		expect((await ask('webhook/create', request(url, changes))).json).toEqual(failed(text));
	});

	it('must be https and unique if the settings say so', async () => {
		sandbox.configure('wooxy', { webhookNeedsHttps: true, webhookRefusesDoubles: true });
		const secure = request('https://n8n.example/hook');
		expect((await ask('webhook/create', request(url))).json.result).toBe(false);
		expect((await ask('webhook/create', secure)).json.result).toBe(true);
		expect((await ask('webhook/create', secure)).json.result).toBe(false);
	});

	it('receive deliveries in their domain if they subscribed', async () => {
		const shop = await receiver();
		const others = await receiver();
		await ask('webhook/create', request(shop.url));
		await ask('webhook/create', request(others.url, { domain: 'news.example' }));
		await ask('webhook/create', request(others.url, { events: ['sms-clicked', 'delivered'] }));
		const id = await send();
		await send({ phoneNumber: '+37255500161' });
		await sandbox.clock.advance();
		await until(() => shop.received.length > 0);
		expect(shop.received).toEqual([{ body: expect.any(String), type: 'application/json' }]);
		expect(JSON.parse(shop.received[0].body)).toEqual({
			datetime: expect.any(Number),
			event: 'sms_delivered',
			phoneNumber: HANDSET,
			id,
		});
		expect(sandbox.postbacks.list()).toMatchObject([{ messageId: id, handset: '37255512345' }]);
		expect(others.received).toEqual([]);
	});

	it.each<[Record<string, string>, object]>([
		[{ webhookPayload: 'sms_id' }, { phone: HANDSET, sms_id: expect.any(String) }],
		[{ webhookPayload: 'extraField' }, { operator: { name: 'Sandbox Mobile' } }],
		[{ deliveredEvent: 'sms-delivered' }, { event: 'sms-delivered' }],
	])('receive other payloads with %j', async (settings, payload) => {
		const { url: hook, received } = await receiver();
		await ask('webhook/create', request(hook));
		sandbox.configure('wooxy', settings);
		await send();
		await sandbox.clock.advance();
		await until(() => received.length > 0);
		expect(JSON.parse(received[0].body)).toMatchObject(payload);
	});

	const hour = 3_600_000;
	it.each([
		[true, 15],
		[false, 16],
	])(
		'are retried at the documented intervals; the first attempt counts: %j',
		async (firstTryCounts, attempts) => {
			const { url: hook, received } = await receiver({ status: 204 });
			sandbox.configure('wooxy', { firstTryCounts });
			const postback = sandbox.simulators.get('wooxy')!.fire!({ kind: 'sms_delivered', url: hook });
			const delays = [
				...Array.from({ length: firstTryCounts ? 2 : 3 }, () => 100_000),
				...Array.from({ length: 6 }, () => 600_000),
				...Array.from({ length: 6 }, () => hour),
			];
			for (const [index, delay] of delays.entries()) {
				await until(() => postback.attempts.length === index + 1 && sandbox.clock.pending === 1);
				await sandbox.clock.advance(delay - 1);
				expect(received).toHaveLength(index + 1);
				await sandbox.clock.advance(1);
			}
			await until(() => postback.state === 'failed');
			expect(received).toHaveLength(attempts);
		},
	);

	it('are retried after a timeout, and not after 200', async () => {
		const result: { status: number | null } = { status: null };
		const { url: hook, received } = await receiver(result);
		sandbox.configure('wooxy', { webhookDeadlineMs: 30 });
		const postback = sandbox.simulators.get('wooxy')!.fire!({ kind: 'sms_delivered', url: hook });
		await until(() => postback.state === 'retrying');
		expect(postback.attempts).toMatchObject([{ status: null, error: 'no response within 30 ms' }]);
		result.status = 200;
		await sandbox.clock.advance(100_000);
		await until(() => postback.state === 'delivered');
		expect([received.length, sandbox.clock.pending]).toEqual([2, 0]);
	});

	it('can be duplicated and reordered', async () => {
		const { url: hook, received } = await receiver();
		Object.assign(sandbox.postbacks.options, { copies: 2, reorderMs: 100, concurrency: 1 });
		await ask('webhook/create', request(hook));
		const ids = [await send(), await send()];
		await sandbox.clock.advance();
		await until(() => received.length === 4);
		const order = received.map(({ body }) => JSON.parse(body).id);
		expect(order).toEqual([ids[1], ids[1], ids[0], ids[0]]);
	});
});

describe('fire', () => {
	const fire = async (order: object) =>
		await fetch(`${sandbox.url}/control/fire`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ provider: 'wooxy', ...order }),
		});

	it('sends every documented event, and the result of a queued change', async () => {
		const { url, received } = await receiver();
		for (const kind of [...EVENTS, 'request']) {
			expect((await fire({ kind, url })).status).toBe(200);
			await until(() => received.length > 0);
			const payload = JSON.parse(received.pop()!.body);
			if (kind === 'request') expect(payload.results.success[0].phone).toBe(HANDSET);
			else expect(payload).toMatchObject({ event: kind, datetime: expect.any(Number) });
		}
	});

	it('sends the e-mail example as published, which is not valid JSON', async () => {
		const { url, received } = await receiver();
		await fire({ kind: 'malformed', url });
		await until(() => received.length > 0);
		expect(() => JSON.parse(received[0].body)).toThrow(SyntaxError);
		expect(received[0].body).toContain('"event":"read"');
	});

	it('replaces fields, headers and the whole body', async () => {
		const { url, received } = await receiver();
		await fire({ kind: 'sms_delivered', url, fields: { datetime: '1714558830', userId: null } });
		await until(() => received.length === 1);
		await fire({ kind: 'sms_delivered', url, body: '[]', headers: { 'content-type': null } });
		await until(() => received.length === 2);
		expect(JSON.parse(received[0].body)).toEqual({
			datetime: '1714558830',
			event: 'sms_delivered',
			phoneNumber: HANDSET,
			id: '64f000000000000000000001',
		});
		expect(received[1]).toEqual({ body: '[]', type: undefined });
	});

	it('rejects unknown kinds and missing addresses', async () => {
		expect(await (await fire({ kind: 'sms_failed' })).json()).toEqual({
			error: expect.stringMatching(
				/^Wooxy has no "sms_failed" postback\. The kinds are: sms_delivered, .*malformed\.$/,
			),
		});
		expect(await (await fire({ kind: 'sms-clicked' })).json()).toEqual({
			error: 'No webhook is registered for "sms-clicked". Specify "url".',
		});
	});
});
