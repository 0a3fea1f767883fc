/**
 * `npm run test:mutation [-- <files>]`: mutation testing of nodes/, which counts the code changes
 * that no test detects. The report is in .work/mutation. A complete run takes hours; results of
 * unchanged code are reused.
 */
import { join } from 'node:path';

import { command, project } from './command.mjs';
import { installMutation, installProject } from './install.mjs';
import { PlainError, runScript } from './progress.mjs';

const STRYKER = 'test/mutation/node_modules/@stryker-mutator/core/bin/stryker.js';
const CONFIG = 'test/mutation/stryker.config.mjs';

await runScript(async () => {
	const files = process.argv.slice(2);
	await installProject();
	await installMutation();
	const only = files.length > 0 ? ['--mutate', files.join(',')] : [];
	await command(process.execPath, [join(project, STRYKER), 'run', CONFIG, ...only], {
		show: true,
	}).catch(() => {
		throw new PlainError('The mutation tests did not finish.');
	});
});
