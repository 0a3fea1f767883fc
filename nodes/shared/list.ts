import type { Item } from './item';

/** How many results the user wants of a Get Many: Infinity with Return All. */
export function limitOf(item: Item): number {
	if (item.flag('returnAll', false)) return Infinity;
	return Math.max(1, Math.floor(item.number('limit', 50)));
}

/** The results the user wants (Return All, Limit). */
export function limited<T>(item: Item, results: T[]): T[] {
	const limit = limitOf(item);
	return results.length > limit ? results.slice(0, limit) : results;
}
