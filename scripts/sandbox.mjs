/**
 * `npm run sandbox`: bundles the sandbox and runs it until it is stopped.
 * SANDBOX_PORT sets the port; the default is 5690.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { project, work } from './command.mjs';
import { installProject } from './install.mjs';
import { runScript } from './progress.mjs';

await runScript(async () => {
	await installProject();
	// imported here, because it is only installed now
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
		// for source files in stack traces
		sourcemap: 'inline',
		logLevel: 'warning',
	});

	const sandbox = spawn(process.execPath, ['--enable-source-maps', outfile], {
		cwd: project,
		stdio: 'inherit',
	});
	for (const signal of ['SIGINT', 'SIGTERM']) {
		// the exit of the sandbox ends this process
		process.on(signal, () => sandbox.kill(signal));
	}
	sandbox.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
});
