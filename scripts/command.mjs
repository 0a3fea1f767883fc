/** Runs a program of this project and keeps what it prints. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const project = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where everything goes that is made at run time and not committed. */
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
 * @param {{ cwd?: string, env?: Record<string, string>, show?: boolean, heard?: (text: string) => void }}
 *   [options] `show` lets the program print for itself, `heard` is told what it prints
 * @returns {Promise<string>} what it printed
 * @throws {CommandFailed} with what it printed
 */
export function command(program, args, { cwd = project, env = {}, show = false, heard } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			cwd,
			// colours of a program whose output we keep would be noise
			env: { ...process.env, ...(show ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' }), ...env },
			stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
			shell: onWindows && /\.cmd$/.test(program),
		});
		running.add(child);
		let output = '';
		const keep = (chunk) => {
			output += chunk;
			heard?.(String(chunk));
		};
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);
		child.once('error', reject);
		child.once('close', (code) => {
			running.delete(child);
			if (code === 0) resolve(output);
			else reject(new CommandFailed([program, ...args].join(' '), output));
		});
	});
}

/** Ends the programs that are still running. npm takes no notice of a gentler signal. */
export function endCommands() {
	for (const child of running) child.kill('SIGKILL');
}

/** @param {string[]} args */
export const npm = (args, options) => command(onWindows ? 'npm.cmd' : 'npm', args, options);

/** A JavaScript file of an installed package, run by this Node.js. */
export const node = (file, args, options) =>
	command(process.execPath, [join(project, 'node_modules', file), ...args], options);
