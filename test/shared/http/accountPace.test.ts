import { accountPace, AccountPace } from '../../../nodes/shared/http/accountPace';

/** The pause that a provider names holds for the whole account. */

const START = 1_900_000_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

/** The seconds after which requests begin. */
async function turnsOf(pace: AccountPace, count: number): Promise<number[]> {
	const at: number[] = [];
	const begin = Date.now();
	const turns = Array.from({ length: count }, async () => {
		await pace.turn();
		at.push((Date.now() - begin) / 1_000);
	});
	await jest.advanceTimersByTimeAsync(60_000);
	await Promise.all(turns);
	return at;
}

it('is none until the provider names one', async () => {
	expect(await turnsOf(new AccountPace(), 3)).toEqual([0, 0, 0]);
});

it('makes requests take turns, however many were rejected', async () => {
	const pace = new AccountPace();
	for (let rejected = 0; rejected < 5; rejected++) pace.slowTo(5_000);
	expect(await turnsOf(pace, 4)).toEqual([5.25, 10.5, 15.75, 21]);
});

it('ends some time after the last request', async () => {
	const pace = new AccountPace();
	pace.slowTo(5_000);
	await jest.advanceTimersByTimeAsync(30_000);
	expect(await turnsOf(pace, 2)).toEqual([0, 5.25]);
	await jest.advanceTimersByTimeAsync(70_000);
	expect(await turnsOf(pace, 2)).toEqual([0, 0]);
});

it('ends at once if the execution is cancelled', async () => {
	const pace = new AccountPace();
	pace.slowTo(60_000);
	await expect(pace.turn(AbortSignal.abort())).rejects.toThrow('The execution was cancelled');
});

it('is shared by an account and not by others', () => {
	const pace = accountPace(['https://a.example', 'key']);
	expect(accountPace(['https://a.example', 'key'])).toBe(pace);
	expect(accountPace(['https://a.example', 'other'])).not.toBe(pace);
});

it('lets all requests wait while the provider wants a pause', async () => {
	const pace = new AccountPace();
	expect(pace.isOpen).toBe(true);
	pace.pause(5_000);
	expect(pace.isOpen).toBe(false);
	expect(await turnsOf(pace, 3)).toEqual([5, 5, 5]);
	expect(pace.isOpen).toBe(true);
});

it('has the texts of each sender apart', async () => {
	const pace = new AccountPace();
	expect(pace.textsOf('a')).toBe(pace.textsOf('a'));
	expect(pace.textsOf('a')).not.toBe(pace.textsOf('b'));
});
