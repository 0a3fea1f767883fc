/**
 * `npm test`: installs missing packages, builds, and runs every check and test that needs no n8n
 * server. With arguments it runs only those tests, without checks or a build: `npm test --
 * test/shared/http`.
 */
import { join } from 'node:path';

import { buildAndPack, buildPackages } from './build.mjs';
import { checkPackages, checkSelfContained, reviewPackage } from './checks.mjs';
import { CommandFailed, node, work } from './command.mjs';
import { installProject } from './install.mjs';
import { duration, PlainError, runScript } from './progress.mjs';
import { jest, noteFailures } from './results.mjs';

const tests = process.argv.slice(2);

/** Options that make a second run check only changed files. */
const cache = (name) => ['--cache', '--cache-location', join(work, 'cache', name)];
const cacheOfTypes = () => ['--incremental', '--tsBuildInfoFile', join(work, 'cache/types')];

await runScript(async () => {
	// counts as a failure until jest writes its results
	await noteFailures('unit', 1);
	await installProject();
	if (tests.length > 0) {
		await noteFailures('checks', 0);
		if (!(await runJest())) throw new PlainError('Failed: Tests');
		return;
	}
	const tarball = await buildAndPack();
	// the checks run in parallel, because the tests spend much of their time waiting
	const checks = runChecks(tarball);
	console.log('');
	const failed = (await runJest()) ? [] : ['Tests'];
	for (const { title, ms, problems } of await checks) {
		console.log(`${problems === undefined ? '✔' : '✘'} ${title} (${duration(ms)})`);
		if (problems === undefined) continue;
		console.log(problems.trimEnd().replace(/^/gm, '    '));
		failed.push(title);
	}
	await noteFailures('checks', failed.filter((title) => title !== 'Tests').length);
	if (failed.length > 0) throw new PlainError(`Failed: ${failed.join(', ')}`);
});

async function runJest() {
	return await jest('unit', ['--config', 'jest.config.js', ...tests]);
}

/** Runs all checks one after the other, even after a failure. */
async function runChecks(tarball) {
	await noteFailures('checks', 1);
	const checks = {
		'Checking types': () => node('typescript/bin/tsc', ['--noEmit', ...cacheOfTypes()]),
		"Linting with n8n's rules": () => node('@n8n/node-cli/bin/n8n-node.mjs', ['lint']),
		"Linting with the project's rules": lintOwnRules,
		'Checking the format': () =>
			node('prettier/bin/prettier.cjs', ['--check', ...cache('prettier'), '.']),
		"n8n's review of community packages": () => failOnProblems(reviewPackage(tarball)),
		'The package is self-contained': () => failOnProblems(checkSelfContained(tarball)),
		'The same for the packages of single providers': async () =>
			await failOnProblems(checkPackages(await buildPackages())),
	};
	const results = [];
	for (const [title, check] of Object.entries(checks)) {
		const started = Date.now();
		const problems = await problemsOf(check);
		results.push({ title, ms: Date.now() - started, problems });
	}
	return results;
}

/** Returns the problems that a check finds, or undefined if it passes. */
async function problemsOf(check) {
	try {
		await check();
		return undefined;
	} catch (error) {
		if (error instanceof CommandFailed) return error.output;
		return error instanceof PlainError ? `${error.message}\n${error.details ?? ''}` : String(error);
	}
}

async function lintOwnRules() {
	const options = [
		'--no-config-lookup',
		'--quiet',
		'--config',
		'eslint.own.mjs',
		...cache('eslint'),
	];
	const files = ['nodes', 'credentials', 'sandbox', 'package.json'];
	await node('eslint/bin/eslint.js', [...options, ...files]);
}

/** @throws {CommandFailed} if there are problems */
async function failOnProblems(problems) {
	const text = await problems;
	if (text) throw new CommandFailed('check', text);
}
