import type { Api } from '../../../nodes/Namirial/api/connection';
import { getStatus, listMessages } from '../../../nodes/Namirial/api/status';
import { canned, failureOf, thrownBy } from '../../engine/harness/canned';
import { apiWith, ID, MESSAGE } from '../namirial';

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

describe('the response to a look-up by id', () => {
	it('unwraps the message', async () => {
		const { api, requests } = apiWith(() => ({ status: 200, body: { message: MESSAGE } }));
		const report = await getStatus(api, ID);
		expect(report?.message.messageId).toBe(ID);
		expect(report?.raw).toEqual({ message: MESSAGE });
		expect(requests[0]).toMatchObject({
			method: 'GET',
			url: `https://status.example/api/messagestatus/${ID}`,
			headers: { 'X-Api-Key': 'key-1' },
		});
	});

	it.each([
		['an empty body', ''],
		['JSON', { message: 'Not found' }],
	])('with the response 404 and %s finds nothing', async (_what, body) => {
		const { api } = apiWith(() => ({ status: 404, body }));
		expect(await getStatus(api, ID)).toBeUndefined();
	});

	it('with the response 404 and a web page fails because of the Base URL', async () => {
		const { api } = apiWith(() => ({ status: 404, body: '<html>Lost</html>', type: 'text/html' }));
		const failure = await failureOf(getStatus(api, ID));
		expect(failure.description).toContain('Check the Base URL');
	});

	it('with the response 403 fails because of the API key', async () => {
		const { api, requests } = apiWith(() => ({ status: 403, body: '' }));
		expect(await failureOf(getStatus(api, ID))).toMatchObject({
			kind: 'credential',
			message: 'Namirial rejected the API key of the Namirial SMS Status API credential (HTTP 403)',
		});
		expect(requests).toHaveLength(1);
	});

	it('is retried after HTTP 503', async () => {
		let failures = 1;
		const { api } = apiWith(() =>
			failures-- > 0 ? { status: 503, body: '' } : { status: 200, body: { message: MESSAGE } },
		);
		expect((await getStatus(api, ID))?.message.status).toBe('delivered');
	});

	it.each([['{}'], ['[]'], ['{"message":'], ['']])(
		'with the response "%s" is malformed',
		async (body) => {
			const { api } = apiWith(() => ({ status: 200, body }));
			expect((await failureOf(getStatus(api, ID))).kind).toBe('malformed');
		},
	);
});

describe('the response to a list', () => {
	it('unwraps each element and omits empty ones', async () => {
		const body = { messages: [{ message: MESSAGE }, {}] };
		const { api } = apiWith(() => ({ status: 200, body }));
		const { reports, size } = await listMessages(api, { phoneNumber: '+1234567890' }, 50);
		expect(reports.map(({ raw }) => raw)).toEqual([{ message: MESSAGE }]);
		expect(size).toBe(2);
	});

	it('of a number is requested as in the published sample', async () => {
		const { api, requests } = apiWith(() => ({ status: 200, body: { messages: [] } }));
		const before = new Date('2026-12-31T23:59:59Z');
		await listMessages(api, { phoneNumber: '+1234567890' }, 1, before);
		expect(requests[0]).toMatchObject({
			url: 'https://status.example/api/messagestatus/phonenumber/%2B1234567890',
			qs: { count: '1', sendDate: '2026-12-31T23:59:59Z' },
		});
	});

	it.each([
		['user-12345-verification', 'user-12345-verification'],
		['a/b?c#d e+f%', 'a%2Fb%3Fc%23d%20e%2Bf%25'],
		['ключ', '%D0%BA%D0%BB%D1%8E%D1%87'],
	])('with the reference key %s has the path value %s', async (referenceKey, path) => {
		const { api, requests } = apiWith(() => ({ status: 200, body: { messages: [] } }));
		await listMessages(api, { referenceKey }, 2);
		expect(requests[0].url).toBe(`https://status.example/api/messagestatus/reference/${path}`);
	});

	it('with a key that means a folder in a URL is rejected', async () => {
		const { api } = apiWith(() => ({ status: 200, body: { messages: [] } }));
		const { message } = await failureOf(listMessages(api, { referenceKey: '..' }, 2));
		expect(message).toContain('".." cannot be looked up');
	});

	it.each([
		['https://status.example'],
		['https://status.example/'],
		['https://status.example/api'],
		['https://status.example/api/'],
	])('has one /api in its URL if the Base URL is %s', async (baseUrl) => {
		const statusService = { baseUrl, apiKey: 'key-1' };
		const { api, requests } = apiWith(() => ({ status: 200, body: { messages: [] } }), {
			statusService,
		});
		await listMessages(api, { referenceKey: 'k' }, 2);
		expect(requests[0].url).toBe('https://status.example/api/messagestatus/reference/k');
	});
});
