/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import type { IExecuteFunctions } from 'n8n-workflow';
import { hasEnded, lookAgain, ownRequest } from '../../nodes/shared/lookAgain';
import type * as LookAgain from '../../nodes/shared/lookAgain';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('the looks of a wait', () => {
	let asked: Array<{ wait: string; last: boolean }>;
	const httpRequest = async ({ body }: { body: string }) => void asked.push(JSON.parse(body));
	const context = { logger: {}, helpers: { httpRequest } } as unknown as IExecuteFunctions;
	const begin = (wait: string, ms: number) =>
		lookAgain(context, { url: 'http://n8n.example', wait, until: new Date(Date.now() + ms) });
	const told = () => asked.map(({ wait, last }) => [wait, last ? 'last' : 'soon']);

	beforeEach(() => {
		asked = [];
		jest.useFakeTimers();
		jest.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
			asked.push(JSON.parse(String(init?.body)));
			return new Response();
		});
	});
	afterEach(() => {
		jest.restoreAllMocks();
		jest.useRealTimers();
	});

	it('are one soon and one before the limit', async () => {
		begin('both', 10 * MINUTE);
		await jest.advanceTimersByTimeAsync(3_000);
		expect(told()).toEqual([['both', 'soon']]);
		await jest.advanceTimersByTimeAsync(10 * MINUTE - 6_001);
		expect(told()).toHaveLength(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(told()).toEqual([
			['both', 'soon'],
			['both', 'last'],
		]);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('are one alone where no process lives to see the limit: the host ends such a wait', async () => {
		begin('long', 60 * DAY);
		await jest.advanceTimersByTimeAsync(3_000);
		expect(told()).toEqual([['long', 'soon']]);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('are none of one that is over, and nothing waits for its limit', async () => {
		begin('over', 3 * DAY);
		await jest.advanceTimersByTimeAsync(1_000);
		hasEnded('over');
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(told()).toEqual([]);
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('when it is looked', () => {
	let looks: Array<[number, boolean]>;
	let begun: number;
	const httpRequest = async ({ body }: { body: string }) =>
		void looks.push([Date.now() - begun, (JSON.parse(body) as { last: boolean }).last]);
	const context = { helpers: { httpRequest } } as unknown as IExecuteFunctions;

	beforeEach(() => {
		jest.useFakeTimers();
		looks = [];
		begun = Date.now();
		jest.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
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
	])('of a wait of %i', async (left, expected) => {
		lookAgain(context, {
			url: 'http://n8n.example',
			wait: `w${left}`,
			until: new Date(begun + left),
		});
		await jest.advanceTimersByTimeAsync(left + MINUTE);
		expect(looks).toEqual(expected);
	});

	it.each([
		[24 * DAY, 2],
		[24 * DAY + 1, 1],
	])('of a wait of %i, as often as %i times', async (left, times) => {
		lookAgain(context, {
			url: 'http://n8n.example',
			wait: `w${left}`,
			until: new Date(begun + left),
		});
		expect(jest.getTimerCount()).toBe(times);
		hasEnded(`w${left}`);
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(jest.getTimerCount()).toBe(0);
		expect(looks).toEqual([]);
	});

	it('the waits that ended longest ago are forgotten', async () => {
		const until = new Date(begun + 9_000);
		hasEnded('long ago');
		hasEnded('after it');
		for (let wait = 0; wait < 9_999; wait++) hasEnded(`ended ${wait}`);
		for (const wait of ['long ago', 'after it']) {
			lookAgain(context, { url: 'http://n8n.example', wait, until });
		}
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(looks).toHaveLength(2);
	});
});

describe('how it is asked', () => {
	const URL_ = 'http://n8n.example/webhook-waiting/1';
	let asked: unknown[];
	let reaches: { helper: boolean; fetch: boolean };
	let warned: string[];
	const context = {
		logger: { warn: (words: string) => void warned.push(words) },
		helpers: {
			httpRequest: async (options: object) => {
				asked.push(options);
				if (!reaches.helper) throw new Error('refused');
			},
		},
	} as unknown as IExecuteFunctions;
	/** Of a process that has said nothing yet. */
	let own: typeof LookAgain;

	beforeEach(async () => {
		[asked, warned] = [[], []];
		reaches = { helper: true, fetch: true };
		jest.useFakeTimers();
		jest.spyOn(AbortSignal, 'timeout');
		jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
			asked.push({ url, ...init, signal: 'signal' });
			if (!reaches.fetch) throw new TypeError('fetch failed');
			return new Response();
		});
		await jest.isolateModulesAsync(
			async () => void (own = await import('../../nodes/shared/lookAgain')),
		);
	});
	afterEach(() => {
		jest.restoreAllMocks();
		jest.useRealTimers();
	});

	const begin = (wait: string) =>
		own.lookAgain(context, { url: URL_, wait, until: new Date(Date.now() + 9_000) });
	const question = (last: boolean) => ({
		url: URL_,
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ smsGateways: 'lookUp', wait: 'w', last }),
	});
	const soon = { ...question(false), timeout: 30_000, ignoreHttpStatusErrors: true };
	const late = { ...question(true), signal: 'signal' };

	it('by n8n’s helper first, later without it', async () => {
		begin('w');
		await jest.advanceTimersByTimeAsync(9_000);
		expect(asked).toEqual([soon, late]);
		expect((AbortSignal.timeout as jest.Mock).mock.calls).toEqual([[30_000]]);
		expect(warned).toEqual([]);
	});

	it('without the helper where it fails', async () => {
		reaches.helper = false;
		begin('w');
		await jest.advanceTimersByTimeAsync(3_000);
		expect(asked).toEqual([soon, { ...question(false), signal: 'signal' }]);
		expect(warned).toEqual([]);
	});

	it('in vain where n8n does not reach itself, which is said once', async () => {
		reaches = { helper: false, fetch: false };
		begin('w');
		begin('v');
		await jest.advanceTimersByTimeAsync(9_000);
		expect(asked).toHaveLength(6);
		expect(warned).toEqual([
			expect.stringMatching(/^This n8n does not reach itself at http:\/\/n8n\.example, so/),
		]);
	});
});

describe('a request of our own', () => {
	it.each<[string, object | undefined]>([
		['{"smsGateways":"lookUp","wait":"w","last":true}', { wait: 'w', last: true }],
		['{"smsGateways":"lookUp","wait":"w","last":false}', { wait: 'w', last: false }],
		['{"smsGateways":"lookUp","last":"true"}', { wait: undefined, last: false }],
		['{"smsGateways":"other","wait":"w","last":true}', undefined],
		['{"wait":"w","smsGateways":"lookUp"}', undefined],
		[' {"smsGateways":"lookUp"}', undefined],
		['a {"smsGateways"', undefined],
		['{"a":"lookUp"}', undefined],
		['', undefined],
	])('%s asks for %j', (text, asks) => {
		expect(ownRequest(text)).toEqual(asks);
	});
});
