/** One line of the table. */
export interface Row {
	/** The heading that it stands under. */
	part: string;
	/** What was done. */
	what: string;
	/** Whether the ratio says what is gained, or what it costs. */
	shows: 'gain' | 'cost';
	/** Of what; milliseconds unless said otherwise. */
	unit?: string;
	/** How we do it, and how long it took in milliseconds. */
	ours: Took;
	/** What it is measured against, likewise. */
	other: Took;
	/** The least gain, or the highest cost, that is wanted. */
	goal?: number;
}

export interface Took {
	how: string;
	ms: number;
}

/** Rows of one part of the table, what was done, ours, the other, and the goal, where there is one. */
export function rowsIn(part: string) {
	const row =
		(shows: Row['shows']) =>
		(what: string, ours: Took, other: Took, goal?: number): Row => ({
			part,
			what,
			shows,
			ours,
			other,
			goal,
		});
	return { gain: row('gain'), cost: row('cost') };
}

const ratioOf = ({ shows, ours, other }: Row) =>
	shows === 'gain' ? other.ms / ours.ms : ours.ms / other.ms;

/** As it is written down, since more digits would be noise. */
function written(ratio: number): string {
	if (ratio >= 100) return ratio.toFixed(0);
	return ratio.toFixed(ratio >= 10 ? 1 : 2);
}

/** The ratio in words: of a gain how many times as fast ours is, of a cost what share of the other it takes. */
export const inWords = (row: Row) =>
	`${written(ratioOf(row))} ${row.shows === 'gain' ? 'times as fast' : 'of it'}`;

/** Whether the goal is reached, by the ratio as it is written down; undefined without a goal. */
export function isReached(row: Row): boolean | undefined {
	if (row.goal === undefined) return undefined;
	const ratio = Number(written(ratioOf(row)));
	return row.shows === 'gain' ? ratio >= row.goal : ratio <= row.goal;
}

/**
 * Does all of them in turn, several times, so that whatever else the machine is doing falls on each.
 *
 * @param each is told of every round that begins
 * @returns what each gave, round by round
 */
export async function inRounds<T>(
	rounds: number,
	actions: Record<string, () => Promise<T>>,
	each: (done: number) => void = () => undefined,
): Promise<Record<string, T[]>> {
	const names = Object.keys(actions);
	const results = Object.fromEntries(names.map((name): [string, T[]] => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const [position, name] of names.entries()) {
			each((round + position / names.length) / rounds);
			results[name].push(await actions[name]());
		}
	}
	return results;
}

/**
 * Does both in turn, several times.
 *
 * @returns the median time of each, in milliseconds
 */
export async function inTurn(
	rounds: number,
	ours: () => unknown,
	other: () => unknown,
): Promise<{ ours: number; other: number }> {
	const times = await inRounds(rounds, {
		ours: async () => await timed(ours),
		other: async () => await timed(other),
	});
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
