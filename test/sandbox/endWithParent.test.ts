/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, not a node */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULE = pathToFileURL(join(__dirname, '../../sandbox/n8n/endWithParent.mjs')).href;

/** Starts a process that starts another one in a separate group, which prints that it is up. */
function startNested(inner: string) {
	const outer = `
		import { spawn } from 'node:child_process';
		import { endWithParent } from ${JSON.stringify(MODULE)};
		const stdio = ['ignore', 'inherit', 'inherit'];
		endWithParent(spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { detached: true, stdio }));
	`;
	const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
	return spawn(process.execPath, ['--input-type=module', '-e', outer], { stdio });
}

// if it is not killed, it ends after a minute
const KEEPS_RUNNING = 'console.log("up"); setTimeout(() => {}, 60_000)';

it.each<NodeJS.Signals>(['SIGKILL', 'SIGINT', 'SIGTERM'])(
	'the child process ends when its parent receives %s',
	async (signal) => {
		const outer = startNested(KEEPS_RUNNING);
		await once(outer.stdout, 'data');
		outer.kill(signal);
		// the output is open until both processes have ended
		await once(outer, 'close');
		expect(outer.signalCode).toBe(signal);
	},
);

it('the parent ends when its child has ended', async () => {
	const outer = startNested('console.log("up")');
	await once(outer, 'close');
	expect(outer.exitCode).toBe(0);
});
