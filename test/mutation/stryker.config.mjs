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
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: true },
	coverageAnalysis: 'perTest',
	ignoreStatic: true,
	incremental: true,
	incrementalFile: '.work/mutation/incremental.json',
	// outside, or the lint and jest of the project would find it
	tempDirName: join(tmpdir(), 'mutation-sandbox'),
	ignorePatterns: ['sandbox/n8n', 'dist', 'bench', 'docs', '.work', 'test/n8n', 'test/browser'],
	reporters: ['clear-text', 'json', 'html', 'progress'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	jsonReporter: { fileName: '.work/mutation/report.json' },
	htmlReporter: { fileName: '.work/mutation/report.html' },
	timeoutMS: 10_000,
	concurrency: 2,
};
