/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test support, not a node */
/**
 * Services for n8n, started from the programs of Debian: PostgreSQL and Redis for queue mode, and the
 * proxies of examples/.
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
	stop(): Promise<void>;
}

export interface Database extends Service {
	/** The rows that a query returns, as texts. */
	rows(query: string): Promise<string[][]>;
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

export async function startPostgres(): Promise<Database> {
	const initdb = requireProgram('initdb', await postgresFolders());
	const postgres = join(initdb, '..', 'postgres');
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	// PostgreSQL does not run as root
	const user = process.getuid?.() === 0 ? await idsOf('postgres') : undefined;
	if (user) await chown(folder, user.uid, user.gid);
	const [port] = await freePorts(1);
	const cluster = join(folder, 'cluster');
	const initArgs = [
		'-D',
		cluster,
		'-U',
		'postgres',
		'-A',
		'trust',
		'-E',
		'UTF8',
		'--no-locale',
		'-N',
	];
	await run(initdb, initArgs, { ...user, cwd: folder });
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: '',
		fsync: 'off',
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const child = spawn(postgres, ['-D', cluster, ...options], { ...user, cwd: folder });
	// SIGINT does not wait for open connections
	const stopSignal = 'SIGINT';
	// searched in a dump, because long texts are compressed in the files
	const dump = join(initdb, '..', 'pg_dump');
	const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', 'postgres'];
	const stored = async () => (await run(dump, connection, { maxBuffer: 2 ** 30 })).stdout;
	const started = await service({ name: 'PostgreSQL', port, child, stopSignal, folder, stored });
	const psql = join(initdb, '..', 'psql');
	const rows = async (query: string) => {
		const { stdout } = await run(psql, [...connection, '-At', '-c', query], { maxBuffer: 2 ** 30 });
		const lines = stdout.split('\n').filter((line) => line !== '');
		return lines.map((line) => line.split('|'));
	};
	return { ...started, rows };
}

const EXAMPLES = join(__dirname, '../../examples');

/** @param adapt replaces the addresses in the example with those of a test */
export async function startCaddy(port: number, adapt: (file: string) => string): Promise<Service> {
	const program = requireProgram('caddy', ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']);
	const folder = await mkdtemp(join(tmpdir(), 'caddy-'));
	const file = join(folder, 'Caddyfile');
	const example = await readFile(join(EXAMPLES, 'Caddyfile'), 'utf8');
	await writeFile(file, `{\n\tadmin off\n}\n${adapt(example)}`);
	const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
	const child = spawn(program, ['run', '--config', file, '--adapter', 'caddyfile'], { env });
	return await service({ name: 'Caddy', port, child, stopSignal: 'SIGTERM', folder });
}

/** @param adapt replaces the addresses in the example with those of a test */
export async function startNginx(port: number, adapt: (file: string) => string): Promise<Service> {
	const program = requireProgram('nginx', ['/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin']);
	const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
	const example = await readFile(join(EXAMPLES, 'nginx.conf'), 'utf8');
	const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		(name) => `${name}_temp_path ${join(folder, name)};`,
	);
	const config = [
		`pid ${join(folder, 'pid')};`,
		'error_log stderr;',
		'events {}',
		`http { access_log off; ${paths.join(' ')} ${adapt(example)} }`,
	];
	// its default user could not read the folder
	if (process.getuid?.() === 0) config.unshift('user root;');
	const file = join(folder, 'nginx.conf');
	await writeFile(file, config.join('\n'));
	const child = spawn(program, ['-p', folder, '-c', file, '-g', 'daemon off;']);
	return await service({ name: 'nginx', port, child, stopSignal: 'SIGTERM', folder });
}

async function service({
	name,
	port,
	child,
	stopSignal,
	folder,
	stored = async () => '',
}: {
	name: string;
	port: number;
	child: ChildProcess;
	stopSignal: NodeJS.Signals;
	folder: string;
	/** All stored data; a proxy stores nothing. */
	stored?: () => Promise<string>;
}): Promise<Service> {
	let lastOutput = '';
	child.stdout?.on('data', (chunk) => (lastOutput = (lastOutput + chunk).slice(-2000)));
	child.stderr?.on('data', (chunk) => (lastOutput = (lastOutput + chunk).slice(-2000)));
	const ended = new Promise((resolve) => child.once('close', resolve));
	const isOver = () => child.exitCode !== null || child.signalCode !== null;
	for (let tries = 0; !(await accepts(port)); tries++) {
		if (isOver() || tries > 300) throw new Error(`${name} did not start.\n${lastOutput}`);
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
