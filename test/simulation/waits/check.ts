import fc from 'fast-check';
import { commandFor, HISTORIES, SEED } from '../check';
import type { Found } from '../check';
import type { WaitHistory } from './history';
import { describeWait, waitArbitrary } from './history';
import { waitViolations } from './invariants';
import { simulateWait } from './simulate';

interface Search {
	provider: WaitHistory['provider'];
	/** Restricts the histories. */
	focus?: (history: WaitHistory) => WaitHistory;
	histories?: number;
	seed?: number;
	/** The path of a history that a report names. */
	path?: string;
	/** Whether to look for a small history. */
	shrinks?: boolean;
}

/** Looks for a wait that violates an invariant. @returns the first one, or undefined */
export async function findWaitViolation({
	provider,
	focus = (history) => history,
	histories = HISTORIES,
	seed = SEED,
	path,
	shrinks = true,
}: Search): Promise<Found | undefined> {
	const faultsOf = async (history: WaitHistory) => waitViolations(await simulateWait(history));
	const result = await fc.check(
		fc.asyncProperty(
			waitArbitrary(provider).map(focus),
			async (history) => (await faultsOf(history)).length === 0,
		),
		{ numRuns: histories, seed, path, endOnFailure: !shrinks },
	);
	if (!result.failed) return undefined;
	const [history] = result.counterexample ?? [];
	if (!history) throw new Error('The search failed', { cause: result.errorInstance });
	const lines = [
		`After ${result.numRuns} histories. To run it again:`,
		commandFor(`waits/${provider}`, seed, result.counterexamplePath),
		describeWait(history),
		...(await faultsOf(history)).map((text) => `✘ ${text}`),
	];
	return { histories: result.numRuns, report: lines.join('\n') };
}
