/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { createDeadlines } from '../../../nodes/shared/http/deadlines';

const LIMIT_MS = 30_000;

describe('createDeadlines', () => {
	let timers: Array<{ ms: number; controller: AbortController }>;
	let now: number;
	beforeEach(() => {
		timers = [];
		now = 1_000_000;
		jest.spyOn(Date, 'now').mockImplementation(() => now);
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			const controller = new AbortController();
			timers.push({ ms, controller });
			return controller.signal;
		});
	});
	afterEach(() => jest.restoreAllMocks());

	it.each([
		['at once', 0, true],
		['within a hundredth of the limit', 300, true],
		['later', 301, false],
		['before, by a clock that was set back', -1, false],
	])('a request that begins %s shares the timer: %#', (_, laterMs, isShared) => {
		const deadlineOf = createDeadlines();
		const first = deadlineOf(LIMIT_MS);
		now += laterMs;
		const second = deadlineOf(LIMIT_MS);
		expect(timers.map(({ ms }) => ms)).toEqual(isShared ? [30_300] : [30_300, 30_300]);
		timers[0].controller.abort();
		expect([first, second].map(({ signal }) => signal.aborted)).toEqual([true, isShared]);
		expect([first, second].map((deadline) => deadline.isOver())).toEqual([true, isShared]);
	});

	it('requests with different limits have timers of their own', () => {
		const deadlineOf = createDeadlines();
		for (const limitMs of [LIMIT_MS, 10_000, LIMIT_MS]) deadlineOf(limitMs);
		expect(timers.map(({ ms }) => ms)).toEqual([30_300, 10_100]);
	});

	it('a request that has ended is not aborted any more', () => {
		const deadlineOf = createDeadlines();
		const [ended, open] = [deadlineOf(LIMIT_MS), deadlineOf(LIMIT_MS)];
		ended.close();
		timers[0].controller.abort();
		expect([ended, open].map(({ signal }) => signal.aborted)).toEqual([false, true]);
	});

	it('a cancelled execution aborts its requests, and their time is not over', () => {
		const cancel = new AbortController();
		const deadline = createDeadlines(cancel.signal)(LIMIT_MS);
		cancel.abort();
		expect([deadline.signal.aborted, deadline.isOver()]).toEqual([true, false]);
	});

	it('any number of requests share one listener', () => {
		const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
		const deadlineOf = createDeadlines(new AbortController().signal);
		for (let count = 0; count < 50; count++) {
			deadlineOf(LIMIT_MS).signal.addEventListener('abort', () => undefined);
		}
		expect(timers).toHaveLength(1);
		expect(warn).not.toHaveBeenCalled();
	});
});
