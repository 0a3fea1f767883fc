/**
 * What stands in a process group of its own is out of reach of Ctrl-C, and of whatever else ends this
 * process: it would stay behind.
 */
import { spawn } from 'node:child_process';

/**
 * Ends a process group as soon as this process is gone, however it went: a shell waits for the end of
 * a pipe that this process alone holds.
 * @param {import('node:child_process').ChildProcess} leader of the group, started with `detached`
 */
export function endWithUs(leader) {
	// there are no groups there
	if (process.platform === 'win32' || leader.pid === undefined) return;
	const waits = spawn('/bin/sh', ['-c', `read _; kill -s KILL -- -${leader.pid}`], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	// this process does not stay for it
	waits.unref();
	waits.stdin.unref();
	leader.once('exit', () => waits.kill('SIGKILL'));
}
