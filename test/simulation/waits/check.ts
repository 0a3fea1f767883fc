import { findFault } from '../check';
import type { Found, SearchOptions } from '../check';
import type { WaitHistory } from './history';
import { describeWait, waitArbitrary } from './history';
import { waitViolations } from './invariants';
import { simulateWait } from './simulate';

interface WaitOptions extends SearchOptions {
	provider: WaitHistory['provider'];
	/** Restricts the histories. */
	focus?: (history: WaitHistory) => WaitHistory;
}

/** Looks for a wait that violates an invariant. @returns the first one, or undefined */
export async function findWaitViolation({
	provider,
	focus = (history) => history,
	...options
}: WaitOptions): Promise<Found | undefined> {
	const search = {
		name: `waits/${provider}`,
		arbitrary: waitArbitrary(provider).map(focus),
		faultsOf: async (history: WaitHistory) => waitViolations(await simulateWait(history)),
		describe: describeWait,
	};
	return await findFault(search, options);
}
