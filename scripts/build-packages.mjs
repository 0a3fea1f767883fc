/**
 * `npm run build:packages`: cuts the packages of one provider each, and puts each through the checks
 * that the whole one goes through.
 */
import { buildPackages } from './build.mjs';
import { objectionsToPackages } from './checks.mjs';
import { installProject } from './install.mjs';
import { PlainError, runScript, step } from './progress.mjs';

await runScript(async () => {
	await installProject();
	const tarballs = await buildPackages();
	const wrong = await step("n8n's gate for each of them", () => objectionsToPackages(tarballs));
	if (wrong) throw new PlainError('They would be refused.', wrong);
	console.log(tarballs.join('\n'));
});
