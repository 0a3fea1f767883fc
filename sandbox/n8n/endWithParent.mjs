/**
 * A separate process group does not receive Ctrl-C, and would keep running when this process ends
 * for another reason.
 */
import { spawn } from 'node:child_process';

/**
 * Kills a process group when this process ends for any reason: a shell waits until a pipe that only
 * this process holds is closed.
 * @param {import('node:child_process').ChildProcess} leader of the group, started with `detached`
 */
export function endWithParent(leader) {
	// Windows has no process groups
	if (process.platform === 'win32' || leader.pid === undefined) return;
	const watcher = spawn('/bin/sh', ['-c', `read _; kill -s KILL -- -${leader.pid}`], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	// the watcher must not keep this process alive
	watcher.unref();
	watcher.stdin.unref();
	leader.once('exit', () => watcher.kill('SIGKILL'));
}
