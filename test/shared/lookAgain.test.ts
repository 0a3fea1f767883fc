/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import type { IExecuteFunctions } from 'n8n-workflow';
import { hasEnded, lookAgain } from '../../nodes/shared/lookAgain';

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
