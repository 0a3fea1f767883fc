import pLimit from 'p-limit';

/** Processes values, so many at a time. @returns the results in order */
export async function inTurns<T, R>(
	values: T[],
	concurrency: number,
	work: (value: T) => Promise<R>,
): Promise<R[]> {
	const limit = pLimit(concurrency);
	return await Promise.all(values.map(async (value) => await limit(async () => await work(value))));
}
