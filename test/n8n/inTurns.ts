import pLimit from 'p-limit';

/** All of them, so many at a time, results in order. */
export async function inTurns<T, R>(
	all: T[],
	atOnce: number,
	work: (one: T) => Promise<R>,
): Promise<R[]> {
	const limit = pLimit(atOnce);
	return await Promise.all(all.map(async (one) => await limit(async () => await work(one))));
}
