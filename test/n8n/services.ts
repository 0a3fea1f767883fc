/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test support, not a node */
/**
 * Services for n8n, started from the programs of Debian: PostgreSQL and Redis for queue mode, and
 * proxies.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
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
	/** Whether this text is stored anywhere in it. */
	contains(text: string): Promise<boolean>;
	/** Ends it like a crash. Its data stay for `start`. */
	crash(): Promise<void>;
	/** Starts it again. */
	start(): Promise<void>;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

export interface Database extends Service {
	/** Ends it and moves its data to a folder, from which `startPostgres` starts others. */
	keepAs(folder: string): Promise<void>;
	/** The rows that a query returns, as texts. */
	rows(query: string): Promise<string[][]>;
}

export async function startRedis(flags = ['--appendonly', 'yes']): Promise<Service> {
	const program = requireProgram('redis-server', [
		'/usr/bin',
		'/usr/local/bin',
		'/opt/homebrew/bin',
	]);
	const folder = await mkdtemp(join(tmpdir(), 'redis-'));
	const [port] = await freePorts(1);
	const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
	const start = () => spawn(program, [...settings, '--save', '', ...flags]);
	const stored = async () => {
		const files = await readdir(folder, { recursive: true, withFileTypes: true });
		const contents = files
			.filter((entry) => entry.isFile())
			.map(async ({ parentPath, name }) => await readFile(join(parentPath, name), 'latin1'));
		return (await Promise.all(contents)).join('\n');
	};
	return await service({ name: 'Redis', port, start, folder, stored });
}

/**
 * @param owner the name of the user and of the database
 * @param password which connections need; by default none
 * @param data the data of another one; by default it is empty
 */
export async function startPostgres({
	owner = 'postgres',
	password,
	data,
	flags = [],
}: { owner?: string; password?: string; data?: string; flags?: string[] } = {}): Promise<Database> {
	const initdb = requireProgram('initdb', await postgresFolders());
	const postgres = join(initdb, '..', 'postgres');
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	// PostgreSQL does not run as root
	const user = process.getuid?.() === 0 ? await idsOf('postgres') : undefined;
	const passwordFile = join(folder, 'password');
	await writeFile(passwordFile, password ?? 'none');
	for (const path of user ? [folder, passwordFile] : []) await chown(path, user!.uid, user!.gid);
	const [port] = await freePorts(1);
	const cluster = join(folder, 'cluster');
	const initArgs = [
		['-D', cluster, '-U', owner, '-E', 'UTF8', '--no-locale', '-N'],
		['-A', password === undefined ? 'trust' : 'scram-sha-256', '--pwfile', passwordFile],
	];
	if (data === undefined) await run(initdb, initArgs.flat(), { ...user, cwd: folder });
	else await run('cp', ['-a', data, cluster]);
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: '',
		fsync: 'off',
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const start = () =>
		spawn(postgres, ['-D', cluster, ...options, ...flags], { ...user, cwd: folder });
	// SIGINT does not wait for open connections, and SIGQUIT does not write what is in memory
	const [stopSignal, crashSignal] = ['SIGINT', 'SIGQUIT'] as const;
	const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', owner];
	const env = { ...process.env, PGPASSWORD: password };
	const client = async (program: string, args: string[]) => {
		const options = { maxBuffer: 2 ** 30, env };
		return (await run(join(initdb, '..', program), [...connection, ...args], options)).stdout;
	};
	const started = await service({
		name: 'PostgreSQL',
		port,
		start,
		stopSignal,
		crashSignal,
		folder,
		// searched in a dump, because long texts are compressed in the files
		stored: async () => await client('pg_dump', [owner]),
	});
	if (owner !== 'postgres') await client('createdb', [owner]);
	const rows = async (query: string) => {
		const lines = (await client('psql', ['-At', '-c', query, owner])).split('\n');
		return lines.filter((line) => line !== '').map((line) => line.split('|'));
	};
	const keepAs = async (kept: string) => {
		await started.end();
		await run('cp', ['-a', cluster, kept]);
		await started.stop();
	};
	return { ...started, rows, keepAs };
}

const EXAMPLES = join(__dirname, '../../examples');

/** A file in examples/. */
export async function readExample(name: string): Promise<string> {
	return await readFile(join(EXAMPLES, name), 'utf8');
}

/** @param config a Caddyfile with the addresses of a test */
export async function startCaddy(port: number, config: string): Promise<Service> {
	const program = requireProgram('caddy', ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']);
	const folder = await mkdtemp(join(tmpdir(), 'caddy-'));
	const file = join(folder, 'Caddyfile');
	await writeFile(file, `{\n\tadmin off\n}\n${config}`);
	const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
	const start = () => spawn(program, ['run', '--config', file, '--adapter', 'caddyfile'], { env });
	return await service({ name: 'Caddy', port, start, folder });
}

/** @param server the part of a configuration in `http`, with the addresses of a test */
export async function startNginx(port: number, server: string): Promise<Service> {
	const program = requireProgram('nginx', ['/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin']);
	const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
	const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		(name) => `${name}_temp_path ${join(folder, name)};`,
	);
	const config = [
		`pid ${join(folder, 'pid')};`,
		'error_log stderr;',
		'events {}',
		`http { access_log off; ${paths.join(' ')} ${server} }`,
	];
	// its default user could not read the folder
	if (process.getuid?.() === 0) config.unshift('user root;');
	const file = join(folder, 'nginx.conf');
	await writeFile(file, config.join('\n'));
	const start = () => spawn(program, ['-p', folder, '-c', file, '-g', 'daemon off;']);
	return await service({ name: 'nginx', port, start, folder });
}

async function service({
	name,
	port,
	start,
	stopSignal = 'SIGTERM',
	crashSignal = 'SIGKILL',
	folder,
	stored = async () => '',
}: {
	name: string;
	port: number;
	start: () => ChildProcess;
	stopSignal?: NodeJS.Signals;
	crashSignal?: NodeJS.Signals;
	folder: string;
	/** All stored data; a proxy stores nothing. */
	stored?: () => Promise<string>;
}): Promise<Service & { end(): Promise<void> }> {
	let child: ChildProcess;
	let ended: Promise<unknown>;
	const isOver = () => child.exitCode !== null || child.signalCode !== null;
	const end = async (signal: NodeJS.Signals) => {
		if (!isOver()) child.kill(signal);
		await ended;
	};
	const begin = async () => {
		let lastOutput = '';
		child = start();
		ended = new Promise((resolve) => child.once('close', resolve));
		child.stdout?.on('data', (chunk) => (lastOutput = (lastOutput + chunk).slice(-2000)));
		child.stderr?.on('data', (chunk) => (lastOutput = (lastOutput + chunk).slice(-2000)));
		for (let tries = 0; !(await accepts(port)); tries++) {
			if (isOver() || tries > 300) throw new Error(`${name} did not start.\n${lastOutput}`);
			await pause(50);
		}
	};
	await begin();
	return {
		name,
		port,
		contains: async (text) => (await stored()).includes(text),
		crash: async () => await end(crashSignal),
		start: begin,
		end: async () => await end(stopSignal),
		async stop() {
			await end(stopSignal);
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
	const packages = 'apt-get install redis-server postgresql caddy nginx-light';
	throw new Error(`The end-to-end tests need ${name} (on Debian: ${packages})`);
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
