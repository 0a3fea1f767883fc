import type { INodeProperties } from 'n8n-workflow';
import pLimit from 'p-limit';
import { type Failure, toFailure } from '../errors/failure';
import { sleepOrCancel } from '../http/sleep';
import type { Item } from '../input/item';
import type { Output } from '../model/output';

type LookupResult = Output[] | Failure;

/** Each delay between two rounds is 1.5 times as long as the previous one. */
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;

const DEFAULT_WAIT_SECONDS = 60;

/** Options of look-ups by message ID. */
export const waitUntilFinalOptions: INodeProperties[] = [
	{
		displayName: 'Wait Until Final',
		name: 'waitUntilFinal',
		type: 'boolean',
		default: false,
		description: 'Whether to poll, with growing delays, until no further change is expected',
	},
	{
		displayName: 'Wait Up To (Seconds)',
		name: 'waitAtMost',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_WAIT_SECONDS,
		description: 'Time after which the current status is returned, final or not',
		displayOptions: { show: { waitUntilFinal: [true] } },
	},
];

/**
 * Repeats a round after growing delays, for the last time when the time is up.
 *
 * @param until epoch milliseconds
 * @param round returns whether polling is done
 */
export async function poll(
	until: number,
	signal: AbortSignal | undefined,
	round: () => Promise<boolean>,
): Promise<void> {
	let delayMs = FIRST_DELAY_MS;
	while (!(await round())) {
		const remaining = until - Date.now();
		if (remaining <= 0) return;
		await sleepOrCancel(Math.min(delayMs, remaining), signal);
		delayMs = Math.min(delayMs * 1.5, MAX_DELAY_MS);
	}
}

function mayChange(result: LookupResult): boolean {
	if (!Array.isArray(result)) return false;
	return result.some(({ json }) => json.isFinal === false && json.found !== false);
}

/**
 * Looks up all items. With Wait Until Final, those whose status may still change are polled
 * together, so that many items take no longer than one.
 *
 * @param lookUp returns one result per item, in the order of the items
 */
export async function pollStatuses(
	items: Item[],
	lookUp: (items: Item[]) => Promise<LookupResult[]>,
): Promise<LookupResult[]> {
	const [first] = items;
	const seconds = first.flagOption('waitUntilFinal')
		? first.numberOption('waitAtMost', DEFAULT_WAIT_SECONDS)
		: 0;
	const results: LookupResult[] = [];
	let pending = items;
	const signal = first.context.getExecutionCancelSignal?.();
	await poll(Date.now() + seconds * 1_000, signal, async () => {
		const found = await lookUp(pending);
		pending.forEach(({ index }, position) => (results[index] = found[position]));
		pending = pending.filter(({ index }) => mayChange(results[index]));
		return pending.length === 0;
	});
	return results;
}

/** Looks up each item with one request. A failed look-up is the result of its item. */
export async function lookUpEach(
	items: Item[],
	concurrency: number,
	lookUp: (item: Item) => Promise<Output[]>,
): Promise<LookupResult[]> {
	const limit = pLimit(concurrency);
	return await Promise.all(items.map(async (item) => await limit(lookUp, item).catch(toFailure)));
}
