import { createHash } from 'node:crypto';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** The part of all faults that is tried, such as 0.1: all of them take hours. */
const share = Number(process.env.MUTATION_SAMPLE);

/** From 0 to 1, the same for a fault in each run. */
function placeOf({ fileName, location, replacement }) {
	const name = JSON.stringify([fileName.split('/nodes/').at(-1), location, replacement]);
	return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32;
}

const sample = {
	init: async () => {},
	check: async (mutants) =>
		Object.fromEntries(
			mutants.map((mutant) => {
				const isIn = placeOf(mutant) < share;
				return [
					mutant.id,
					isIn ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' },
				];
			}),
		),
	group: async (mutants) => [mutants.map(({ id }) => id)],
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Checker, 'sample', sample)];
