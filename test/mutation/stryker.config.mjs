/**
 * Configuration of `npm run test:mutation`: small changes are made in nodes/ one by one, and each
 * must make a test fail. Tests that check the sources or the build are excluded.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVIDERS } from '../../scripts/providers.mjs';

/** The shared sources, and the parts of each provider that read, classify and make requests. */
export const MUTATED = [
	'nodes/shared/**/*.ts',
	'nodes/*/{codes,number,postback,wire,events,receipts}.ts',
	'nodes/*/api/**/*.ts',
];

export default {
	mutate: MUTATED,
	testRunner: 'mocha',
	mochaOptions: {
		'no-config': true,
		'no-package': true,
		require: ['./test/mutation/setup.cjs'],
		spec: [
			...PROVIDERS.map(({ folder }) => `test/${folder}/**/*.test.ts`),
			'test/shared/**/!(capabilities).test.ts',
			// the excluded tests take seconds for each mutant
			'test/engine/specifications/!(neverTwice|faults|credentialTests|cdyneTrigger|namirial|waitUntilFinal|textsPerRequest).test.ts',
		],
	},
	// in a sample, mutants outside it are treated as compile errors
	plugins: ['@stryker-mutator/*', './test/mutation/sample.mjs'],
	checkers: process.env.MUTATION_SAMPLE ? ['sample'] : [],
	// texts may change without a test
	mutator: { excludedMutations: ['StringLiteral'] },
	coverageAnalysis: 'perTest',
	ignoreStatic: true,
	incremental: !process.env.MUTATION_SAMPLE,
	incrementalFile: '.work/mutation/incremental.json',
	// outside the project, so that its lint and jest do not include it
	tempDirName: join(tmpdir(), 'mutation-sandbox'),
	ignorePatterns: ['sandbox/n8n/{node_modules,hosts}', 'bench', 'docs', '.work'],
	reporters: ['clear-text', 'json', 'html', 'progress'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	jsonReporter: { fileName: '.work/mutation/report.json' },
	htmlReporter: { fileName: '.work/mutation/report.html' },
	timeoutMS: 40_000,
	concurrency: 5,
};
