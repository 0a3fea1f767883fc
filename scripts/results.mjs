/** Runs jest and stores its counts, so that `.ci/run` can add them up. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { CommandFailed, node, work } from './command.mjs';

const folder = join(work, 'results');
const fileOf = (name) => join(folder, `${name}.json`);

/**
 * Records failures outside jest: of checks, or of a run that did not get to its tests.
 * @param {string} name
 * @param {number} count
 */
export async function noteFailures(name, count) {
	await mkdir(folder, { recursive: true });
	await writeFile(fileOf(name), JSON.stringify({ numPassedTests: 0, numFailedTests: count }));
}

/**
 * @param {string} name of this run
 * @param {string[]} args
 * @returns {Promise<boolean>} whether all tests passed
 */
export async function jest(name, args) {
	try {
		await node('jest/bin/jest.js', [...args, '--json', `--outputFile=${fileOf(name)}`], {
			show: true,
		});
		return true;
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return false;
	}
}

/** @returns {Promise<{ passed: number, failed: number }>} the totals of all runs */
export async function sum() {
	const total = { passed: 0, failed: 0 };
	const names = existsSync(folder) ? await readdir(folder) : [];
	for (const name of names) {
		const run = JSON.parse(await readFile(join(folder, name), 'utf8'));
		total.passed += run.numPassedTests;
		// a test file that cannot be loaded has no failed tests
		total.failed += run.numFailedTests + (run.numRuntimeErrorTestSuites ?? 0);
	}
	return total;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { passed, failed } = await sum();
	console.log(`${passed} passed, ${failed} failed`);
	process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
