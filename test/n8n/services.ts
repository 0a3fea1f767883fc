/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test support, not a node */
/** What n8n's queue mode stands on: PostgreSQL and Redis of Debian, as processes of our own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { freePorts } from '../../sandbox/n8n/instance.mjs';

const run = promisify(execFile);

export interface Service {
	name: string;
	port: number;
	/** Whether it keeps this text anywhere. */
	contains(text: string): Promise<boolean>;
	stop(): Promise<void>;
}

export async function startRedis(): Promise<Service> {
	const program = requireProgram('redis-server', [
		'/usr/bin',
		'/usr/local/bin',
		'/opt/homebrew/bin',
	]);
	const folder = await mkdtemp(join(tmpdir(), 'redis-'));
	const [port] = await freePorts(1);
	const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
	const child = spawn(program, [...settings, '--save', '', '--appendonly', 'yes']);
	const stored = async () => {
		const files = await readdir(folder, { recursive: true, withFileTypes: true });
		const contents = files
			.filter((entry) => entry.isFile())
			.map(async ({ parentPath, name }) => await readFile(join(parentPath, name), 'latin1'));
		return (await Promise.all(contents)).join('\n');
	};
	return await service({ name: 'Redis', port, child, stopSignal: 'SIGTERM', folder, stored });
}

export async function startPostgres(): Promise<Service> {
	const initdb = requireProgram('initdb', await postgresFolders());
	const postgres = join(initdb, '..', 'postgres');
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	// it refuses to run as root
	const user = process.getuid?.() === 0 ? await idsOf('postgres') : undefined;
	if (user) await chown(folder, user.uid, user.gid);
	const [port] = await freePorts(1);
	const cluster = join(folder, 'cluster');
	const asked = ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'];
	await run(initdb, asked, { ...user, cwd: folder });
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: '',
		fsync: 'off',
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const child = spawn(postgres, ['-D', cluster, ...options], { ...user, cwd: folder });
	// SIGINT: it does not wait for those still connected
	const stopSignal = 'SIGINT';
	// its files are no help: it compresses long texts
	const dump = join(initdb, '..', 'pg_dump');
	const whole = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', 'postgres'];
	const stored = async () => (await run(dump, whole, { maxBuffer: 2 ** 30 })).stdout;
	return await service({ name: 'PostgreSQL', port, child, stopSignal, folder, stored });
}

async function service({
	name,
	port,
	child,
	stopSignal,
	folder,
	stored,
}: {
	name: string;
	port: number;
	child: ChildProcess;
	stopSignal: NodeJS.Signals;
	folder: string;
	stored: () => Promise<string>;
}): Promise<Service> {
	let lastWords = '';
	child.stdout?.on('data', (chunk) => (lastWords = (lastWords + chunk).slice(-2000)));
	child.stderr?.on('data', (chunk) => (lastWords = (lastWords + chunk).slice(-2000)));
	const ended = new Promise((resolve) => child.once('close', resolve));
	const isOver = () => child.exitCode !== null || child.signalCode !== null;
	for (let tries = 0; !(await accepts(port)); tries++) {
		if (isOver() || tries > 300) throw new Error(`${name} did not start.\n${lastWords}`);
		await pause(50);
	}
	return {
		name,
		port,
		contains: async (text) => (await stored()).includes(text),
		async stop() {
			if (!isOver()) child.kill(stopSignal);
			await ended;
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function accepts(port: number) {
	return await new Promise<boolean>((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

function requireProgram(name: string, folders: string[]) {
	const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
	if (found) return found;
	const packages = 'apt-get install redis-server postgresql';
	throw new Error(`The queue mode tests need ${name} (on Debian: ${packages})`);
}

async function postgresFolders() {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? await readdir(debian) : [];
	return [
		...versions
			.sort()
			.reverse()
			.map((version) => join(debian, version, 'bin')),
		'/usr/bin',
		'/usr/local/bin',
		'/opt/homebrew/bin',
	];
}

async function idsOf(user: string) {
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (which) => Number((await run('id', [which, user])).stdout)),
	);
	return { uid, gid };
}
