import { createHash } from 'crypto';
import pLimit from 'p-limit';
import { dropOldest } from './oldest';

/** A provider's limit on requests in flight counts for an account, whatever runs use it. */

const limits = new Map<string, ReturnType<typeof pLimit>>();
const MOST_LIMITS = 1_000;

/**
 * The limiter that all runs of this process share for an account.
 *
 * @param account tells accounts apart, such as an address and a key
 * @param most requests in flight
 */
export function sharedLimit(account: string[], most: number): ReturnType<typeof pLimit> {
	const name = createHash('sha256')
		.update(JSON.stringify([...account, most]))
		.digest('hex');
	const limit = limits.get(name) ?? pLimit(most);
	limits.delete(name);
	limits.set(name, limit);
	dropOldest(limits, MOST_LIMITS);
	return limit;
}
