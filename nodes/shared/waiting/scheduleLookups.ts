import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
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

/**
 * In queue mode another process resumes the execution, so this one asks whether the wait still
 * lasts: after a minute, and each further time after twice as long as before. A timer so outlives
 * its wait by no more than the wait's own age.
 */
const FIRST_PROBE_MS = 60_000;

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
	/** Only asks whether the wait still lasts. */
	isProbe?: boolean;
}

interface LookupSchedule {
	url: string;
	waitId: string;
	until: Date;
	looksUpOften?: boolean;
}

let warnedUnreachable = false;

/**
 * Schedules two look-ups of the status: one soon and one before the limit, while this process
 * lives.
 *
 * @param url the resume URL of the wait
 * @param until the limit of the wait
 * @param looksUpOften whether each probe in between looks up the status, too
 */
export function scheduleLookups(
	context: IExecuteFunctions,
	{ url, waitId, until, looksUpOften }: LookupSchedule,
): void {
	const remaining = until.getTime() - Date.now();
	const firstDelayMs = Math.min(FIRST_LOOKUP_MS, remaining / 3);
	void lookUpSoon(context, { url, waitId, delayMs: firstDelayMs, isLast: false });
	if (remaining > MAX_DELAY_MS) return;
	const lastDelayMs = remaining - Math.min(LAST_LOOKUP_MS, remaining / 3);
	void lookUpBeforeLimit({ url, waitId, delayMs: lastDelayMs, isLast: true }, looksUpOften);
}

/** Uses n8n's HTTP helper, which knows the proxies and certificates of this n8n. */
async function lookUpSoon(context: IExecuteFunctions, lookup: ScheduledLookup): Promise<void> {
	const { logger, helpers } = context;
	if (await hasEndedAfter(lookup)) return;
	try {
		const response = (await helpers.httpRequest({
			method: 'POST',
			url: lookup.url,
			headers: { 'Content-Type': 'application/json' },
			body: lookupRequestBody(lookup),
			timeout: LOOKUP_TIMEOUT_MS,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		})) as IN8nHttpFullResponse | undefined;
		noteWhetherEnded(lookup, response?.statusCode, String(response?.body));
	} catch {
		if ((await postLookup(lookup)) !== undefined || warnedUnreachable) return;
		warnedUnreachable = true;
		logger.warn(
			`This n8n cannot reach itself at ${new URL(lookup.url).origin}. A status that arrives while an execution is being stored may be missed, and that wait ends at its limit. Check N8N_WEBHOOK_URL (before n8n 2: WEBHOOK_URL), and that this machine can reach that address.`,
		);
	}
}

/** Does not use n8n's helper, which would keep the execution's data in memory until then. */
async function lookUpBeforeLimit(lookup: ScheduledLookup, looksUpOften = false): Promise<void> {
	const { waitId } = lookup;
	const due = Date.now() + lookup.delayMs;
	for (let delayMs = FIRST_PROBE_MS; Date.now() + delayMs < due; delayMs *= 2) {
		if (await hasEndedAfter({ waitId, delayMs })) return;
		await postLookup({ ...lookup, isLast: false, isProbe: !looksUpOften });
	}
	if (!(await hasEndedAfter({ waitId, delayMs: due - Date.now() }))) await postLookup(lookup);
}

/** Whether n8n says with HTTP 200 and a page that a wait for a reply has ended. */
export function isEndedPage(body: string): boolean {
	return /<title>\s*No action required/i.test(body);
}

/**
 * Drops the further look-ups if n8n says that the execution does not wait for them any more. A
 * proxy in front of an n8n that is restarting may respond with 404 too, so the words count.
 */
function noteWhetherEnded({ waitId }: ScheduledLookup, status = 0, body = ''): void {
	const hasEnded =
		status === WAIT_HAS_ENDED ||
		(status === 404 &&
			/"message":"(?:The (?:workflow for )?execution|Could not find node)/.test(body)) ||
		// but not while it is running: it may not be suspended yet
		(status === 409 && /has finished/.test(body)) ||
		isEndedPage(body);
	if (hasEnded) markWaitEnded(waitId);
}

/** Waits for the delay of a look-up, or until the wait ends. @returns whether the wait has ended */
async function hasEndedAfter({
	waitId,
	delayMs,
}: Pick<ScheduledLookup, 'waitId' | 'delayMs'>): Promise<boolean> {
	const hasEnded = () => endedWaits.has(waitId);
	return (await sleepUnless(hasEnded, delayMs, NAP_MS)) || hasEnded();
}

function lookupRequestBody({ waitId, isLast: last, isProbe: probe }: ScheduledLookup): string {
	return JSON.stringify({ ...LOOKUP_REQUEST, waitId, last, probe });
}

/**
 * @returns the HTTP status; undefined if this n8n does not respond or has no global fetch, and then
 *   postbacks and the limit still end the wait
 */
async function postLookup(lookup: ScheduledLookup): Promise<number | undefined> {
	try {
		const response = await fetch(lookup.url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: lookupRequestBody(lookup),
			signal: AbortSignal.timeout(LOOKUP_TIMEOUT_MS),
		});
		noteWhetherEnded(lookup, response.status, await response.text());
		return response.status;
	} catch {
		return undefined;
	}
}

/** Whether n8n confirms that a wait lasts. */
export async function isStillWaiting(wait: { url: string; waitId: string }): Promise<boolean> {
	const status = await postLookup({ ...wait, delayMs: 0, isLast: false, isProbe: true });
	return status === 200 && !endedWaits.has(wait.waitId);
}

/** The response to a look-up request of a wait that has ended. */
export const WAIT_HAS_ENDED = 410;

interface LookupRequest {
	waitId?: string;
	last: boolean;
	/** Nothing is looked up. */
	probe: boolean;
}

/** The contents of a look-up request; undefined for any other request. */
export function parseLookupRequest(text: string): LookupRequest | undefined {
	if (!text.startsWith('{"smsGateways"')) return undefined;
	const request = JSON.parse(text) as Partial<LookupRequest> & { smsGateways?: string };
	if (request.smsGateways !== LOOKUP_REQUEST.smsGateways) return undefined;
	const { waitId, last, probe } = request;
	return { waitId, last: last === true, probe: probe === true };
}
