/**
 * `npm run test:n8n`: runs the end-to-end tests in n8n, in regular and queue mode, and in the
 * browser; in other versions than the pinned one only the core tests. It installs n8n if it is
 * missing. Arguments after `--` are passed to jest.
 */
import { delimiter } from 'node:path';

import { isPinned, n8nVersion } from '../sandbox/n8n/instance.mjs';
import { buildAndPack, buildPackages } from './build.mjs';
import { installN8n, installProject } from './install.mjs';
import { PlainError, runScript } from './progress.mjs';
import { jest, noteFailures } from './results.mjs';

/** Every operation, trigger, wait and credential test: these detect changes in a version of n8n. */
const CORE = [
	'operations',
	'postbacks',
	'waiting',
	'credentials',
	'cdyne',
	'copyBeside',
	'outputs',
];

const tests = process.argv.slice(2);
if (!isPinned && tests.length === 0) tests.push(...CORE.map((name) => `test/n8n/${name}.test`));
const results = `n8n-${n8nVersion}`;

await runScript(async () => {
	// counts as a failure until jest writes its results
	await noteFailures(results, 1);
	await installProject();
	const tarball = await buildAndPack();
	await installN8n();
	process.env.PACKAGE_TARBALL = tarball;
	if (tests.length === 0 || tests.some((test) => test.includes('packages'))) {
		process.env.PACKAGES_OF_ONE = (await buildPackages()).join(delimiter);
	}
	const jestArgs = ['--config', 'jest.n8n.config.js', '--runInBand', ...tests];
	console.log('');
	if (!(await jest(results, jestArgs))) throw new PlainError('Failed: end-to-end tests');
});
