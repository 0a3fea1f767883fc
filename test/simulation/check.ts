/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import fc from 'fast-check';
import type { Focus } from './arbitrary';
import { historyArbitrary, quirksOf } from './arbitrary';
import { describeHistory } from './history';
import type { History } from './history';
import type { InvariantName } from './invariants';
import { violations } from './invariants';
import type { ProviderModel } from './providers/model';
import { simulate } from './simulate';

/** Looks for a history that violates an invariant. */

/** The number of histories: few in `npm test`, many in `npm run test:simulation`. */
export const HISTORIES = Number(process.env.SIMULATION_HISTORIES || 300);
export const SEED = Number(process.env.SIMULATION_SEED || 1);

/** Repeats one history instead: the path that a report names. */
export const PATH = process.env.SIMULATION_PATH || undefined;

/** Milliseconds for one test; thousands of histories take minutes. */
export const LIMIT_MS = 3_600_000;

/** Violations of one history that a report shows. */
const MAX_SHOWN = 5;

/** A violation, with everything that is needed to see it again. */
export interface Found {
	/** The histories until the violation. */
	histories: number;
	report: string;
}

interface Search {
	focus?: Focus;
	/** By default all. */
	invariants?: InvariantName[];
	histories?: number;
	seed?: number;
	/** The path of a history that fast-check printed. */
	path?: string;
	/** Whether to look for a small history. */
	shrinks?: boolean;
}

/** The command that runs a history of the current test again. */
export function commandFor(name: string, seed: number, path: string | null): string {
	const { currentTestName } = expect.getState();
	return `npm run test:simulation -- --provider ${name} --seed ${seed} --path ${path} -t '${currentTestName}'`;
}

/** @returns the first violation, or undefined if no history has one */
export async function findViolation(
	model: ProviderModel,
	{ focus = {}, invariants, histories = HISTORIES, seed = SEED, path, shrinks = true }: Search = {},
): Promise<Found | undefined> {
	const quirks = quirksOf(model, focus);
	const seen = new WeakMap<History, string[]>();
	const faultsOf = async (history: History) => {
		const operation = model.operations[history.operation];
		const faults = violations(await simulate(model, operation, history, quirks), invariants);
		seen.set(history, faults);
		return faults;
	};
	const result = await fc.check(
		fc.asyncProperty(
			historyArbitrary(model, focus),
			async (history) => (await faultsOf(history)).length === 0,
		),
		{ numRuns: histories, seed, path, endOnFailure: !shrinks },
	);
	if (!result.failed) return undefined;
	const [history] = result.counterexample ?? [];
	if (!history) throw new Error('The search failed', { cause: result.errorInstance });
	const lines = [
		`After ${result.numRuns} histories. To run it again:`,
		commandFor(model.name, seed, result.counterexamplePath),
		describeHistory(history, model.operations[history.operation].name, quirks),
		...(seen.get(history) ?? []).slice(0, MAX_SHOWN).map((text) => `✘ ${text}`),
	];
	return { histories: result.numRuns, report: lines.join('\n') };
}
