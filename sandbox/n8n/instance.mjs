/**
 * One n8n process on this machine: the main one (`start`), a `worker` or a `webhook` process.
 *
 * Node.js built-ins only, because `npm start` uses it on a machine where nothing is installed yet,
 * and the end-to-end tests use the same code, so that what they test is what a newcomer sees.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { endWithUs } from './endWithUs.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const pinned = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).dependencies.n8n;

/** The version of n8n: the pinned one, or another host that N8N_VERSION names. */
export const n8nVersion = process.env.N8N_VERSION || pinned;

/** Whether that is the one that all tests run in. */
export const isPinned = n8nVersion === pinned;

/** The versions there is a lock file for. */
export const n8nVersions = [pinned, ...readdirSync(join(here, 'hosts'))];

/** The folder with that n8n's package.json and lock file. */
export const n8nFolderOf = (version) => (version === pinned ? here : join(here, 'hosts', version));

export const n8nFolder = n8nFolderOf(n8nVersion);

const isN8n1 = n8nVersion.startsWith('1.');

const READY_IN_MS = 180_000;
const SHUTDOWN_IN_MS = 20_000;

/** Nothing below may reach a host outside: no reports, no look-ups, no templates, no licence. */
const KEEP_TO_ITSELF = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
	N8N_SENTRY_DSN: '',
	// an older n8n refuses the name of a module that it does not know
	...(isPinned && {
		N8N_DISABLED_MODULES:
			'agents,instance-ai,mcp-registry,quick-connect,sso-oidc,sso-saml,ldap,otel',
	}),
};

/** What every n8n here has in common, whoever starts it. */
const IN_COMMON = {
	...KEEP_TO_ITSELF,
	N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	N8N_BLOCK_ENV_ACCESS_IN_NODE: 'true',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
	N8N_SECURE_COOKIE: 'false',
	// only the JavaScript task runner: the Python one wants a virtual environment of its own
	N8N_PYTHON_ENABLED: 'false',
	// what n8n leaves undone after a stop is otherwise waited for up to 30 s
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
	N8N_LOG_LEVEL: 'info',
	NODE_ENV: 'production',
	// without it n8n 1 mixes up the transactions of parallel calls
	...(isN8n1 && { DB_SQLITE_POOL_SIZE: '4' }),
};

/**
 * The Node.js that n8n runs under: the one installed beside it, or the one running this, if that is
 * new enough. n8n 2.41 wants 24.
 * @returns {string | undefined} path of the executable
 */
export function nodeForN8n() {
	const executable = process.platform === 'win32' ? 'node.exe' : 'node';
	const os = process.platform === 'win32' ? 'win' : process.platform;
	const beside = ['node', 'node-bin']
		.map((kind) => `${kind}-${os}-${process.arch}`)
		.map((name) => join(n8nFolder, 'node_modules', name, 'bin', executable))
		.find((path) => existsSync(path));
	if (beside) return beside;
	return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether nobody listens there on this machine's loopback
 */
export function isFree(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/**
 * @param {number} count
 * @returns {Promise<number[]>} ports that were free a moment ago, all different
 */
export async function freePorts(count) {
	const servers = await Promise.all(
		Array.from(
			{ length: count },
			() =>
				new Promise((resolve, reject) => {
					const server = createServer();
					server.once('error', reject);
					server.listen(0, '127.0.0.1', () => resolve(server));
				}),
		),
	);
	const ports = servers.map((server) => server.address().port);
	await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
	return ports;
}

/**
 * The environment of an n8n process: ours, without what would change its behaviour, and with a
 * PATH on which its own Node.js comes first (n8n starts its task runner as plain `node`).
 */
function environment(node, settings) {
	const inherited = Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL$|NODE_OPTIONS$|npm_)/i.test(name),
		),
	);
	const path = [dirname(node), process.env.PATH].join(delimiter);
	return { ...inherited, ...IN_COMMON, ...settings, PATH: path };
}

/**
 * @typedef {object} InstanceOptions
 * @property {string} userFolder holds `.n8n` (database, key, community packages)
 * @property {number} port where it listens; a worker answers only health checks there
 * @property {number} brokerPort of its task runner broker
 * @property {'start' | 'worker' | 'webhook'} [command] default `start`
 * @property {string} [webhookUrl] base of the webhook addresses it hands out; default: its own
 * @property {Record<string, string>} [env] further settings
 * @property {string} logFile what it prints is appended here
 */

/**
 * @typedef {object} Instance
 * @property {string} url without a slash at the end
 * @property {number} pid
 * @property {Promise<number | string>} ended exit code or signal
 * @property {() => string} lastWords the end of what it printed
 * @property {(how?: 'orderly' | 'crash') => Promise<void>} stop `crash` gives it no time to finish
 */

/**
 * Starts an n8n process and waits until it answers.
 * @param {InstanceOptions} options
 * @returns {Promise<Instance>}
 * @throws {Error} with n8n's own last words, when it ends or stays silent
 */
export async function startInstance(options) {
	const { userFolder, port, brokerPort, command = 'start', env = {}, logFile } = options;
	const node = nodeForN8n();
	if (!node) throw new Error('n8n needs Node.js 24, and none is installed beside it.');
	const url = `http://127.0.0.1:${port}`;
	await mkdir(userFolder, { recursive: true });
	await mkdir(dirname(logFile), { recursive: true });

	const child = spawn(node, [join(n8nFolder, 'node_modules/n8n/bin/n8n'), command], {
		cwd: userFolder,
		// a group of its own: Ctrl-C reaches us alone, and we stop n8n and its task runner together
		detached: process.platform !== 'win32',
		stdio: ['ignore', 'pipe', 'pipe'],
		env: environment(node, {
			N8N_USER_FOLDER: userFolder,
			N8N_PORT: String(port),
			QUEUE_HEALTH_CHECK_PORT: String(port),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			[isN8n1 ? 'WEBHOOK_URL' : 'N8N_WEBHOOK_URL']: `${options.webhookUrl ?? url}/`,
			...env,
		}),
	});
	endWithUs(child);

	const log = createWriteStream(logFile, { flags: 'a' });
	let tail = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk) => {
			log.write(chunk);
			tail = (tail + chunk).slice(-4000);
		});
	}
	let over = false;
	const ended = new Promise((resolve) => {
		child.once('error', (error) => {
			tail += error.message;
			resolve(error.message);
		});
		child.once('close', (code, signal) => resolve(code ?? signal));
	}).finally(() => {
		over = true;
		log.end();
	});

	const signalAll = (signal) => {
		try {
			if (process.platform === 'win32') child.kill(signal);
			else process.kill(-child.pid, signal);
		} catch (error) {
			if (error.code !== 'ESRCH') throw error;
		}
	};
	const instance = {
		url,
		pid: child.pid,
		ended,
		lastWords: () => tail.trim(),
		async stop(how = 'orderly') {
			if (over) return;
			if (how === 'orderly') {
				child.kill('SIGTERM');
				await Promise.race([ended, pause(SHUTDOWN_IN_MS, undefined, { ref: false })]);
			}
			if (!over) signalAll('SIGKILL');
			await ended;
		},
	};

	const ready = command === 'start' ? '/rest/settings' : '/healthz/readiness';
	const deadline = Date.now() + READY_IN_MS;
	while (!(await answers(`${url}${ready}`))) {
		if (over) throw new Error(`n8n ended before it was ready.\n${instance.lastWords()}`);
		if (Date.now() > deadline) {
			await instance.stop('crash');
			throw new Error(`n8n did not get ready in time.\n${instance.lastWords()}`);
		}
		await pause(200);
	}
	return instance;
}

async function answers(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
		await response.arrayBuffer();
		// while it starts, n8n answers every path with a page of its own
		return response.ok && /json/.test(response.headers.get('content-type') ?? '');
	} catch {
		return false;
	}
}
