/** Runs a program and returns its output. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const project = dirname(dirname(fileURLToPath(import.meta.url)));

/** The folder for files created at run time, which are not committed. */
export const work = join(project, '.work');

const onWindows = process.platform === 'win32';
const running = new Set();

export class CommandFailed extends Error {
	constructor(command, output) {
		super(`${command} failed`);
		this.output = output;
	}
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, show?: boolean, onOutput?: (text: string)
 *   => void }} [options] `show` prints the output directly, `onOutput` is called with each part of
 *   it
 * @returns {Promise<string>} the output
 * @throws {CommandFailed} with the output
 */
export function command(program, args, { cwd = project, env = {}, show = false, onOutput } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			cwd,
			// captured output should have no color codes
			env: { ...process.env, ...(show ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' }), ...env },
			stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
			shell: onWindows && /\.cmd$/.test(program),
		});
		running.add(child);
		let output = '';
		const append = (chunk) => {
			output += chunk;
			onOutput?.(String(chunk));
		};
		child.stdout?.on('data', append);
		child.stderr?.on('data', append);
		child.once('error', reject);
		child.once('close', (code) => {
			running.delete(child);
			if (code === 0) resolve(output);
			else reject(new CommandFailed([program, ...args].join(' '), output));
		});
	});
}

/** Kills the programs that are still running. npm ignores other signals. */
export function endCommands() {
	for (const child of running) child.kill('SIGKILL');
}

/** @param {string[]} args */
export const npm = (args, options) => command(onWindows ? 'npm.cmd' : 'npm', args, options);

/** Runs a JavaScript file of an installed package with this Node.js. */
export const node = (file, args, options) =>
	command(process.execPath, [join(project, 'node_modules', file), ...args], options);
