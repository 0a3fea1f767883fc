/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFileSync } from 'fs';
import { join } from 'path';
import { CHANGES } from './changes.mjs';
import type { Found } from './check';
import { findViolation, LIMIT_MS } from './check';
import { KNOWN_FAULTS } from './knownFaults';
import { MODELS } from './providers';
import { findWaitViolation } from './waits/check';
import { KNOWN_WAIT_FAULTS } from './waits/knownFaults';

/**
 * After how many histories each known fault is found: the median of three seeds. In nodes without
 * the faults, only whether each can be put back (`npm run test:simulation -- --faults` does).
 */

const SEEDS = [11, 12, 13];
const HISTORIES = 2_000;

type Search = (seed: number) => Promise<Found | undefined>;

interface Change {
	file: string;
	from: string;
	to: string;
}

const changes: Record<string, Change[]> = CHANGES;

const searches: Array<[string, string, Search]> = [
	...KNOWN_FAULTS.map(({ title, provider, focus, invariants }): [string, string, Search] => [
		title,
		provider,
		async (seed) =>
			await findViolation(MODELS[provider], {
				focus,
				invariants,
				seed,
				histories: HISTORIES,
				shrinks: false,
			}),
	]),
	...KNOWN_WAIT_FAULTS.map(({ title, focus }): [string, string, Search] => [
		title,
		'cdyne waits',
		async (seed) =>
			await findWaitViolation({
				provider: 'cdyne',
				focus,
				seed,
				histories: HISTORIES,
				shrinks: false,
			}),
	]),
];

const titles = [...new Set(searches.map(([title]) => title))];

if (process.env.SIMULATION_FAULTS) {
	it.each(searches)(
		'%s (%s)',
		async (title, provider, search) => {
			const counts: number[] = [];
			for (const seed of SEEDS) counts.push((await search(seed))?.histories ?? Infinity);
			const [, median] = counts.sort((a, b) => a - b);
			process.stderr.write(`${median} histories (${counts.join(', ')}), ${provider}: ${title}\n`);
			expect(median).toBeLessThan(Infinity);
		},
		LIMIT_MS,
	);
} else {
	it('all known faults can be put back', () => {
		expect(Object.keys(CHANGES).sort()).toEqual([...titles].sort());
	});

	it.each(titles)('%s', (title) => {
		for (const { file, from, to } of changes[title]) {
			const parts = readFileSync(join(__dirname, '../..', file), 'utf8').split(from);
			expect({ file, from, times: parts.length - 1 }).toEqual({ file, from, times: 1 });
			expect(to).not.toBe(from);
		}
	});
}
