/** Whether npm's registry can be reached at all: npm itself may take many minutes to say no. */
import { setTimeout as pause } from 'node:timers/promises';

import { npm } from './command.mjs';

const PROBE_EVERY_MS = 5_000;
const PROBES_THAT_FAIL = 4;

/**
 * Watches the registry until the signal aborts. Behind a proxy it cannot know, and says nothing.
 * @param {string} folder whose npm settings count
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined>} the reason, when it was out of reach several times running
 */
export async function outOfReach(folder, signal) {
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
