/** npm's registry, and in plain words why nothing comes from it: npm itself may take many minutes to say no. */
import { setTimeout as pause } from 'node:timers/promises';

import { CommandFailed, endCommands, npm } from './command.mjs';
import { PlainError } from './progress.mjs';

/** The same words for npm and pnpm, whose own pauses are minutes. */
export const PATIENCE = [
	'--fetch-retries=3',
	'--fetch-retry-mintimeout=1000',
	'--fetch-retry-maxtimeout=8000',
	'--fetch-timeout=120000',
];

const PROBE_EVERY_MS = 5_000;
const PROBES_THAT_FAIL = 4;

/**
 * Has packages fetched.
 * @param {string} folder whose npm settings count
 * @param {() => boolean} hasBegun whether some have come, from wherever: then the rest may as well
 * @param {() => Promise<unknown>} work
 * @throws {PlainError} that says why they did not come
 */
export async function fetching(folder, hasBegun, work) {
	const over = new AbortController();
	let reason;
	void outOfReach(folder, over.signal).then(
		(why) => {
			if (!why || hasBegun()) return;
			reason = why;
			endCommands();
		},
		() => undefined,
	);
	try {
		await work();
	} catch (error) {
		throw reason ? unreachable(reason) : whyItFailed(error);
	} finally {
		over.abort();
	}
}

const unreachable = (reason) =>
	new PlainError(
		`The npm registry cannot be reached (${reason}). The first start needs the network: ` +
			"check the connection, or npm's proxy and registry settings, and try again.",
	);

const NO_NETWORK =
	/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/;

function whyItFailed(error) {
	if (!(error instanceof CommandFailed)) return error;
	const [reason] = NO_NETWORK.exec(error.output) ?? [];
	if (reason) return unreachable(reason);
	if (/ENOSPC/.test(error.output)) return new PlainError('The disk is full.');
	return new PlainError('The packages could not be installed.', error.output);
}

/**
 * Watches the registry until the signal aborts. Behind a proxy it cannot know, and says nothing.
 * @param {string} folder whose npm settings count
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined>} the reason, when it was out of reach several times running
 */
async function outOfReach(folder, signal) {
	const setting = async (name) => (await npm(['config', 'get', name], { cwd: folder })).trim();
	const [registry, proxy] = await Promise.all(['registry', 'https-proxy'].map(setting));
	const address = registry.split('\n').at(-1);
	if (!/(^|\n)null$/.test(proxy) || !URL.canParse(address)) return undefined;
	let reason;
	for (let failed = 0; failed < PROBES_THAT_FAIL; ) {
		if (signal.aborted) return undefined;
		const started = Date.now();
		reason = await probe(address);
		failed = reason ? failed + 1 : 0;
		const rest = Math.max(0, started + PROBE_EVERY_MS - Date.now());
		await pause(rest, undefined, { signal }).catch(() => undefined);
	}
	return signal.aborted ? undefined : reason;
}

async function probe(address) {
	try {
		const limit = AbortSignal.timeout(PROBE_EVERY_MS);
		const response = await fetch(address, { method: 'HEAD', signal: limit });
		await response.body?.cancel();
		return undefined;
	} catch (error) {
		return error.cause?.code ?? error.cause?.message ?? error.name;
	}
}
