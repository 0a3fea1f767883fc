import type { Api } from '../../../nodes/Cdyne/api/connection';
import { get, post } from '../../../nodes/Cdyne/api/request';
import type { HttpAnswer } from '../../../nodes/shared/answer';
import { refusal } from '../../shared/canned';
import { apiWith, got, ACCOUNT, posted } from '../cdyne';

/** One call: what is sent, and what HTTP 400 means. */

const HOW = { kind: 'send', ambiguity: { message: 'm', description: 'd' } } as const;
const read = (value: unknown) => ({ value });

it('a GET is sent and read', async () => {
	const { api, requests } = apiWith([1]);
	expect(await get(api, 'X', { a: 'b' }, read)).toEqual({ value: [1] });
	await get(api, 'X', { a: 'b' }, read, HOW);
	expect(requests).toEqual([got('X', { a: 'b' }), got('X', { a: 'b' }, HOW)]);
});

it('a POST is sent and read', async () => {
	const { api, requests } = apiWith([1]);
	expect(await post(api, 'X', { a: 'b' }, read)).toEqual({ value: [1] });
	await post(api, 'X', '{"id":99}', read, HOW);
	expect(requests).toEqual([posted('X', { a: 'b' }), posted('X', '{"id":99}', HOW)]);
});

/** What a connection with this key throws for an answer. */
async function thrown(licenseKey: string, answer: HttpAnswer, call: typeof get | typeof post) {
	const http = {
		request: async (_: unknown, reader: (one: HttpAnswer) => unknown) => reader(answer),
	};
	const api = { ...apiWith().api, licenseKey, http } as unknown as Api;
	return await refusal(async () => await call(api, 'X', {}, read));
}

const answered = (status: number) => ({ status, headers: {}, text: '<html>Request Error</html>' });

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
	])('with the key "%s" that is answered 400 has a wrong key', async (key) => {
		expect(await thrown(key, answered(400), call)).toMatchObject({
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
	])('with the key "%s" that is answered 400 is refused for something else', async (key) => {
		expect(await thrown(key, answered(400), call)).toMatchObject({
			kind: 'rejected',
			httpStatus: 400,
		});
	});

	it('that is answered otherwise says nothing of the key', async () => {
		expect(await thrown('key', answered(500), call)).toMatchObject({
			kind: 'unavailable',
			httpStatus: 500,
		});
	});
});
