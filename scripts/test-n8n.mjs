/**
 * `npm run test:n8n`: the end-to-end tests in the real n8n, in regular and in queue mode, and in the
 * browser. Installs n8n if it is missing. What follows `--` goes to jest.
 */
import { buildAndPack } from './build.mjs';
import { installN8n, installProject } from './install.mjs';
import { PlainError, runScript } from './progress.mjs';
import { jest, noteFailures } from './results.mjs';

await runScript(async () => {
	// one failure until jest says better: it may never come to its tests
	await noteFailures('n8n', 1);
	await installProject();
	const tarball = await buildAndPack();
	await installN8n();
	process.env.PACKAGE_TARBALL = tarball;
	const forJest = ['--config', 'jest.n8n.config.js', '--runInBand', ...process.argv.slice(2)];
	console.log('');
	if (!(await jest('n8n', forJest))) throw new PlainError('Failed: end-to-end tests');
});
