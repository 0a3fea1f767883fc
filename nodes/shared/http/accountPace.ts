import { createHash } from 'crypto';
import { LruMap } from './lruMap';
import { Pace } from './pace';

/** How long an account stays slow after its last turn. */
const MEMORY_MS = 60_000;

/** Requests do not take the same time to arrive. */
const MARGIN = 1.05;

/**
 * When the requests and the texts of an account may go out, for all runs of this process.
 *
 * - Requests are not delayed until the provider names a pause. It holds for the account, because
 *   other requests would only be rejected as well.
 * - Texts of a sender go out at the rate that the user sets.
 */
export class AccountPace {
	private readonly requests = new Pace();

	private readonly senders = new LruMap<Pace>(1_000);

	private intervalMs = 0;

	/**
	 * From now on the provider accepts one request in this time. One pause for several requests would
	 * only make them come together again.
	 */
	slowTo(intervalMs: number): void {
		this.intervalMs = intervalMs * MARGIN;
		this.pause(this.intervalMs);
	}

	/** The provider accepts no request for this time. */
	pause(milliseconds: number): void {
		this.requests.holdUntil(Date.now() + milliseconds);
	}

	/** Whether requests need no turns. */
	get isOpen(): boolean {
		return this.intervalMs === 0 && this.requests.isFree;
	}

	/** Waits until the next request may begin. @throws Failure if the execution is cancelled */
	async turn(cancel?: AbortSignal): Promise<void> {
		const { requests } = this;
		if (Date.now() > requests.nextAt + MEMORY_MS) this.intervalMs = 0;
		await requests.turn({
			costMs: () => this.intervalMs,
			isOver: () => cancel?.aborted ?? false,
		});
	}

	/** The pace of the texts of a sender; an empty text stands for the default one. */
	textsOf(sender: string): Pace {
		const pace = this.senders.get(sender) ?? new Pace();
		this.senders.set(sender, pace);
		return pace;
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
