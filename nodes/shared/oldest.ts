/**
 * Forgets the entry that was put in first, where there are more than a memory of this process may hold.
 */
export function dropOldest(
	memory: { size: number; keys(): Iterator<string>; delete(key: string): boolean },
	most: number,
): void {
	if (memory.size > most) memory.delete(memory.keys().next().value as string);
}
