/** Runs the sandbox in a separate process. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { endWithParent } from '../sandbox/n8n/endWithParent.mjs';
import { project } from './command.mjs';
import { PlainError } from './progress.mjs';

/**
 * Starts the sandbox and waits until it responds.
 * @param {{ port: number, logFile: string }} options
 * @throws {PlainError} with the end of its output, if it ends or does not respond
 */
export async function startSandbox({ port, logFile }) {
	const url = `http://127.0.0.1:${port}`;
	await mkdir(dirname(logFile), { recursive: true });
	const child = spawn(process.execPath, [join(project, 'scripts/sandbox.mjs')], {
		cwd: project,
		// in a separate group it does not receive Ctrl-C, so that this process stops it in order
		detached: process.platform !== 'win32',
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, SANDBOX_PORT: String(port) },
	});
	endWithParent(child);
	const log = createWriteStream(logFile);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk) => {
			log.write(chunk);
			output = (output + chunk).slice(-2000);
		});
	}
	const ended = new Promise((resolve) => child.once('close', resolve));
	const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
	const sandbox = {
		url,
		ended,
		lastOutput: () => output,
		async stop() {
			if (hasEnded()) return;
			child.kill('SIGTERM');
			await Promise.race([ended, pause(5000, undefined, { ref: false })]);
			if (process.platform === 'win32') child.kill('SIGKILL');
			else killGroup(child.pid);
		},
	};
	for (let attempts = 0; attempts < 300 && !hasEnded(); attempts++) {
		try {
			if ((await fetch(`${url}/control/state`)).ok) return sandbox;
		} catch {
			// not ready yet
		}
		await pause(100);
	}
	await sandbox.stop();
	throw new PlainError('The sandbox did not start.', output);
}

function killGroup(leader) {
	try {
		process.kill(-leader, 'SIGKILL');
	} catch {
		// the group has already ended
	}
}
