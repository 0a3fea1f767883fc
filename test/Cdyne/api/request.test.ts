import type { Api } from '../../../nodes/Cdyne/api/connection';
import { get, post } from '../../../nodes/Cdyne/api/request';
import type { HttpResponse } from '../../../nodes/shared/http/response';
import { thrownBy } from '../../engine/harness/canned';
import { ACCOUNT, apiWith, got, posted } from '../cdyne';

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
