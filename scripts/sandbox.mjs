/**
 * `npm run sandbox`: bundles the sandbox and runs it until it is told to stop.
 * SANDBOX_PORT sets the port, 5690 unless told otherwise.
 */
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = `${root}.work/sandbox.cjs`;

await build({
	entryPoints: [`${root}sandbox/main.ts`],
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
	cwd: root,
	stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) {
	// the sandbox ends by itself and takes this process along
	process.on(signal, () => sandbox.kill(signal));
}
sandbox.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
