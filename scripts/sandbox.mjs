/**
 * `npm run sandbox`: bundles the sandbox and runs it until it is told to stop.
 * SANDBOX_PORT sets the port, 5690 unless told otherwise.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { project, work } from './command.mjs';
import { installProject } from './install.mjs';
import { runScript } from './progress.mjs';

await runScript(async () => {
	await installProject();
	// only now it is certain to be there
	const { build } = await import('esbuild');
	const outfile = join(work, 'sandbox.cjs');

	await build({
		entryPoints: [join(project, 'sandbox/main.ts')],
		outfile,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		packages: 'external',
		// a stack trace then names the source
		sourcemap: 'inline',
		logLevel: 'warning',
	});

	const sandbox = spawn(process.execPath, ['--enable-source-maps', outfile], {
		cwd: project,
		stdio: 'inherit',
	});
	for (const signal of ['SIGINT', 'SIGTERM']) {
		// the sandbox ends by itself and takes this process along
		process.on(signal, () => sandbox.kill(signal));
	}
	sandbox.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
});
