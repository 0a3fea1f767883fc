/**
 * What `npm run test:mutation` does: small faults are put into nodes/ one by one, and each has to
 * make a test fail. Tests that look at the sources themselves, or at what is built, stay out.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The shared part, and of each provider what reads, classifies and calls. */
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
			'test/{Cdyne,Namirial,Skycore,Wooxy}/**/*.test.ts',
			'test/shared/**/!(house|tables|capabilities|host).test.ts',
			// the others take seconds for each fault
			'test/engine/!(neverTwice|faults|credentialTests|cdyneTrigger|namirial|waitUntilFinal|textsPerRequest).test.ts',
		],
	},
	// the faults of a sample: the others count as ones that do not compile
	plugins: ['@stryker-mutator/*', './test/mutation/sample.mjs'],
	checkers: process.env.MUTATION_SAMPLE ? ['sample'] : [],
	// words for people may change without a test
	mutator: { excludedMutations: ['StringLiteral'] },
	coverageAnalysis: 'perTest',
	ignoreStatic: true,
	incremental: !process.env.MUTATION_SAMPLE,
	incrementalFile: '.work/mutation/incremental.json',
	// outside, or the lint and jest of the project would find it
	tempDirName: join(tmpdir(), 'mutation-sandbox'),
	ignorePatterns: ['sandbox/n8n/{node_modules,hosts}', 'bench', 'docs', '.work'],
	reporters: ['clear-text', 'json', 'html', 'progress'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	jsonReporter: { fileName: '.work/mutation/report.json' },
	htmlReporter: { fileName: '.work/mutation/report.html' },
	timeoutMS: 40_000,
	concurrency: 5,
};
