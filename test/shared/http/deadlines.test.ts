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
	])('a request that begins %s shares the deadline: %#', (_, laterMs, isShared) => {
		const deadlineOf = createDeadlines();
		const first = deadlineOf(LIMIT_MS);
		now += laterMs;
		expect(deadlineOf(LIMIT_MS) === first).toBe(isShared);
		expect(timers.map(({ ms }) => ms)).toEqual(isShared ? [30_300] : [30_300, 30_300]);
	});

	it('is not shared by requests with another limit', () => {
		const deadlineOf = createDeadlines();
		expect(deadlineOf(LIMIT_MS)).not.toBe(deadlineOf(10_000));
		expect(deadlineOf(LIMIT_MS)).toBe(deadlineOf(LIMIT_MS));
	});

	it('ends at the limit', () => {
		const { signal, timer } = createDeadlines(new AbortController().signal)(LIMIT_MS);
		timers[0].controller.abort();
		expect([signal.aborted, timer.aborted]).toEqual([true, true]);
	});

	it('ends when the execution is cancelled, which is not the limit', () => {
		const cancel = new AbortController();
		const { signal, timer } = createDeadlines(cancel.signal)(LIMIT_MS);
		cancel.abort();
		expect([signal.aborted, timer.aborted]).toEqual([true, false]);
	});
});
