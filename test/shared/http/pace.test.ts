import { Pace } from '../../../nodes/shared/http/pace';

/** Turns that are some time apart. */

const START = 1_900_000_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const each = (costMs: number) => ({ costMs: () => costMs });

/** Notes the seconds after which turns come, and what ends them. */
function notes() {
	const at: Array<number | string> = [];
	const note = async (turn: Promise<void>) => {
		const failure = await turn.then(
			() => undefined,
			({ message }: Error) => message,
		);
		at.push(failure ?? (Date.now() - START) / 1_000);
	};
	return { at, note };
}

it.each([
	[1_000, [0, 1, 2, 3]],
	[2_500, [0, 2.5, 5, 7.5]],
	[0, [0, 0, 0, 0]],
])('are %d ms apart', async (costMs, expected) => {
	const pace = new Pace();
	const { at, note } = notes();
	for (let turn = 0; turn < 4; turn++) void note(pace.turn(each(costMs)));
	await jest.advanceTimersByTimeAsync(10_000);
	expect(at).toEqual(expected);
});

it('come without a burst after a pause', async () => {
	const pace = new Pace();
	await pace.turn(each(1_000));
	await jest.advanceTimersByTimeAsync(60_000);
	const { at, note } = notes();
	for (let turn = 0; turn < 3; turn++) void note(pace.turn(each(1_000)));
	await jest.advanceTimersByTimeAsync(10_000);
	expect(at).toEqual([60, 61, 62]);
});

it('cost what their callers say', async () => {
	const pace = new Pace();
	const { at, note } = notes();
	for (const costMs of [3_000, 1_000, 500, 1_000]) void note(pace.turn(each(costMs)));
	await jest.advanceTimersByTimeAsync(10_000);
	expect(at).toEqual([0, 3, 4, 4.5]);
});

it('can be shared, and then cost the sum', async () => {
	const pace = new Pace();
	const { at, note } = notes();
	for (let turn = 0; turn < 5; turn++) void note(pace.turn({ ...each(1_000), together: 2 }));
	await jest.advanceTimersByTimeAsync(10_000);
	expect(at).toEqual([0, 0, 2, 2, 4]);
});

it('are shared by no more than fit', async () => {
	const pace = new Pace();
	const { at, note } = notes();
	for (const size of [1, 3, 2, 7, 1]) {
		void note(pace.turn({ costMs: () => size * 1_000, size, together: 4 }));
	}
	await jest.advanceTimersByTimeAsync(30_000);
	expect(at).toEqual([0, 0, 4, 6, 13]);
});

it('do not come before a pause has ended', async () => {
	const pace = new Pace();
	const { at, note } = notes();
	for (let turn = 0; turn < 3; turn++) void note(pace.turn(each(1_000)));
	await jest.advanceTimersByTimeAsync(500);
	pace.holdUntil(Date.now() + 5_000);
	await jest.advanceTimersByTimeAsync(10_000);
	expect(at).toEqual([0, 5.5, 6.5]);
});

it('are lost by no one if a caller leaves', async () => {
	const pace = new Pace();
	const { at, note } = notes();
	let isOver = false;
	void note(pace.turn(each(10_000)));
	void note(pace.turn({ ...each(10_000), isOver: () => isOver }));
	void note(pace.turn(each(10_000)));
	await jest.advanceTimersByTimeAsync(3_000);
	isOver = true;
	await jest.advanceTimersByTimeAsync(600);
	expect(at).toEqual([0, 'The execution was cancelled']);
	await jest.advanceTimersByTimeAsync(20_000);
	expect(at).toEqual([0, 'The execution was cancelled', 10]);
});

it('are refused to a caller that is over already', async () => {
	const pace = new Pace();
	await expect(pace.turn({ ...each(0), isOver: () => true })).rejects.toThrow('was cancelled');
});

it('make up for late timers, but not for long delays', async () => {
	const pace = new Pace();
	const { at, note } = notes();
	for (let turn = 0; turn < 4; turn++) void note(pace.turn(each(100)));
	await jest.advanceTimersByTimeAsync(1);
	// the event loop is blocked
	jest.setSystemTime(START + 1_000);
	await jest.advanceTimersByTimeAsync(1_000);
	expect(at[0]).toBe(0);
	const [, second, third, fourth] = at as number[];
	expect(second).toBeGreaterThanOrEqual(1);
	expect(third - second).toBeGreaterThanOrEqual(0.049);
	expect(fourth - third).toBeCloseTo(0.1, 3);
});
