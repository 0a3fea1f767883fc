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

/** Tests with many processes or a high load, which run alone. Two of the others run at a time. */
const ALONE = ['campaignExample', 'chaos', 'composeFile', 'manyWaiting', 'soak'];

const fileOf = (name) => `test/n8n/${name}.test`;

const chosen = process.argv.slice(2);

/** The runs of jest: the name of the results of each, and its arguments. */
function runs() {
	const results = `n8n-${n8nVersion}`;
	const alone = '--runInBand';
	const twoAtATime = '--maxWorkers=2';
	if (chosen.length > 0) return [[results, [alone, ...chosen]]];
	if (!isPinned) return [[results, [twoAtATime, ...CORE.map(fileOf)]]];
	const others = ['--testPathIgnorePatterns', '/node_modules/', ...ALONE.map(fileOf)];
	return [
		[results, [twoAtATime, ...others]],
		[`${results}-alone`, [alone, ...ALONE.map(fileOf)]],
	];
}

await runScript(async () => {
	const planned = runs();
	// counts as a failure until jest writes its results
	for (const [results] of planned) await noteFailures(results, 1);
	await installProject();
	const tarball = await buildAndPack();
	await installN8n();
	process.env.PACKAGE_TARBALL = tarball;
	const isComplete = isPinned && chosen.length === 0;
	if (isComplete || chosen.some((test) => test.includes('packages'))) {
		process.env.PACKAGES_OF_ONE = (await buildPackages()).join(delimiter);
	}
	console.log('');
	let hasPassed = true;
	for (const [results, args] of planned) {
		hasPassed = (await jest(results, ['--config', 'jest.n8n.config.js', ...args])) && hasPassed;
	}
	if (!hasPassed) throw new PlainError('Failed: end-to-end tests');
});
