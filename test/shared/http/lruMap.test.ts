import { LruMap } from '../../../nodes/shared/http/lruMap';

/** A map with these entries, each written once, and the values that it has evicted. */
function mapOf(maxEntries: number, keys: string[]) {
	const evicted: string[] = [];
	const map = new LruMap<string>(maxEntries, (value) => void evicted.push(value));
	for (const key of keys) map.set(key, `value of ${key}`);
	return { map, evicted };
}

const valuesOf = (keys: string[]) => keys.map((key) => `value of ${key}`);

it.each<[string[], number, string[], string[]]>([
	[[], 1, [], []],
	[['a'], 1, ['a'], []],
	[['a', 'b'], 2, ['a', 'b'], []],
	[['a', 'b', 'c'], 2, ['b', 'c'], ['a']],
	[['b', 'a'], 1, ['a'], ['b']],
	[['a'], 0, [], ['a']],
	[['a', 'b', 'a', 'c'], 2, ['a', 'c'], ['b']],
	[['a', 'b', 'c', 'd'], 2, ['c', 'd'], ['a', 'b']],
])('after writing %j to a map of %i, it has %j and has evicted %j', (keys, max, kept, gone) => {
	const { map, evicted } = mapOf(max, keys);
	expect([...map.values()]).toEqual(valuesOf(kept));
	expect(evicted).toEqual(valuesOf(gone));
	expect(kept.map((key) => map.has(key))).toEqual(kept.map(() => true));
	expect(gone.map((key) => map.has(key))).toEqual(gone.map(() => false));
});

it('an entry that was read is evicted last', () => {
	const { map, evicted } = mapOf(2, ['a', 'b']);
	expect(map.get('a')).toBe('value of a');
	map.set('c', 'value of c');
	expect(evicted).toEqual(['value of b']);
	expect([...map.values()]).toEqual(valuesOf(['a', 'c']));
});

it('asking whether an entry exists does not count as reading it', () => {
	const { map, evicted } = mapOf(2, ['a', 'b']);
	expect(map.has('a')).toBe(true);
	map.set('c', 'value of c');
	expect(evicted).toEqual(['value of a']);
});

it('an entry that is written again has its new value, and evicts nothing', () => {
	const { map, evicted } = mapOf(2, ['a', 'b']);
	map.set('a', 'new');
	expect(map.get('a')).toBe('new');
	expect([...map.values()]).toEqual(['value of b', 'new']);
	expect(evicted).toEqual([]);
});

it('a missing entry is undefined, and reading it changes nothing', () => {
	const { map, evicted } = mapOf(2, ['a', 'b']);
	expect(map.get('x')).toBeUndefined();
	expect(map.has('x')).toBe(false);
	expect([...map.values()]).toEqual(valuesOf(['a', 'b']));
	expect(evicted).toEqual([]);
});

it('a deleted entry is not evicted, and makes room for another', () => {
	const { map, evicted } = mapOf(2, ['a', 'b']);
	map.delete('a');
	map.delete('x');
	expect(map.has('a')).toBe(false);
	map.set('c', 'value of c');
	expect([...map.values()]).toEqual(valuesOf(['b', 'c']));
	expect(evicted).toEqual([]);
});

it('a map may evict without telling anyone', () => {
	const map = new LruMap<number>(1);
	map.set('a', 1);
	map.set('b', 2);
	expect([...map.values()]).toEqual([2]);
});
