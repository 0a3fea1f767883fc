import {
	DATA_LESS_TOKEN,
	DISABLED_TOKEN,
	GOOD_TOKEN,
	MISMATCHED_TOKEN,
} from '../../sandbox/wooxy/settings';
import { UNKNOWN_ID, ask, failed, raw, sandbox, until, useSandbox } from './wooxy';

useSandbox();

describe('the order of checks', () => {
	it('accepts only POST, and only documented paths', async () => {
		const headers = { 'Access-Token': GOOD_TOKEN };
		expect((await raw('/v3/account/info', { headers })).json).toEqual(failed('Bad Request'));
		expect((await ask('sms/batch')).json).toEqual(failed('Bad Request'));
		expect((await ask('sms/send/')).json).toEqual(failed('Bad Request'));
	});

	it('checks the token before the body', async () => {
		for (const init of [{}, { headers: { 'Access-Token': '' } }]) {
			const { json } = await raw('/v3/sms/send', { method: 'POST', body: 'no JSON', ...init });
			expect(json).toEqual(failed('Invalid authorization token!'));
		}
	});

	it.each([
		['wrong', 'no matches found for access token wrong'],
		[DISABLED_TOKEN, 'user 1042 not enabled'],
		[DATA_LESS_TOKEN, 'no data found for key 1042'],
		[MISMATCHED_TOKEN, `access token check failed for key/secret 1042/${MISMATCHED_TOKEN}`],
	])('responds to the token %s: %s', async (token, text) => {
		expect((await ask('account/info', {}, token)).json).toEqual(failed(text));
	});

	it('repeats the token in the documented error, with slashes escaped', async () => {
		const { text } = await ask('account/info', {}, MISMATCHED_TOKEN);
		expect(text).toContain(`key\\/secret 1042\\/${MISMATCHED_TOKEN}`);
	});

	it('requires a JSON object with the content type JSON, or no body', async () => {
		for (const body of ['{', '[]', '"text"', 'null']) {
			expect((await ask('account/info', body)).json).toEqual(failed('Bad Request'));
		}
		const headers = { 'Access-Token': GOOD_TOKEN };
		const form = await raw('/v3/account/info', { method: 'POST', headers, body: '{}' });
		expect(form.json).toEqual(failed('Bad Request'));
		const empty = await raw('/v3/account/info', { method: 'POST', headers });
		expect(empty.json).toEqual({
			result: true,
			accountName: 'Sandbox Shop',
			accountBalance: 100,
		});
	});

	it('reports a missing field before the wrong type of another', async () => {
		expect((await ask('sms/send', { domain: 5, phoneNumber: 'x' })).json).toEqual(
			failed('Argument text required'),
		);
	});
});

describe('HTTP statuses', () => {
	const cases: Array<[string, number, () => ReturnType<typeof ask>]> = [
		['a bad token', 401, () => ask('account/info', {}, 'wrong')],
		['a disabled account', 403, () => ask('account/info', {}, DISABLED_TOKEN)],
		['bad input', 400, () => ask('sms/send', {})],
		['an unknown id', 404, () => ask('webhook/remove', { id: 7 })],
		['success', 200, () => ask('account/info')],
		['partial success', 200, () => ask('sms/info', { ids: [UNKNOWN_ID] })],
	];

	it.each(cases)('are always 200, or depend on the error: %s', async (_name, status, request) => {
		const plain = await request();
		expect(plain.status).toBe(200);
		sandbox.configure('wooxy', { statusMode: 'mapped' });
		const mapped = await request();
		expect(mapped.status).toBe(status);
		expect(mapped.json).toEqual(plain.json);
	});
});

describe('requests in flight', () => {
	const load = () => sandbox.requests.summary().inFlight.wooxy;

	/** Starts requests that stay in flight until the returned function aborts them. */
	async function occupy(count: number): Promise<() => Promise<void>> {
		sandbox.faults.add({ kind: 'hang', times: count });
		const controller = new AbortController();
		const { signal } = controller;
		const requests = Array.from({ length: count }, async () => {
			await raw('/v3/account/info', { method: 'POST', signal }).catch(() => undefined);
		});
		await until(() => load()?.now === count);
		return async () => {
			controller.abort();
			await Promise.all(requests);
			await until(() => load().now === 0);
		};
	}

	it('are counted, and not rejected', async () => {
		const end = await occupy(11);
		expect((await ask('account/info')).json.result).toBe(true);
		expect(load().max).toBe(12);
		await end();
	});

	it.each([
		['all200', 200],
		['mapped', 429],
	])('can be rejected beyond ten; HTTP statuses %s', async (statusMode, status) => {
		sandbox.configure('wooxy', { refuseBeyondLimit: true, statusMode });
		const end = await occupy(10);
		const rejected = await ask('account/info');
		expect([rejected.status, rejected.json]).toEqual([status, failed('Too many requests')]);
		await end();
		expect((await ask('account/info')).json.result).toBe(true);
	});
});
