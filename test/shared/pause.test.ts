import { pause } from '../../nodes/shared/pause';

async function msOf(act: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await act();
	return performance.now() - begun;
}

describe('a pause', () => {
	it('lasts as long as it should, in naps', async () => {
		expect(await msOf(async () => await pause(700))).toBeGreaterThanOrEqual(690);
	});

	it('of nothing is none', async () => {
		jest.useFakeTimers();
		try {
			await pause(0);
			await pause(-5);
		} finally {
			jest.useRealTimers();
		}
	});

	it('ends with the execution', async () => {
		const over = new AbortController();
		over.abort();
		await expect(pause(3_600_000, over.signal)).rejects.toMatchObject({
			kind: 'rejected',
			message: 'The execution was cancelled',
		});
	});

	it('notices in its middle that the execution has ended', async () => {
		const over = new AbortController();
		const pausing = pause(3_600_000, over.signal);
		over.abort();
		await expect(pausing).rejects.toThrow('cancelled');
	});
});
