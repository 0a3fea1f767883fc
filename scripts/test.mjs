/**
 * `npm test`: installs what is missing, builds, and runs every check and test that needs no n8n
 * server. What follows `--` goes to jest, and then only the tests run.
 */
import { buildAndPack, buildPackages } from './build.mjs';
import { objectionsToPackages, officialGate, selfContained } from './checks.mjs';
import { CommandFailed, node } from './command.mjs';
import { installProject } from './install.mjs';
import { PlainError, runScript, step } from './progress.mjs';
import { jest, noteFailures } from './results.mjs';

await runScript(async () => {
	const forJest = process.argv.slice(2);
	// one failure until jest says better: it may never come to its tests
	await noteFailures('unit', 1);
	await installProject();
	const tarball = await buildAndPack();
	const failed = forJest.length > 0 ? [] : await runChecks(tarball);
	await noteFailures('checks', failed.length);
	console.log('');
	if (!(await jest('unit', ['--config', 'jest.config.js', ...forJest]))) failed.push('Tests');
	if (failed.length > 0) throw new PlainError(`Failed: ${failed.join(', ')}`);
});

/** Runs all of them, also after one has failed, and returns the names of those that did. */
async function runChecks(tarball) {
	const packages = await buildPackages();
	const checks = {
		'Checking types': () => node('typescript/bin/tsc', ['--noEmit']),
		'Linting as n8n does': () => node('@n8n/node-cli/bin/n8n-node.mjs', ['lint']),
		'Looking for slow regular expressions': slowExpressions,
		'Checking the format': () => node('prettier/bin/prettier.cjs', ['--check', '.']),
		"n8n's gate for community packages": () => objections(officialGate(tarball)),
		'The tarball needs nothing installed': () => objections(selfContained(tarball)),
		'The same for the packages of one provider each': () =>
			objections(objectionsToPackages(packages)),
	};
	const failed = [];
	for (const [title, check] of Object.entries(checks)) {
		try {
			await step(title, check);
		} catch (error) {
			if (!(error instanceof CommandFailed)) throw error;
			console.log(error.output.trimEnd().replace(/^/gm, '    '));
			failed.push(title);
		}
	}
	return failed;
}

/** Beside the lint of n8n, whose configuration has to stay as it is. */
async function slowExpressions() {
	const alone = ['--no-config-lookup', '--quiet', '--config', 'eslint.regexp.mjs'];
	await node('eslint/bin/eslint.js', [...alone, 'nodes', 'credentials', 'sandbox']);
}

async function objections(found) {
	const text = await found;
	if (text) throw new CommandFailed('check', text);
}
