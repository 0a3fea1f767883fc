/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, not a node */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULE = pathToFileURL(join(__dirname, '../../sandbox/n8n/endWithUs.mjs')).href;

/** A process that starts another one, in a group of its own, which says that it is up. */
function startTwo(inner: string) {
	const outer = `
		import { spawn } from 'node:child_process';
		import { endWithUs } from ${JSON.stringify(MODULE)};
		const stdio = ['ignore', 'inherit', 'inherit'];
		endWithUs(spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { detached: true, stdio }));
	`;
	const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
	return spawn(process.execPath, ['--input-type=module', '-e', outer], { stdio });
}

// if it stays, the test ends without it, and it ends some time later
const STAYS = 'console.log("up"); setTimeout(() => {}, 60_000)';

it.each<NodeJS.Signals>(['SIGKILL', 'SIGINT', 'SIGTERM'])(
	'what it has started ends with a process that gets %s',
	async (signal) => {
		const outer = startTwo(STAYS);
		await once(outer.stdout, 'data');
		outer.kill(signal);
		// the output is open as long as one of them lives
		await once(outer, 'close');
		expect(outer.signalCode).toBe(signal);
	},
);

it('a process ends by itself where what it has started has ended', async () => {
	const outer = startTwo('console.log("up")');
	await once(outer, 'close');
	expect(outer.exitCode).toBe(0);
});
