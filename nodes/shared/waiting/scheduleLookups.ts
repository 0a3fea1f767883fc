import type { IExecuteFunctions } from 'n8n-workflow';
import { LruMap } from '../http/lruMap';
import { sleepUnless } from '../http/sleep';

/**
 * Look-up requests: the node posts them to its own resume URL, which makes it look up the status.
 * n8n rejects a postback in the first tenth of a second after a send, while the execution is not
 * suspended yet. If the provider does not repeat that postback, the wait would miss it.
 */

/** From suspending to the first look-up, for the status of a postback that arrived too early. */
const FIRST_LOOKUP_MS = 3_000;

/** From the last look-up to the limit. n8n may end the wait up to a minute after the limit. */
const LAST_LOOKUP_MS = 3_000;

/** No process is expected to live longer. Longer waits have no last look-up. */
const MAX_DELAY_MS = 24 * 86_400_000;

/** No timer is longer, so that none runs on for long after its wait has ended. */
const NAP_MS = 30_000;

const LOOKUP_TIMEOUT_MS = 30_000;

/** Waits that this process saw end. Their look-ups are dropped. */
const endedWaits = new LruMap<true>(10_000);

export function markWaitEnded(waitId: string): void {
	endedWaits.set(waitId, true);
}

/** The beginning of the body by which a look-up request is recognized. */
const LOOKUP_REQUEST = { smsGateways: 'lookUp' };

interface ScheduledLookup {
	url: string;
	waitId: string;
	delayMs: number;
	isLast: boolean;
}

let warnedUnreachable = false;

/**
 * Schedules two look-ups of the status: one soon and one before the limit, while this process
 * lives.
 *
 * @param url the resume URL of the wait
 * @param until the limit of the wait
 */
export function scheduleLookups(
	context: IExecuteFunctions,
	{ url, waitId, until }: { url: string; waitId: string; until: Date },
): void {
	const remaining = until.getTime() - Date.now();
	const firstDelayMs = Math.min(FIRST_LOOKUP_MS, remaining / 3);
	void lookUpSoon(context, { url, waitId, delayMs: firstDelayMs, isLast: false });
	if (remaining > MAX_DELAY_MS) return;
	const lastDelayMs = remaining - Math.min(LAST_LOOKUP_MS, remaining / 3);
	void lookUpBeforeLimit({ url, waitId, delayMs: lastDelayMs, isLast: true });
}

/** Uses n8n's HTTP helper, which knows the proxies and certificates of this n8n. */
async function lookUpSoon(context: IExecuteFunctions, lookup: ScheduledLookup): Promise<void> {
	const { logger, helpers } = context;
	if (await hasEndedAfter(lookup)) return;
	try {
		await helpers.httpRequest({
			method: 'POST',
			url: lookup.url,
			headers: { 'Content-Type': 'application/json' },
			body: lookupRequestBody(lookup),
			timeout: LOOKUP_TIMEOUT_MS,
			ignoreHttpStatusErrors: true,
		});
	} catch {
		if ((await postLookup(lookup)) || warnedUnreachable) return;
		warnedUnreachable = true;
		logger.warn(
			`This n8n cannot reach itself at ${new URL(lookup.url).origin}. A status that arrives while an execution is being stored may be missed, and that wait ends at its limit. Check N8N_WEBHOOK_URL (before n8n 2: WEBHOOK_URL), and that this machine can reach that address.`,
		);
	}
}

/** Does not use n8n's helper, which would keep the execution's data in memory until then. */
async function lookUpBeforeLimit(lookup: ScheduledLookup): Promise<void> {
	if (!(await hasEndedAfter(lookup))) await postLookup(lookup);
}

/** Waits for the delay of a look-up, or until the wait ends. @returns whether the wait has ended */
async function hasEndedAfter({ waitId, delayMs }: ScheduledLookup): Promise<boolean> {
	const hasEnded = () => endedWaits.has(waitId);
	return (await sleepUnless(hasEnded, delayMs, NAP_MS)) || hasEnded();
}

function lookupRequestBody({ waitId, isLast: last }: ScheduledLookup): string {
	return JSON.stringify({ ...LOOKUP_REQUEST, waitId, last });
}

/**
 * @returns false if this n8n does not respond or has no global fetch; then postbacks and the limit
 *   still end the wait
 */
async function postLookup(lookup: ScheduledLookup): Promise<boolean> {
	try {
		await fetch(lookup.url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: lookupRequestBody(lookup),
			signal: AbortSignal.timeout(LOOKUP_TIMEOUT_MS),
		});
		return true;
	} catch {
		return false;
	}
}

/** The contents of a look-up request; undefined for any other request. */
export function parseLookupRequest(text: string): { waitId?: string; last: boolean } | undefined {
	if (!text.startsWith('{"smsGateways"')) return undefined;
	const request = JSON.parse(text) as { smsGateways?: string; waitId?: string; last?: boolean };
	if (request.smsGateways !== LOOKUP_REQUEST.smsGateways) return undefined;
	return { waitId: request.waitId, last: request.last === true };
}
