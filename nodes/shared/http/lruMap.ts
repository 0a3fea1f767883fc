/**
 * A map with a limited number of entries. Reading or writing an entry makes it the most recently
 * used. If there are too many entries, the least recently used is evicted.
 */
export class LruMap<V> {
	private readonly entries = new Map<string, V>();

	constructor(
		private readonly maxEntries: number,
		private readonly onEvict?: (value: V) => void,
	) {}

	get(key: string): V | undefined {
		const value = this.entries.get(key);
		if (value !== undefined) this.set(key, value);
		return value;
	}

	set(key: string, value: V): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		if (this.entries.size <= this.maxEntries) return;
		const [[oldest, evicted]] = this.entries;
		this.entries.delete(oldest);
		this.onEvict?.(evicted);
	}

	has(key: string): boolean {
		return this.entries.has(key);
	}

	delete(key: string): void {
		this.entries.delete(key);
	}

	values(): Iterable<V> {
		return this.entries.values();
	}
}
