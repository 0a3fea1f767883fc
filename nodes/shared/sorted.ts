/**
 * The entries of a menu by what people read. The labels are our own, in English: comparing them as
 * plain text spares n8n's start what the rules of all languages cost to load.
 */
export function sorted<T>(entries: readonly T[], labelOf: (entry: T) => string): T[] {
	const keyed = entries.map((entry) => ({ entry, key: labelOf(entry).toLowerCase() }));
	return keyed
		.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
		.map(({ entry }) => entry);
}
