import { createHash } from 'node:crypto';
import type { Clock } from '../clock';
import type { NamirialSettings } from './settings';

/** `drop` looks like success and sends nothing; `refuse` is code 60. */
export type FloodVerdict = 'pass' | 'drop' | 'refuse';

/** Anti-flooding by number, whatever the account: docs/providers/namirial.md 5.2. */
export class Flooding {
	/** When each was counted, on the sandbox's clock. */
	private readonly counted = new Map<string, number[]>();

	constructor(
		private readonly clock: Clock,
		private readonly settings: NamirialSettings,
	) {}

	/** Judges a message, and counts it where it passes. */
	judge(number: string, text: string, upstream: string): FloodVerdict {
		const { duplicateLimit, volumeLimit, floodCounts } = this.settings;
		const same = `${number} ${upstream} ${createHash('sha256').update(text).digest('hex')}`;
		const verdict = this.isFull(same, duplicateLimit)
			? 'drop'
			: this.isFull(number, volumeLimit)
				? 'refuse'
				: 'pass';
		if (verdict === 'pass' || floodCounts === 'all') {
			for (const key of [same, number]) this.counted.get(key)!.push(this.clock.now());
		}
		return verdict;
	}

	clear(): void {
		this.counted.clear();
	}

	private isFull(key: string, limit: number): boolean {
		const start = this.clock.now() - this.settings.floodWindowMs;
		const within = (this.counted.get(key) ?? []).filter((time) => time > start);
		this.counted.set(key, within);
		return within.length >= limit;
	}
}
