import pLimit from 'p-limit';
import type { INodeProperties } from 'n8n-workflow';
import { asFailure } from './errors';
import type { Failure } from './errors';
import { pause } from './pause';
import type { Item, Output } from './item';

/** Looking up many messages in rounds, until none of them is expected to change any more. */

type LookedUp = Output[] | Failure;

/** Milliseconds between the first rounds; each pause is half as long again as the one before. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

const SECONDS_TO_WAIT = 60;

/** Members of `options` of a look-up by id. */
export const waitUntilFinalOptions: INodeProperties[] = [
	{
		displayName: 'Wait Until Final',
		name: 'waitUntilFinal',
		type: 'boolean',
		default: false,
		description:
			'Whether to look again, with growing pauses, until the status is not expected to change any more',
	},
	{
		displayName: 'Wait Up To (Seconds)',
		name: 'waitAtMost',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'Time after which the status is returned as it is then',
		displayOptions: { show: { waitUntilFinal: [true] } },
	},
];

/** Calls again after each pause until it says that it is done, or the time is up. */
export async function inRounds(
	until: number,
	signal: AbortSignal | undefined,
	round: () => Promise<boolean>,
): Promise<void> {
	let wait = FIRST_PAUSE;
	while (!(await round())) {
		const left = until - Date.now();
		if (left <= 0) return;
		await pause(Math.min(wait, left), signal);
		wait = Math.min(wait * 1.5, LONGEST_PAUSE);
	}
}

function mayChange(result: LookedUp): boolean {
	if (!Array.isArray(result)) return false;
	return result.some(({ json }) => json.isFinal === false && json.found !== false);
}

/**
 * Looks up every item; with Wait Until Final those again whose status may still change, all of
 * them together, so that many items wait no longer than one.
 *
 * @param look one entry per item, in their order
 */
export async function lookUpInRounds(
	items: Item[],
	look: (items: Item[]) => Promise<LookedUp[]>,
): Promise<LookedUp[]> {
	const [first] = items;
	const seconds = first.flagOption('waitUntilFinal')
		? first.numberOption('waitAtMost', SECONDS_TO_WAIT)
		: 0;
	const results: LookedUp[] = [];
	let pending = items;
	const signal = items[0].context.getExecutionCancelSignal?.();
	await inRounds(Date.now() + seconds * 1_000, signal, async () => {
		const found = await look(pending);
		pending.forEach(({ index }, position) => (results[index] = found[position]));
		pending = pending.filter(({ index }) => mayChange(results[index]));
		return pending.length === 0;
	});
	return results;
}

/** Looks up each item by a request of its own; a failure is its item's. */
export async function lookUpEach(
	items: Item[],
	concurrency: number,
	look: (item: Item) => Promise<Output[]>,
): Promise<LookedUp[]> {
	const limit = pLimit(concurrency);
	const one = async (item: Item): Promise<LookedUp> => {
		try {
			return await look(item);
		} catch (error) {
			return asFailure(error);
		}
	};
	return await Promise.all(items.map((item) => limit(one, item)));
}
