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

/** What is searched, and how. */
export interface SearchOptions {
	histories?: number;
	seed?: number;
	/** The path of a history that fast-check printed. */
	path?: string;
	/** Whether to look for a small history. */
	shrinks?: boolean;
}

interface Search<H extends object> {
	/** The value of `--provider`. */
	name: string;
	arbitrary: fc.Arbitrary<H>;
	/** Runs a history. @returns what is wrong in it */
	faultsOf(history: H): Promise<string[]>;
	describe(history: H): string;
}

/** @returns the first history with a fault, or undefined if none has one */
export async function findFault<H extends object>(
	{ name, arbitrary, faultsOf, describe }: Search<H>,
	{ histories = HISTORIES, seed = SEED, path, shrinks = true }: SearchOptions,
): Promise<Found | undefined> {
	const seen = new WeakMap<H, string[]>();
	const isRight = async (history: H) => {
		const faults = await faultsOf(history);
		seen.set(history, faults);
		return faults.length === 0;
	};
	const result = await fc.check(fc.asyncProperty(arbitrary, isRight), {
		numRuns: histories,
		seed,
		path,
		endOnFailure: !shrinks,
	});
	if (!result.failed) return undefined;
	const [history] = result.counterexample ?? [];
	if (!history) throw new Error('The search failed', { cause: result.errorInstance });
	const { currentTestName } = expect.getState();
	const lines = [
		`After ${result.numRuns} histories. To run it again:`,
		`npm run test:simulation -- --provider ${name} --seed ${seed} --path ${result.counterexamplePath} -t '${currentTestName}'`,
		describe(history),
		...(seen.get(history) ?? []).slice(0, MAX_SHOWN).map((text) => `✘ ${text}`),
	];
	return { histories: result.numRuns, report: lines.join('\n') };
}

interface SendOptions extends SearchOptions {
	focus?: Focus;
	/** By default all. */
	invariants?: InvariantName[];
}

/** Looks for a history of sends that violates an invariant. */
export async function findViolation(
	model: ProviderModel,
	{ focus = {}, invariants, ...options }: SendOptions = {},
): Promise<Found | undefined> {
	const quirks = quirksOf(model, focus);
	const search: Search<History> = {
		name: model.name,
		arbitrary: historyArbitrary(model, focus),
		faultsOf: async (history) => {
			const operation = model.operations[history.operation];
			return violations(await simulate(model, operation, history, quirks), invariants);
		},
		describe: (history) =>
			describeHistory(history, model.operations[history.operation].name, quirks),
	};
	return await findFault(search, options);
}
