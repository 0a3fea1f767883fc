/**
 * Starts an n8n process on this machine: the main process (`start`), a `worker` or a `webhook`
 * process.
 *
 * This uses only Node.js built-ins, because `npm start` runs it before anything is installed. The
 * end-to-end tests use the same code, so that they test what a new user gets.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createWriteStream, existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { endWithParent } from './endWithParent.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const pinned = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).dependencies.n8n;

/** The version of n8n: the pinned one, or the one in N8N_VERSION. */
export const n8nVersion = process.env.N8N_VERSION || pinned;

/** Whether it is the pinned version, in which all tests run. */
export const isPinned = n8nVersion === pinned;

/** The versions that have a lock file. */
export const n8nVersions = [pinned, ...readdirSync(join(here, 'hosts'))];

/** Returns the folder with the package.json and lock file of a version. */
export const n8nFolderOf = (version) => (version === pinned ? here : join(here, 'hosts', version));

export const n8nFolder = n8nFolderOf(n8nVersion);

const isN8n1 = n8nVersion.startsWith('1.');

const START_TIMEOUT_MS = 180_000;
const SHUTDOWN_TIMEOUT_MS = 20_000;

/** Disables every connection to other hosts: telemetry, updates, templates, licenses. */
const OFFLINE = {
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
	// an older n8n rejects the names of unknown modules
	...(isPinned && {
		N8N_DISABLED_MODULES:
			'agents,instance-ai,mcp-registry,quick-connect,sso-oidc,sso-saml,ldap,otel',
	}),
};

/** The settings of every n8n process. */
const COMMON_SETTINGS = {
	...OFFLINE,
	N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	N8N_BLOCK_ENV_ACCESS_IN_NODE: 'true',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
	N8N_SECURE_COOKIE: 'false',
	// the Python task runner would need a virtual environment
	N8N_PYTHON_ENABLED: 'false',
	// the default is to wait up to 30 s for unfinished work after a stop
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
	N8N_LOG_LEVEL: 'info',
	NODE_ENV: 'production',
	// without a pool n8n 1 mixes up the transactions of parallel calls
	...(isN8n1 && { DB_SQLITE_POOL_SIZE: '4' }),
};

/**
 * Returns the Node.js for n8n: the one installed with it, or the current one if it is new enough.
 * n8n 2.41 requires 24.
 * @returns {string | undefined} path of the executable
 */
export function nodeForN8n() {
	const executable = process.platform === 'win32' ? 'node.exe' : 'node';
	const os = process.platform === 'win32' ? 'win' : process.platform;
	const installed = ['node', 'node-bin']
		.map((kind) => `${kind}-${os}-${process.arch}`)
		.map((name) => join(n8nFolder, 'node_modules', name, 'bin', executable))
		.find((path) => existsSync(path));
	if (installed) return installed;
	return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether the port is free on the loopback interface
 */
export function isFree(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/** Below the ports that systems assign to connections, which could take one before n8n does. */
const [FIRST_PORT, PORTS] = [12_000, 20_000];

/** Processes that take ports at the same time, such as jest's workers, take different ones. */
const PROCESSES = 4;
const thisProcess = Number(process.env.JEST_WORKER_ID ?? 0) % PROCESSES;

const given = new Set();

/**
 * @param {number} count
 * @returns {Promise<number[]>} ports that are currently free, and that no other call returns
 */
export async function freePorts(count) {
	const ports = [];
	while (ports.length < count) {
		const port = FIRST_PORT + PROCESSES * randomInt(PORTS / PROCESSES) + thisProcess;
		if (given.has(port) || !(await isFree(port))) continue;
		given.add(port);
		ports.push(port);
	}
	return ports;
}

/**
 * Returns the environment of an n8n process: the current one, without variables that would change
 * n8n's behaviour. Its Node.js is first in PATH, because n8n starts its task runner as `node`.
 */
function environment(node, settings) {
	const inherited = Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL$|NODE_OPTIONS$|npm_)/i.test(name),
		),
	);
	const path = [dirname(node), process.env.PATH].join(delimiter);
	return { ...inherited, ...COMMON_SETTINGS, ...settings, PATH: path };
}

/**
 * @typedef {object} InstanceOptions
 * @property {string} userFolder holds `.n8n` (database, key, community packages)
 * @property {number} port on which it listens, a worker only for health checks
 * @property {number} brokerPort of its task runner broker
 * @property {'start' | 'worker' | 'webhook'} [command] default `start`
 * @property {string[]} [flags] of the command
 * @property {string} [webhookUrl] base of the webhook addresses it generates; default: its own
 * @property {Record<string, string>} [env] additional settings
 * @property {string} logFile to which its output is appended
 */

/**
 * @typedef {object} Instance
 * @property {string} url without a slash at the end
 * @property {number} pid
 * @property {Promise<number | string>} ended exit code or signal
 * @property {() => string} lastOutput the end of its output
 * @property {(how?: 'orderly' | 'crash') => Promise<void>} stop `crash` kills it immediately
 */

/**
 * Starts an n8n process and waits until it responds.
 * @param {InstanceOptions} options
 * @returns {Promise<Instance>}
 * @throws {Error} with the end of its output, if it ends or does not respond
 */
export async function startInstance(options) {
	const {
		userFolder,
		port,
		brokerPort,
		command = 'start',
		flags = [],
		env = {},
		logFile,
	} = options;
	const node = nodeForN8n();
	if (!node) throw new Error('n8n requires Node.js 24, which is not installed.');
	const url = `http://127.0.0.1:${port}`;
	await mkdir(userFolder, { recursive: true });
	await mkdir(dirname(logFile), { recursive: true });

	const child = spawn(node, [join(n8nFolder, 'node_modules/n8n/bin/n8n'), command, ...flags], {
		cwd: userFolder,
		// in a separate group, n8n and its task runner do not receive Ctrl-C and are stopped together
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
	endWithParent(child);

	const log = createWriteStream(logFile, { flags: 'a' });
	let tail = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk) => {
			log.write(chunk);
			tail = (tail + chunk).slice(-4000);
		});
	}
	let hasEnded = false;
	const ended = new Promise((resolve) => {
		child.once('error', (error) => {
			tail += error.message;
			resolve(error.message);
		});
		child.once('close', (code, signal) => resolve(code ?? signal));
	}).finally(() => {
		hasEnded = true;
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
		lastOutput: () => tail.trim(),
		async stop(how = 'orderly') {
			if (hasEnded) return;
			if (how === 'orderly') {
				child.kill('SIGTERM');
				await Promise.race([ended, pause(SHUTDOWN_TIMEOUT_MS, undefined, { ref: false })]);
			}
			if (!hasEnded) signalAll('SIGKILL');
			await ended;
		},
	};

	const ready = command === 'start' ? '/rest/login' : '/healthz/readiness';
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await responds(`${url}${ready}`))) {
		if (hasEnded) throw new Error(`n8n ended before it was ready.\n${instance.lastOutput()}`);
		if (Date.now() > deadline) {
			await instance.stop('crash');
			throw new Error(`n8n was not ready in time.\n${instance.lastOutput()}`);
		}
		await pause(200);
	}
	return instance;
}

async function responds(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
		await response.arrayBuffer();
		// nobody is signed in
		const isExpected = response.ok || response.status === 401;
		// while it starts, n8n responds to every path with an HTML page
		return isExpected && /json/.test(response.headers.get('content-type') ?? '');
	} catch {
		return false;
	}
}
