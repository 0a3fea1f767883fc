import fc from 'fast-check';
import { getStatus, listMessages } from '../../nodes/Namirial/api/status';
import { listBackwards } from '../../nodes/Namirial/history';
import { readMessage } from '../../nodes/Namirial/wire';
import { failureOf } from '../engine/harness/canned';
import { apiWith, ID, MESSAGE } from './namirial';
import type { SentRequest } from './namirial';

describe('a message of Namirial', () => {
	it('is read as in the published sample', () => {
		expect(readMessage(MESSAGE)).toEqual({
			provider: 'namirial',
			messageId: ID,
			referenceId: 'EXT_KEY',
			to: null,
			from: null,
			status: 'delivered',
			isFinal: true,
			providerStatus: 'DELIVERED',
			errorCode: null,
			errorMessage: null,
			sentAt: '2026-02-12T14:51:00.000Z',
			updatedAt: '2026-02-12T14:51:20.000Z',
			segments: 1,
			encoding: null,
		});
	});

	it.each([
		['PROVIDER_ACCEPTANCE', 'SMS', 'queued', false],
		['SENT', 'SMS', 'sent', false],
		['DELIVERED', 'SMS', 'delivered', true],
		['DELIVERED', 'RCS', 'delivered', false],
		['DELIVERED', undefined, 'delivered', true],
		['READ', 'RCS', 'read', true],
		['UNDELIVERED', 'SMS', 'undelivered', true],
		['UNDELIVERED', 'RCS', 'undelivered', true],
		['REJECTED', 'SMS', 'failed', true],
		['PAUSED', 'SMS', 'unknown', false],
	])('with %s on %s is %s, final: %s', (providerStatus, channel, status, isFinal) => {
		expect(readMessage({ ...MESSAGE, status: providerStatus, channel })).toMatchObject({
			status,
			isFinal,
			providerStatus,
		});
	});

	it('that failed has the code and message of the upstream provider', () => {
		const provider = { ...MESSAGE.provider, code: '30007', message: 'Number Blocked by Carrier' };
		expect(readMessage({ ...MESSAGE, status: 'UNDELIVERED', provider })).toMatchObject({
			errorCode: '30007',
			errorMessage: 'Number Blocked by Carrier',
		});
	});

	it.each([
		['an empty reference', { reference: {} }],
		['no reference', { reference: undefined }],
	])('with %s has no referenceId', (_what, change) => {
		expect(readMessage({ ...MESSAGE, ...change }).referenceId).toBeNull();
	});

	it('on RCS may have no segments', () => {
		expect(readMessage({ ...MESSAGE, sms: undefined }).segments).toBeNull();
	});
});

describe('a look-up by id', () => {
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

describe('a list', () => {
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

interface StatusApiOptions {
	inclusive: boolean;
	/** Times are in whole seconds. */
	whole: boolean;
	/** Lists begin with the newest message. */
	newest: boolean;
}

/** A status API with messages of these times, in epoch milliseconds. */
function statusApi(times: number[], options: StatusApiOptions) {
	const stored = times
		.map((time, index) => ({ time: options.whole ? Math.floor(time / 1000) * 1000 : time, index }))
		.sort((a, b) => b.time - a.time || b.index - a.index);
	return apiWith(({ qs = {} }: SentRequest) => {
		const bound = qs.sendDate === undefined ? Infinity : Date.parse(qs.sendDate);
		const page = stored
			.filter(({ time }) => time < bound || (options.inclusive && time === bound))
			.slice(0, Math.min(Number(qs.count), 100));
		if (!options.newest) page.reverse();
		const messages = page.map(({ time, index }) => ({
			message: {
				...MESSAGE,
				id: String(index),
				providerAcceptanceAt: new Date(time).toISOString().replace('.000Z', 'Z'),
			},
		}));
		return { status: 200, body: { messages } };
	});
}

const START = Date.parse('2026-03-01T10:00:00Z');
const FILTER = { referenceKey: 'k' };
const statusApiOptions = fc.record({
	inclusive: fc.boolean(),
	whole: fc.boolean(),
	newest: fc.boolean(),
});

describe('reading a list backwards', () => {
	it('returns every message once with any equal times and an inclusive or exclusive bound', async () => {
		// bursts of up to 99 messages at the same time, seconds or milliseconds apart
		const burst = fc.record({
			gap: fc.integer({ min: 1, max: 3_000 }),
			size: fc.integer({ min: 1, max: 99 }),
		});
		const bursts = fc.array(burst, { minLength: 1, maxLength: 8 });
		await fc.assert(
			fc.asyncProperty(bursts, statusApiOptions, async (all, options) => {
				let time = START;
				const times = all.flatMap(({ gap, size }) => {
					time += options.whole ? Math.ceil(gap / 1000) * 1000 : gap;
					return Array.from({ length: size }, () => time);
				});
				const { api } = statusApi(times, options);
				const { reports, crowdedTimes } = await listBackwards(api, FILTER, Infinity);
				const ids = reports.map(({ message }) => Number(message.messageId));
				expect(ids).toHaveLength(times.length);
				expect(new Set(ids).size).toBe(times.length);
				expect(crowdedTimes).toEqual([]);
			}),
			{ numRuns: 60 },
		);
	});

	it.each([[true], [false]])(
		'continues after a time with more messages than fit into a page, and reports it (inclusive: %s)',
		async (inclusive) => {
			const times = [
				...Array.from({ length: 30 }, () => START),
				...Array.from({ length: 130 }, () => START + 5_000),
				...Array.from({ length: 10 }, () => START + 9_000),
			];
			const { api } = statusApi(times, { inclusive, whole: true, newest: true });
			const { reports, crowdedTimes } = await listBackwards(api, FILTER, Infinity);
			expect(reports).toHaveLength(10 + 100 + 30);
			expect(crowdedTimes).toEqual(['2026-03-01T10:00:05.000Z']);
		},
	);

	it('stops at the limit, with the latest messages first', async () => {
		const times = Array.from({ length: 300 }, (_, index) => START + index * 500);
		const { api, requests } = statusApi(times, { inclusive: false, whole: false, newest: false });
		const { reports } = await listBackwards(api, FILTER, 150);
		const ids = reports.map(({ message }) => Number(message.messageId));
		expect(ids).toEqual(Array.from({ length: 150 }, (_, index) => 299 - index));
		expect(requests).toHaveLength(2);
	});

	it('makes one request if all messages fit into a page', async () => {
		const { api, requests } = statusApi([START, START], {
			inclusive: true,
			whole: true,
			newest: true,
		});
		const { reports } = await listBackwards(api, FILTER, Infinity);
		expect(reports).toHaveLength(2);
		expect(requests.map(({ qs }) => qs)).toEqual([{ count: '100' }]);
	});

	it('never returns messages after the user’s bound', async () => {
		const times = Array.from({ length: 250 }, (_, index) => START + index * 10);
		const before = new Date(START + 1_500);
		const { api } = statusApi(times, { inclusive: false, whole: false, newest: true });
		const { reports } = await listBackwards(api, FILTER, Infinity, before);
		expect(reports).toHaveLength(150);
		expect(reports.every(({ message }) => Date.parse(message.sentAt ?? '') < +before)).toBe(true);
	});
});
