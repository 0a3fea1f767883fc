/** A row of the table. */
export interface Row {
	/** The heading above the row. */
	part: string;
	/** What was measured. */
	what: string;
	/** Whether the ratio is a gain or a cost. */
	kind: 'gain' | 'cost';
	/** Milliseconds by default. */
	unit?: string;
	ours: Measurement;
	other: Measurement;
	/** The minimum gain, or the maximum cost. */
	goal?: number;
	/** The line of the summary that the row is part of. */
	summary?: string;
}

export interface Measurement {
	name: string;
	value: number;
}

/** Returns functions that create the rows of a part of the table. */
export function rowsIn(part: string) {
	const row =
		(kind: Row['kind']) =>
		(
			what: string,
			ours: Measurement,
			other: Measurement,
			goal?: number,
			summary?: string,
		): Row => ({ part, what, kind, ours, other, goal, summary });
	return { gain: row('gain'), cost: row('cost') };
}

const ratioOf = ({ kind, ours, other }: Row) =>
	kind === 'gain' ? other.value / ours.value : ours.value / other.value;

/** Rounds a ratio to the digits that are significant. */
function format(ratio: number): string {
	if (ratio >= 100) return ratio.toFixed(0);
	return ratio.toFixed(ratio >= 10 ? 1 : 2);
}

/**
 * Returns the ratio as text: for a gain how many times as fast, for a cost how many times as much.
 */
export const describeRatio = (row: Row) =>
	`${format(ratioOf(row))} ${row.kind === 'gain' ? 'times as fast' : 'times as much'}`;

/** Returns the lowest and the highest ratio of several rows as text. */
export function describeRatios(rows: Row[]): string {
	const [first, ...others] = rows;
	if (others.length === 0) return describeRatio(first);
	const ratios = rows.map(ratioOf);
	const unit = describeRatio(first).replace(/^\S+ /, '');
	return `${format(Math.min(...ratios))} to ${format(Math.max(...ratios))} ${unit}`;
}

/** Returns whether the rounded ratio reaches the goal; undefined without a goal. */
export function isReached(row: Row): boolean | undefined {
	if (row.goal === undefined) return undefined;
	const ratio = Number(format(ratioOf(row)));
	return row.kind === 'gain' ? ratio >= row.goal : ratio <= row.goal;
}

/**
 * Runs the actions in turn for several rounds, so that other load on the machine affects all of
 * them.
 *
 * @param report is called before every action with the fraction that is done
 * @returns the results of each action, by round
 */
export async function inRounds<T>(
	rounds: number,
	actions: Record<string, () => Promise<T>>,
	report: (done: number) => void = () => undefined,
): Promise<Record<string, T[]>> {
	const names = Object.keys(actions);
	const results = Object.fromEntries(names.map((name): [string, T[]] => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const [position, name] of names.entries()) {
			report((round + position / names.length) / rounds);
			results[name].push(await actions[name]());
		}
	}
	return results;
}

/**
 * Runs both actions in turn for several rounds.
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

/** Returns the median; of an even number of values the upper one of the two. */
export function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
