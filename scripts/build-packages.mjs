/**
 * `npm run build:packages`: builds a package for each provider, and runs the same checks on each as
 * on the complete package.
 */
import { buildPackages } from './build.mjs';
import { checkPackages } from './checks.mjs';
import { installProject } from './install.mjs';
import { PlainError, runScript, step } from './progress.mjs';

await runScript(async () => {
	await installProject();
	const tarballs = await buildPackages();
	const problems = await step("n8n's review of each package", () => checkPackages(tarballs));
	if (problems) throw new PlainError('n8n would reject these packages.', problems);
	console.log(tarballs.join('\n'));
});
