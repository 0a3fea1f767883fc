import { createHash } from 'crypto';
import { LruMap } from './lruMap';
import { sleepOrCancel } from './sleep';

/** How long an account stays slow after its last turn. */
const MEMORY_MS = 60_000;

/** Requests do not take the same time to arrive. */
const MARGIN = 1.05;

/**
 * The distance between the requests of an account: none until the provider names a pause. From then
 * on, all runs of this process take turns, because one pause for several requests would only make
 * them come together again.
 */
export class AccountPace {
	private intervalMs = 0;

	/** Epoch milliseconds of the next free turn. */
	private nextAt = 0;

	/** The provider accepts one request in this time. */
	slowTo(intervalMs: number): void {
		this.intervalMs = intervalMs * MARGIN;
		this.nextAt = Math.max(this.nextAt, Date.now() + this.intervalMs);
	}

	/** Waits until the next request may begin. @throws Failure if the execution is cancelled */
	async turn(cancel?: AbortSignal): Promise<void> {
		const now = Date.now();
		if (now > this.nextAt + MEMORY_MS) this.intervalMs = 0;
		if (this.intervalMs === 0) return;
		const at = Math.max(now, this.nextAt);
		this.nextAt = at + this.intervalMs;
		await sleepOrCancel(at - now, cancel);
	}
}

const paces = new LruMap<AccountPace>(1_000);

/**
 * The pace that all runs in this process share for an account.
 *
 * @param account identifies the account, such as a URL and a key
 */
export function accountPace(account: string[]): AccountPace {
	const key = createHash('sha256').update(JSON.stringify(account)).digest('hex');
	const pace = paces.get(key) ?? new AccountPace();
	paces.set(key, pace);
	return pace;
}
