import type { Api } from '../../../nodes/Cdyne/api/connection';
import { get, post, sendByGet, sendByPost } from '../../../nodes/Cdyne/api/request';
import type { HttpResponse } from '../../../nodes/shared/http/response';
import { accepted } from '../../../nodes/shared/model/outcome';
import { thrownBy } from '../../engine/harness/canned';
import { ACCOUNT, apiResponding, apiWith, got, posted, unknown, shown } from '../cdyne';

/** One call: the request, and what HTTP 400 means. */

const OPTIONS = { kind: 'send', ambiguity: { message: 'm', description: 'd' } } as const;
const read = (value: unknown) => ({ value });

it('a GET is sent and read', async () => {
	const { api, requests } = apiWith([1]);
	expect(await get(api, 'X', { a: 'b' }, read)).toEqual({ value: [1] });
	await get(api, 'X', { a: 'b' }, read, OPTIONS);
	expect(requests).toEqual([got('X', { a: 'b' }), got('X', { a: 'b' }, OPTIONS)]);
});

it('a POST is sent and read', async () => {
	const { api, requests } = apiWith([1]);
	expect(await post(api, 'X', { a: 'b' }, read)).toEqual({ value: [1] });
	await post(api, 'X', '{"id":99}', read, OPTIONS);
	expect(requests).toEqual([posted('X', { a: 'b' }), posted('X', '{"id":99}', OPTIONS)]);
});

/** What a call with this license key throws for a response. */
async function thrown(licenseKey: string, response: HttpResponse, call: typeof get | typeof post) {
	const http = {
		request: async (_: unknown, reader: (received: HttpResponse) => unknown) => reader(response),
	};
	const api = { ...apiWith().api, licenseKey, http } as unknown as Api;
	return await thrownBy(async () => await call(api, 'X', {}, read));
}

const errorPage = (status: number) => ({ status, headers: {}, text: '<html>Request Error</html>' });

describe.each<[string, typeof get | typeof post]>([
	['GET', get],
	['POST', post],
])('a %s', (_, call) => {
	it.each([
		'',
		'key',
		`x${ACCOUNT}`,
		`${ACCOUNT}x`,
		ACCOUNT.slice(1),
		ACCOUNT.slice(0, -1),
		ACCOUNT.replace('b', 'g'),
		ACCOUNT.replace('3c7d-', ''),
	])('with the key "%s" and the response 400 has an invalid license key', async (key) => {
		expect(await thrown(key, errorPage(400), call)).toMatchObject({
			kind: 'credential',
			message: expect.stringContaining('License Key'),
			description: expect.stringContaining('Check the License Key'),
			httpStatus: 400,
			nothingAccepted: true,
		});
	});

	it.each([
		ACCOUNT,
		`{${ACCOUNT}}`,
		`(${ACCOUNT})`,
		ACCOUNT.replace(/-/g, ''),
		ACCOUNT.toUpperCase(),
	])('with the key "%s" and the response 400 is rejected for another reason', async (key) => {
		expect(await thrown(key, errorPage(400), call)).toMatchObject({
			kind: 'rejected',
			httpStatus: 400,
		});
	});

	it('with another HTTP status says nothing about the license key', async () => {
		expect(await thrown('key', errorPage(500), call)).toMatchObject({
			kind: 'unavailable',
			httpStatus: 500,
		});
	});
});

describe('a call that sends', () => {
	const ok = accepted([{ json: { messageId: 'm' } }]);

	it('by GET has the outcome of its message', async () => {
		const { api, requests } = apiWith([1]);
		const values: unknown[] = [];
		const outcomes = await sendByGet(api, 'X', { a: 'b' }, (value) => {
			values.push(value);
			return ok;
		});
		expect([outcomes, values]).toEqual([[ok], [[1]]]);
		expect(requests).toEqual([got('X', { a: 'b' }, { kind: 'send' })]);
	});

	it('by POST has the outcome of each message', async () => {
		const { api, requests } = apiWith([1]);
		const outcomes = await sendByPost(api, 'X', { a: 'b' }, 2, (value) =>
			Array.isArray(value) ? [ok, ok] : [],
		);
		expect(outcomes).toEqual([ok, ok]);
		expect(requests).toEqual([posted('X', { a: 'b' }, { kind: 'send' })]);
	});

	it('that cannot be read is unknown', async () => {
		const reader = () => {
			throw new TypeError('x');
		};
		const { api } = apiResponding(() => ({ body: [1] }));
		const words = 'Expected a readable response, got HTTP 200 with a body of unknown type: "[1]"';
		expect(shown(await sendByGet(api, 'X', {}, reader))).toEqual([unknown(words)]);
		const both = [unknown(words), unknown(words)];
		expect(shown(await sendByPost(api, 'X', {}, 2, reader))).toEqual(both);
	});

	it.each([
		[ACCOUNT, 400, 'refused', 'rejected'],
		['key', 400, 'refused', 'credential'],
		['key', 500, 'unknown', 'ambiguous'],
	])('with the key "%s" and HTTP %i is %s for all messages', async (...script) => {
		const [licenseKey, status, kind, failureKind] = script;
		const { api, requests } = apiResponding(() => ({ status, body: 'Request Error' }));
		const outcome = { kind, failure: { kind: failureKind, httpStatus: status } };
		const failing = { ...api, licenseKey };
		expect(await sendByGet(failing, 'X', {}, () => ok)).toMatchObject([outcome]);
		const outcomes = await sendByPost(failing, 'X', {}, 2, () => [ok, ok]);
		expect(outcomes).toMatchObject([outcome, outcome]);
		expect(requests).toHaveLength(2);
	});
});
