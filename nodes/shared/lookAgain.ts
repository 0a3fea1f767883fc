import type { IExecuteFunctions } from 'n8n-workflow';
import { dropOldest } from './oldest';
import { sleepUnless } from './pause';

/**
 * Requests of our own to the address of a wait, which have the status looked up. A postback in the
 * first tenth of a second finds the execution still running, and n8n refuses it; a provider that
 * does not repeat it would leave the wait without an end.
 */

/** Milliseconds after parking at which a postback that came too early to be taken is looked for. */
const FIRST_LOOK = 3_000;

/** How long before the limit the last look is: n8n may end the wait up to a minute late. */
const LAST_LOOK = 3_000;

/** No process is expected to live longer; such waits get no last look. */
const LONGEST = 24 * 86_400_000;

/** No timer is longer, so that none stays for a wait that is over. */
const NAP = 30_000;

/** Waits that this process saw end: their looks are dropped. */
const ended = new Set<string>();

const MOST_ENDED = 10_000;

/** Notes that a wait is over. */
export function hasEnded(wait: string): void {
	ended.add(wait);
	dropOldest(ended, MOST_ENDED);
}

/** A request of our own to the resume address. */
const LOOK_UP = { smsGateways: 'lookUp' };

interface Look {
	url: string;
	wait: string;
	/** Milliseconds from now. */
	after: number;
	last: boolean;
}

const LOOK_TIMEOUT = 30_000;

/** That this n8n does not reach itself is said once. */
let toldUnreachable = false;

/**
 * Has the status looked up once soon, and once before the limit (while this process lives).
 *
 * @param url the address of the wait
 */
export function lookAgain(
	context: IExecuteFunctions,
	{ url, wait, until }: { url: string; wait: string; until: Date },
): void {
	const left = until.getTime() - Date.now();
	void lookSoon(context, { url, wait, after: Math.min(FIRST_LOOK, left / 3), last: false });
	if (left > LONGEST) return;
	void lookLate({ url, wait, after: left - Math.min(LAST_LOOK, left / 3), last: true });
}

/** Asks by n8n's own helper, which knows its proxies and certificates. */
async function lookSoon(context: IExecuteFunctions, look: Look): Promise<void> {
	const { logger, helpers } = context;
	if (await isOverAfter(look)) return;
	try {
		await helpers.httpRequest({
			method: 'POST',
			url: look.url,
			headers: { 'Content-Type': 'application/json' },
			body: questionOf(look),
			timeout: LOOK_TIMEOUT,
			ignoreHttpStatusErrors: true,
		});
	} catch {
		if (await ask(look)) return;
		if (toldUnreachable) return;
		toldUnreachable = true;
		logger.warn(
			`This n8n does not reach itself at ${new URL(look.url).origin}, so a status that comes while an execution is being stored may be missed, and that wait ends at its limit. Check N8N_WEBHOOK_URL (before n8n 2: WEBHOOK_URL), and that this machine reaches that address.`,
		);
	}
}

/** Long after: n8n's helper would keep the execution's data in memory until then. */
async function lookLate(look: Look): Promise<void> {
	if (!(await isOverAfter(look))) await ask(look);
}

/** Whether the wait is over by the time of the look, or before. */
async function isOverAfter({ wait, after }: Look): Promise<boolean> {
	const isOver = () => ended.has(wait);
	return (await sleepUnless(isOver, after, NAP)) || isOver();
}

function questionOf({ wait, last }: Look): string {
	return JSON.stringify({ ...LOOK_UP, wait, last });
}

/**
 * @returns false where this n8n does not answer, or has no global fetch; postbacks and the limit end
 * the wait as ever
 */
async function ask(look: Look): Promise<boolean> {
	try {
		await fetch(look.url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: questionOf(look),
			signal: AbortSignal.timeout(LOOK_TIMEOUT),
		});
		return true;
	} catch {
		return false;
	}
}

/** What a request of ours asks for; undefined where it is none. */
export function ownRequest(text: string): { wait?: string; last: boolean } | undefined {
	if (!text.startsWith('{"smsGateways"')) return undefined;
	const own = JSON.parse(text) as { smsGateways?: string; wait?: string; last?: boolean };
	if (own.smsGateways !== LOOK_UP.smsGateways) return undefined;
	return { wait: own.wait, last: own.last === true };
}
