/**
 * `npm run test:mutation [-- <files>]`: puts small faults into nodes/ one by one and counts which
 * of them no test notices. The report is in .work/mutation. All of it takes hours; what was
 * measured before and has not changed is taken over.
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
		throw new PlainError('The mutation tests did not run to their end.');
	});
});
