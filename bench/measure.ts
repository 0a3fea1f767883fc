/** One line of the table. */
export interface Row {
	/** What was done. */
	what: string;
	/** Whether the ratio says what is gained, or what it costs. */
	shows: 'gain' | 'cost';
	/** How we do it, and how long it took in milliseconds. */
	ours: { how: string; ms: number };
	/** What it is measured against, likewise. */
	other: { how: string; ms: number };
}

/**
 * Does both in turn, several times, so that whatever else the machine is doing falls on both.
 *
 * @returns the median time of each, in milliseconds
 */
export async function inTurn(
	rounds: number,
	ours: () => unknown,
	other: () => unknown,
): Promise<{ ours: number; other: number }> {
	const times: { ours: number[]; other: number[] } = { ours: [], other: [] };
	for (let round = 0; round < rounds; round++) {
		times.ours.push(await timed(ours));
		times.other.push(await timed(other));
	}
	return { ours: median(times.ours), other: median(times.other) };
}

async function timed(action: () => unknown): Promise<number> {
	const started = performance.now();
	await action();
	return performance.now() - started;
}

/** The middle one; of an even number the upper one of the two. */
export function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
