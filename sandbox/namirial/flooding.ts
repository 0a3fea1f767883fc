import { createHash } from 'node:crypto';
import type { Clock } from '../clock';
import type { NamirialSettings } from './settings';

/** `drop` responds with success but sends nothing; `reject` is code 60. */
export type FloodVerdict = 'pass' | 'drop' | 'reject';

/** Anti-flooding per number, across accounts: docs/providers/namirial.md 5.2. */
export class Flooding {
	/** The times of counted messages, on the sandbox's clock. */
	private readonly counted = new Map<string, number[]>();

	constructor(
		private readonly clock: Clock,
		private readonly settings: NamirialSettings,
	) {}

	/** Checks a message, and counts it if it passes. */
	check(number: string, text: string, upstream: string): FloodVerdict {
		const { duplicateLimit, volumeLimit, floodCounts } = this.settings;
		const duplicateKey = `${number} ${upstream} ${createHash('sha256').update(text).digest('hex')}`;
		const verdict = this.isFull(duplicateKey, duplicateLimit)
			? 'drop'
			: this.isFull(number, volumeLimit)
				? 'reject'
				: 'pass';
		if (verdict === 'pass' || floodCounts === 'all') {
			for (const key of [duplicateKey, number]) this.counted.get(key)!.push(this.clock.now());
		}
		return verdict;
	}

	clear(): void {
		this.counted.clear();
	}

	private isFull(key: string, limit: number): boolean {
		const start = this.clock.now() - this.settings.floodWindowMs;
		const recent = (this.counted.get(key) ?? []).filter((time) => time > start);
		this.counted.set(key, recent);
		return recent.length >= limit;
	}
}
