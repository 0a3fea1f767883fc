/**
 * `npm run test:n8n`: the end-to-end tests in the real n8n, in regular and in queue mode, and in the
 * browser; in another host than the pinned one the core set of them. Installs n8n if it is missing.
 * What follows `--` goes to jest.
 */
import { delimiter } from 'node:path';

import { isPinned, n8nVersion } from '../sandbox/n8n/instance.mjs';
import { buildAndPack, buildPackages } from './build.mjs';
import { installN8n, installProject } from './install.mjs';
import { PlainError, runScript } from './progress.mjs';
import { jest, noteFailures } from './results.mjs';

/** Every operation, trigger, wait and credential test; what is new in a host shows there. */
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
	// one failure until jest says better: it may never come to its tests
	await noteFailures(results, 1);
	await installProject();
	const tarball = await buildAndPack();
	await installN8n();
	process.env.PACKAGE_TARBALL = tarball;
	if (tests.length === 0 || tests.some((test) => test.includes('packages'))) {
		process.env.PACKAGES_OF_ONE = (await buildPackages()).join(delimiter);
	}
	const forJest = ['--config', 'jest.n8n.config.js', '--runInBand', ...tests];
	console.log('');
	if (!(await jest(results, forJest))) throw new PlainError('Failed: end-to-end tests');
});
