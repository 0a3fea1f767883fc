/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import type { IExecuteFunctions } from 'n8n-workflow';
import {
	markWaitEnded,
	scheduleLookups,
	parseLookupRequest,
} from '../../../nodes/shared/waiting/scheduleLookups';
import type * as ScheduleLookups from '../../../nodes/shared/waiting/scheduleLookups';

/** Look-up requests: when they are posted, how, and how they are recognized. */

const URL = 'http://n8n.example/webhook-waiting/1';
const MINUTE = 60_000;
const DAY = 86_400_000;

describe('the look-ups of a wait', () => {
	let requests: Array<{ waitId: string; last: boolean; probe?: boolean }>;
	/** The response to each probe; null if there is none. */
	let probed: () => { status: number; body?: string } | null;
	const httpRequest = async ({ body }: { body: string }) => void requests.push(JSON.parse(body));
	const context = { logger: {}, helpers: { httpRequest } } as unknown as IExecuteFunctions;
	const schedule = (waitId: string, ms: number) =>
		scheduleLookups(context, { url: URL, waitId, until: new Date(Date.now() + ms) });
	const posted = () =>
		requests
			.filter(({ probe }) => !probe)
			.map(({ waitId, last }) => [waitId, last ? 'last' : 'soon']);
	const probes = () => requests.filter(({ probe }) => probe).length;

	beforeEach(() => {
		requests = [];
		probed = () => ({ status: 200 });
		jest.useFakeTimers();
		jest.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
			requests.push(JSON.parse(String(init?.body)));
			if (!requests.at(-1)?.probe) return new Response();
			const response = probed();
			if (!response) throw new TypeError('fetch failed');
			return new Response(response.body, { status: response.status });
		});
	});
	afterEach(() => {
		jest.restoreAllMocks();
		jest.useRealTimers();
	});

	it('are one soon and one before the limit', async () => {
		schedule('both', 10 * MINUTE);
		await jest.advanceTimersByTimeAsync(3_000);
		expect(posted()).toEqual([['both', 'soon']]);
		await jest.advanceTimersByTimeAsync(10 * MINUTE - 6_001);
		expect(posted()).toHaveLength(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(posted()).toEqual([
			['both', 'soon'],
			['both', 'last'],
		]);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('are only one if the limit is later than any process is expected to live', async () => {
		schedule('long', 60 * DAY);
		await jest.advanceTimersByTimeAsync(3_000);
		expect(posted()).toEqual([['long', 'soon']]);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('are preceded by the question whether the wait lasts, each time after twice as long', async () => {
		schedule('asks', 60 * MINUTE);
		const times: number[] = [];
		for (let minute = 1; minute <= 60; minute++) {
			const before = probes();
			await jest.advanceTimersByTimeAsync(MINUTE);
			if (probes() > before) times.push(minute);
		}
		expect(times).toEqual([1, 3, 7, 15, 31]);
		expect(posted()).toEqual([
			['asks', 'soon'],
			['asks', 'last'],
		]);
		expect(jest.getTimerCount()).toBe(0);
	});

	it.each<[string, number, string]>([
		['of a later wait', 410, 'The wait has ended'],
		['that has finished', 409, '{"code":0,"message":"The execution \\"7 has finished already."}'],
		[
			'that has failed',
			409,
			'{"code":0,"message":"The execution \\"7\\" has finished with error."}',
		],
		[
			'that had a reply',
			200,
			'<html>\n\t<head>\n\t\t<title>No action required</title>\n\t</head></html>',
		],
		['that was deleted', 404, '{"code":0,"message":"The execution \\"7\\" does not exist."}'],
		[
			'that waits elsewhere',
			404,
			'{"code":0,"message":"The workflow for execution \\"7\\" does not contain a waiting webhook with a matching path/method."}',
		],
	])('end with the first response for an execution %s', async (name, status, body) => {
		probed = () => ({ status, body });
		schedule(name, 3 * DAY);
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(probes()).toBe(1);
		expect(jest.getTimerCount()).toBe(0);
		await jest.advanceTimersByTimeAsync(3 * DAY);
		expect(posted()).toEqual([[name, 'soon']]);
		expect(probes()).toBe(1);
	});

	it.each<[string, number, string]>([
		[
			'is starting',
			200,
			'<html><head><title>n8n is starting up. Please wait</title></head></html>',
		],
		['is unavailable', 503, '{"message":"Database is not ready!"}'],
		['is unknown to the proxy', 404, '404 page not found'],
		['has not registered its addresses yet', 404, '<pre>Cannot POST /webhook-waiting/1</pre>'],
		['runs the execution', 409, '{"code":0,"message":"The execution \\"7\\" is running already."}'],
		['cannot be reached', 0, ''],
	])('survive that n8n %s', async (name, status, body) => {
		probed = () => (status === 0 ? null : { status, body });
		schedule(name, 10 * MINUTE);
		await jest.advanceTimersByTimeAsync(10 * MINUTE);
		expect(probes()).toBe(3);
		expect(posted()).toEqual([
			[name, 'soon'],
			[name, 'last'],
		]);
	});

	it('end with the first look-up if the wait has ended by then', async () => {
		const body = '{"code":0,"message":"The execution \\"7 has finished already."}';
		const helpers = { httpRequest: async () => ({ statusCode: 409, body }) };
		scheduleLookups({ helpers } as unknown as IExecuteFunctions, {
			url: URL,
			waitId: 'fast',
			until: new Date(Date.now() + 3 * DAY),
		});
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(requests).toEqual([]);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('are dropped with their timers when the wait has ended', async () => {
		schedule('ended', 3 * DAY);
		await jest.advanceTimersByTimeAsync(1_000);
		markWaitEnded('ended');
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(posted()).toEqual([]);
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('the times of the look-ups', () => {
	let lookups: Array<[number, boolean]>;
	let start: number;
	const httpRequest = async ({ body }: { body: string }) =>
		void lookups.push([Date.now() - start, (JSON.parse(body) as { last: boolean }).last]);
	const context = { helpers: { httpRequest } } as unknown as IExecuteFunctions;

	beforeEach(() => {
		jest.useFakeTimers();
		lookups = [];
		start = Date.now();
		jest.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
			if (String(init?.body).includes('probe')) return new Response();
			await httpRequest({ body: String(init?.body) });
			return new Response();
		});
	});
	afterEach(() => {
		jest.restoreAllMocks();
		jest.useRealTimers();
	});

	it.each<[number, Array<[number, boolean]>]>([
		[
			600_000,
			[
				[3_000, false],
				[597_000, true],
			],
		],
		[
			9_000,
			[
				[3_000, false],
				[6_000, true],
			],
		],
		[
			3_000,
			[
				[1_000, false],
				[2_000, true],
			],
		],
	])('of a wait of %i ms are %j', async (ms, expected) => {
		scheduleLookups(context, { url: URL, waitId: `w${ms}`, until: new Date(start + ms) });
		await jest.advanceTimersByTimeAsync(ms + MINUTE);
		expect(lookups).toEqual(expected);
	});

	it.each([
		[24 * DAY, 2],
		[24 * DAY + 1, 1],
	])('of a wait of %i ms are %i, until it ends', async (ms, count) => {
		scheduleLookups(context, { url: URL, waitId: `w${ms}`, until: new Date(start + ms) });
		expect(jest.getTimerCount()).toBe(count);
		markWaitEnded(`w${ms}`);
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(jest.getTimerCount()).toBe(0);
		expect(lookups).toEqual([]);
	});

	it('of waits that ended before ten thousand others are not dropped any more', async () => {
		const until = new Date(start + 9_000);
		markWaitEnded('long ago');
		markWaitEnded('after it');
		for (let count = 0; count < 9_999; count++) markWaitEnded(`ended ${count}`);
		for (const waitId of ['long ago', 'after it']) {
			scheduleLookups(context, { url: URL, waitId, until });
		}
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(lookups).toHaveLength(2);
	});
});

describe('the request of a look-up', () => {
	let requests: unknown[];
	let works: { helper: boolean; fetch: boolean };
	let warnings: string[];
	const context = {
		logger: { warn: (message: string) => void warnings.push(message) },
		helpers: {
			httpRequest: async (options: object) => {
				requests.push(options);
				if (!works.helper) throw new Error('refused');
			},
		},
	} as unknown as IExecuteFunctions;
	/** The module of a process that has not warned yet. */
	let isolated: typeof ScheduleLookups;

	beforeEach(async () => {
		[requests, warnings] = [[], []];
		works = { helper: true, fetch: true };
		jest.useFakeTimers();
		jest.spyOn(AbortSignal, 'timeout');
		jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
			requests.push({ url, ...init, signal: 'signal' });
			if (!works.fetch) throw new TypeError('fetch failed');
			return new Response();
		});
		await jest.isolateModulesAsync(
			async () => void (isolated = await import('../../../nodes/shared/waiting/scheduleLookups')),
		);
	});
	afterEach(() => {
		jest.restoreAllMocks();
		jest.useRealTimers();
	});

	const schedule = (waitId: string) =>
		isolated.scheduleLookups(context, { url: URL, waitId, until: new Date(Date.now() + 9_000) });
	const lookupRequest = (last: boolean) => ({
		url: URL,
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ smsGateways: 'lookUp', waitId: 'w', last }),
	});
	const soon = {
		...lookupRequest(false),
		timeout: 30_000,
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	};
	const last = { ...lookupRequest(true), signal: 'signal' };

	it('uses n8n’s helper for the first one, and fetch for the last one', async () => {
		schedule('w');
		await jest.advanceTimersByTimeAsync(9_000);
		expect(requests).toEqual([soon, last]);
		expect((AbortSignal.timeout as jest.Mock).mock.calls).toEqual([[30_000]]);
		expect(warnings).toEqual([]);
	});

	it('uses fetch if the helper fails', async () => {
		works.helper = false;
		schedule('w');
		await jest.advanceTimersByTimeAsync(3_000);
		expect(requests).toEqual([soon, { ...lookupRequest(false), signal: 'signal' }]);
		expect(warnings).toEqual([]);
	});

	it('causes one warning per process if n8n cannot reach itself', async () => {
		works = { helper: false, fetch: false };
		schedule('w');
		schedule('v');
		await jest.advanceTimersByTimeAsync(9_000);
		expect(requests).toHaveLength(6);
		expect(warnings).toEqual([
			expect.stringMatching(/^This n8n cannot reach itself at http:\/\/n8n\.example\. A status/),
		]);
	});
});

describe('a look-up request', () => {
	it.each<[string, object | undefined]>([
		[
			'{"smsGateways":"lookUp","waitId":"w","last":true}',
			{ waitId: 'w', last: true, probe: false },
		],
		[
			'{"smsGateways":"lookUp","waitId":"w","last":false}',
			{ waitId: 'w', last: false, probe: false },
		],
		['{"smsGateways":"lookUp","last":"true"}', { waitId: undefined, last: false, probe: false }],
		[
			'{"smsGateways":"lookUp","waitId":"w","last":false,"probe":true}',
			{ waitId: 'w', last: false, probe: true },
		],
		['{"smsGateways":"other","waitId":"w","last":true}', undefined],
		['{"waitId":"w","smsGateways":"lookUp"}', undefined],
		[' {"smsGateways":"lookUp"}', undefined],
		['a {"smsGateways"', undefined],
		['{"a":"lookUp"}', undefined],
		['', undefined],
	])('%s is parsed as %j', (text, request) => {
		expect(parseLookupRequest(text)).toEqual(request);
	});
});
