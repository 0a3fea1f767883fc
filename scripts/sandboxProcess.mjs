/** The sandbox in a process of its own, started and stopped by a script. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { endWithUs } from '../sandbox/n8n/endWithUs.mjs';
import { project } from './command.mjs';
import { PlainError } from './progress.mjs';

/**
 * Starts the sandbox and waits until it answers.
 * @param {{ port: number, logFile: string }} options
 * @throws {PlainError} with its last words, when it ends or stays silent
 */
export async function startSandbox({ port, logFile }) {
	const url = `http://127.0.0.1:${port}`;
	await mkdir(dirname(logFile), { recursive: true });
	const child = spawn(process.execPath, [join(project, 'scripts/sandbox.mjs')], {
		cwd: project,
		// a group of its own: Ctrl-C reaches us alone, and we stop what we started in our order
		detached: process.platform !== 'win32',
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, SANDBOX_PORT: String(port) },
	});
	endWithUs(child);
	const log = createWriteStream(logFile);
	let lastWords = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk) => {
			log.write(chunk);
			lastWords = (lastWords + chunk).slice(-2000);
		});
	}
	const ended = new Promise((resolve) => child.once('close', resolve));
	const isOver = () => child.exitCode !== null || child.signalCode !== null;
	const sandbox = {
		url,
		ended,
		lastWords: () => lastWords,
		async stop() {
			if (isOver()) return;
			child.kill('SIGTERM');
			await Promise.race([ended, pause(5000, undefined, { ref: false })]);
			if (process.platform === 'win32') child.kill('SIGKILL');
			else killGroup(child.pid);
		},
	};
	for (let tries = 0; tries < 300 && !isOver(); tries++) {
		try {
			if ((await fetch(`${url}/control/state`)).ok) return sandbox;
		} catch {
			// not yet
		}
		await pause(100);
	}
	await sandbox.stop();
	throw new PlainError('The sandbox did not start.', lastWords);
}

function killGroup(leader) {
	try {
		process.kill(-leader, 'SIGKILL');
	} catch {
		// nobody of it is left
	}
}
