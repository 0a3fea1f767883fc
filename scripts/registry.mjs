/**
 * Explains why packages cannot be downloaded. npm itself may take many minutes to report an error.
 */
import { setTimeout as pause } from 'node:timers/promises';

import { CommandFailed, endCommands, npm } from './command.mjs';
import { PlainError } from './progress.mjs';

/** Options for npm and pnpm, whose default retry delays are minutes. */
export const RETRY_OPTIONS = [
	'--fetch-retries=3',
	'--fetch-retry-mintimeout=1000',
	'--fetch-retry-maxtimeout=8000',
	'--fetch-timeout=120000',
];

const PROBE_INTERVAL_MS = 5_000;
const MAX_FAILED_PROBES = 4;

/**
 * Installs packages, and stops if the registry is unreachable.
 * @param {string} folder whose npm settings apply
 * @param {() => boolean} hasStarted whether some packages are available, for example from a cache:
 *   then the installation is not stopped
 * @param {() => Promise<unknown>} install
 * @throws {PlainError} with the reason for a failure
 */
export async function installFromRegistry(folder, hasStarted, install) {
	const finished = new AbortController();
	let reason;
	void watchRegistry(folder, finished.signal).then(
		(failure) => {
			if (!failure || hasStarted()) return;
			reason = failure;
			endCommands();
		},
		() => undefined,
	);
	try {
		await install();
	} catch (error) {
		throw reason ? unreachable(reason) : explain(error);
	} finally {
		finished.abort();
	}
}

const unreachable = (reason) =>
	new PlainError(
		`The npm registry cannot be reached (${reason}). The first start requires a network connection. ` +
			"Check the connection and npm's proxy and registry settings, and try again.",
	);

const NO_NETWORK =
	/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/;

function explain(error) {
	if (!(error instanceof CommandFailed)) return error;
	const [reason] = NO_NETWORK.exec(error.output) ?? [];
	if (reason) return unreachable(reason);
	if (/ENOSPC/.test(error.output)) return new PlainError('The disk is full.');
	return new PlainError('The packages could not be installed.', error.output);
}

/**
 * Checks whether the registry is reachable until the signal aborts. It cannot check behind a proxy.
 * @param {string} folder whose npm settings apply
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined>} the reason, if the registry was unreachable several times
 *   in a row
 */
async function watchRegistry(folder, signal) {
	const setting = async (name) => (await npm(['config', 'get', name], { cwd: folder })).trim();
	const [registry, proxy] = await Promise.all(['registry', 'https-proxy'].map(setting));
	const address = registry.split('\n').at(-1);
	if (!/(^|\n)null$/.test(proxy) || !URL.canParse(address)) return undefined;
	let reason;
	for (let failed = 0; failed < MAX_FAILED_PROBES; ) {
		if (signal.aborted) return undefined;
		const started = Date.now();
		reason = await probe(address);
		failed = reason ? failed + 1 : 0;
		const rest = Math.max(0, started + PROBE_INTERVAL_MS - Date.now());
		await pause(rest, undefined, { signal }).catch(() => undefined);
	}
	return signal.aborted ? undefined : reason;
}

async function probe(address) {
	try {
		const limit = AbortSignal.timeout(PROBE_INTERVAL_MS);
		const response = await fetch(address, { method: 'HEAD', signal: limit });
		await response.body?.cancel();
		return undefined;
	} catch (error) {
		return error.cause?.code ?? error.cause?.message ?? error.name;
	}
}
