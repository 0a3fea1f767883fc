import { getStatus, listMessages } from '../../../nodes/Namirial/api/status';
import type { Api } from '../../../nodes/Namirial/api/connection';
import { canned, refusal } from '../../shared/canned';
import { ID, MESSAGE } from '../namirial';

/** Look-ups by id, number and reference key. */

const HEADERS = { Accept: 'application/json', 'X-Api-Key': 'key-1' };
function answering(body: unknown, status = 200) {
	const { http, requests } = canned([body], status);
	const statusService = { baseUrl: 'https://status.example', apiKey: 'key-1' };
	return { api: { http, statusService } as unknown as Api, requests };
}

const LOOK_UPS = [
	['a message', async (api: Api) => await getStatus(api, ID)],
	['a list', async (api: Api) => await listMessages(api, { referenceKey: 'k' }, 1)],
] as const;

describe.each(LOOK_UPS)('a look-up of %s', (_what, look) => {
	it.each([401, 403])('under HTTP %i is refused for the key', async (status) => {
		expect(await refusal(async () => await look(answering({}, status).api))).toEqual({
			kind: 'credential',
			message: `Namirial refused the API key of the Namirial SMS Status API credential (HTTP ${status})`,
			description:
				'Check API Key in that credential, and that its Base URL belongs to the same environment.',
			httpStatus: status,
		});
	});

	it.each([
		['an error', '', 500, 'unavailable'],
		['another refusal', '', 402, 'rejected'],
		['a list', [], 200, 'malformed'],
		['an empty object', {}, 200, 'malformed'],
		['an odd object', { message: 'x', messages: {} }, 200, 'malformed'],
	])('answered with %s fails', async (_name, body, status, kind) => {
		const facts = await refusal(async () => await look(answering(body, status).api));
		expect(facts).toMatchObject({ kind, httpStatus: status });
	});
});

describe('a look-up by id', () => {
	it('has the id encoded in its address', async () => {
		const { api, requests } = answering({ message: MESSAGE, more: 1 });
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
		'answered 404 with "%s" finds nothing',
		async (body) => {
			expect(await getStatus(answering(body, 404).api, ID)).toBeUndefined();
		},
	);

	it.each(['<html>', ' \n<html>', '<p>Lost'])('answered 404 with "%s" fails', async (body) => {
		expect(await refusal(async () => await getStatus(answering(body, 404).api, ID))).toMatchObject({
			kind: 'rejected',
			httpStatus: 404,
		});
	});
});

describe('a list', () => {
	it.each([
		[new Date('2026-01-02T03:04:05.000Z'), { count: '7', sendDate: '2026-01-02T03:04:05Z' }],
		[new Date('2026-01-02T03:04:05.678Z'), { count: '7', sendDate: '2026-01-02T03:04:05.678Z' }],
		[undefined, { count: '7' }],
	])('up to %s is asked for', async (before, query) => {
		const { api, requests } = answering({ messages: [] });
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

	it('counts what holds no message', async () => {
		const messages = [{ message: MESSAGE }, {}, null, 'x', { message: null }, { message: 'x' }];
		const { reports, size } = await listMessages(
			answering({ messages }).api,
			{ phoneNumber: '+393331112233' },
			9,
		);
		expect(reports.map(({ message, raw }) => [message.messageId, raw])).toEqual([
			[ID, { message: MESSAGE }],
		]);
		expect(size).toBe(6);
	});

	it.each(['.', '..'])('of the reference key "%s" cannot be asked for', async (referenceKey) => {
		const { api, requests } = answering({ messages: [] });
		expect(await refusal(async () => await listMessages(api, { referenceKey }, 1))).toEqual({
			kind: 'rejected',
			message: `"${referenceKey}" cannot be looked up: in an address it means a folder`,
			description: 'Use another reference key.',
			nothingAccepted: true,
		});
		expect(requests).toEqual([]);
	});

	it.each(['...', '.a', 'a.', 'a..', '..a', 'a'])('of the reference key "%s" can', async (key) => {
		const { api, requests } = answering({ messages: [] });
		await listMessages(api, { referenceKey: key }, 1);
		expect(requests[0].url).toBe(`https://status.example/api/messagestatus/reference/${key}`);
	});
});
