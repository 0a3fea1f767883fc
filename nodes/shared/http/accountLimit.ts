import { createHash } from 'crypto';
import pLimit from 'p-limit';
import { LruMap } from './lruMap';

type Limit = ReturnType<typeof pLimit>;

const limits = new LruMap<Limit>(1_000);

/**
 * The limiter that all runs in this process share for an account, since a provider's limit on
 * requests in flight applies to the account and not to a run.
 *
 * @param account identifies the account, such as a URL and a key
 */
export function accountLimit(account: string[], maxInFlight: number): Limit {
	const text = JSON.stringify([...account, maxInFlight]);
	const key = createHash('sha256').update(text).digest('hex');
	const limit = limits.get(key) ?? pLimit(maxInFlight);
	limits.set(key, limit);
	return limit;
}
