import type { Api } from '../../../nodes/Namirial/api/connection';
import { getStatus, listMessages } from '../../../nodes/Namirial/api/status';
import { canned, thrownBy } from '../../engine/harness/canned';
import { ID, MESSAGE } from '../namirial';

/** Look-ups by id, number and reference key. */

const HEADERS = { Accept: 'application/json', 'X-Api-Key': 'key-1' };
function respondingWith(body: unknown, status = 200) {
	const { http, requests } = canned([body], status);
	const statusService = { baseUrl: 'https://status.example', apiKey: 'key-1' };
	return { api: { http, statusService } as unknown as Api, requests };
}

const LOOK_UPS = [
	['a message', async (api: Api) => await getStatus(api, ID)],
	['a list', async (api: Api) => await listMessages(api, { referenceKey: 'k' }, 1)],
] as const;

describe.each(LOOK_UPS)('a look-up of %s', (_what, lookUp) => {
	it.each([401, 403])('with HTTP %i is a rejected API key', async (status) => {
		expect(await thrownBy(async () => await lookUp(respondingWith({}, status).api))).toEqual({
			kind: 'credential',
			message: `Namirial rejected the API key of the Namirial SMS Status API credential (HTTP ${status})`,
			description:
				'Check API Key in that credential, and that its Base URL belongs to the same environment.',
			httpStatus: status,
		});
	});

	it.each([
		['an error', '', 500, 'unavailable'],
		['another rejection', '', 402, 'rejected'],
		['a list', [], 200, 'malformed'],
		['an empty object', {}, 200, 'malformed'],
		['an object with members of other types', { message: 'x', messages: {} }, 200, 'malformed'],
	])('with %s as the response fails', async (_name, body, status, kind) => {
		const facts = await thrownBy(async () => await lookUp(respondingWith(body, status).api));
		expect(facts).toMatchObject({ kind, httpStatus: status });
	});
});

describe('a look-up by id', () => {
	it('encodes the ID in its URL', async () => {
		const { api, requests } = respondingWith({ message: MESSAGE, more: 1 });
		const report = await getStatus(api, 'a/b c');
		expect(requests).toEqual([
			{
				kind: 'repeatable',
				method: 'GET',
				url: 'https://status.example/api/messagestatus/a%2Fb%20c',
				headers: HEADERS,
			},
		]);
		expect(report?.raw).toEqual({ message: MESSAGE, more: 1 });
		expect(report?.message).toMatchObject({ messageId: ID, status: 'delivered' });
	});

	it.each(['', 'No such message <b>', '{}'])(
		'with the response 404 and "%s" finds nothing',
		async (body) => {
			expect(await getStatus(respondingWith(body, 404).api, ID)).toBeUndefined();
		},
	);

	it.each(['<html>', ' \n<html>', '<p>Lost'])(
		'with the response 404 and "%s" fails',
		async (body) => {
			expect(
				await thrownBy(async () => await getStatus(respondingWith(body, 404).api, ID)),
			).toMatchObject({
				kind: 'rejected',
				httpStatus: 404,
			});
		},
	);
});

describe('a list', () => {
	it.each([
		[new Date('2026-01-02T03:04:05.000Z'), { count: '7', sendDate: '2026-01-02T03:04:05Z' }],
		[new Date('2026-01-02T03:04:05.678Z'), { count: '7', sendDate: '2026-01-02T03:04:05.678Z' }],
		[undefined, { count: '7' }],
	])('before %s is requested', async (before, query) => {
		const { api, requests } = respondingWith({ messages: [] });
		expect(await listMessages(api, { referenceKey: 'k' }, 7, before)).toEqual({
			reports: [],
			size: 0,
		});
		expect(requests).toEqual([
			{
				kind: 'repeatable',
				method: 'GET',
				url: 'https://status.example/api/messagestatus/reference/k',
				query,
				headers: HEADERS,
			},
		]);
	});

	it('counts elements without a message', async () => {
		const messages = [{ message: MESSAGE }, {}, null, 'x', { message: null }, { message: 'x' }];
		const { reports, size } = await listMessages(
			respondingWith({ messages }).api,
			{ phoneNumber: '+393331112233' },
			9,
		);
		expect(reports.map(({ message, raw }) => [message.messageId, raw])).toEqual([
			[ID, { message: MESSAGE }],
		]);
		expect(size).toBe(6);
	});

	it.each(['.', '..'])('with the reference key "%s" cannot be requested', async (referenceKey) => {
		const { api, requests } = respondingWith({ messages: [] });
		expect(await thrownBy(async () => await listMessages(api, { referenceKey }, 1))).toEqual({
			kind: 'rejected',
			message: `"${referenceKey}" cannot be looked up, because it means a folder in a URL`,
			description: 'Use another reference key.',
			nothingAccepted: true,
		});
		expect(requests).toEqual([]);
	});

	it.each(['...', '.a', 'a.', 'a..', '..a', 'a'])(
		'with the reference key "%s" can be requested',
		async (key) => {
			const { api, requests } = respondingWith({ messages: [] });
			await listMessages(api, { referenceKey: key }, 1);
			expect(requests[0].url).toBe(`https://status.example/api/messagestatus/reference/${key}`);
		},
	);
});
