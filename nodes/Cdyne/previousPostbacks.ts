import { LruMap } from '../shared/http/lruMap';
import { isSameUrl, withoutToken } from '../shared/receiving/tokenUrl';

/** The URLs that CDYNE posted to before a trigger was registered, to restore them afterwards. */

interface PreviousPostback {
	url: string | null;
	enabled: boolean;
	/** The query of the URL is not stored, because it may contain a secret of its owner. */
	queryRemoved?: boolean;
}

/** By type of postback. */
export type PreviousPostbacks = Record<string, PreviousPostback>;

export const UNSET: PreviousPostback = { url: null, enabled: false };

/**
 * What each registration of this process found, with complete URLs, by the URL of the trigger.
 * Static data has no queries of foreign URLs, because it is part of an exported workflow.
 */
const registrations = new LruMap<PreviousPostbacks>(1_000);

/** Remembers what a registration finds. The caller may add to it later. */
export function remember(triggerUrl: string, previous: PreviousPostbacks): void {
	registrations.set(triggerUrl, previous);
}

/** What the registration of this trigger found; undefined after a restart. */
export function rememberedFor(triggerUrl: string): PreviousPostbacks | undefined {
	return registrations.get(triggerUrl);
}

/**
 * Forgets the registration of a trigger. Registrations that found this trigger's URL then restore
 * what this one had found.
 */
export function forget(triggerUrl: string): void {
	const forgotten = registrations.get(triggerUrl);
	registrations.delete(triggerUrl);
	for (const previous of registrations.values()) {
		for (const [type, { url }] of Object.entries(previous)) {
			if (isSameUrl(url, triggerUrl)) previous[type] = forgotten?.[type] ?? UNSET;
		}
	}
}

function isOfThisN8n(url: string | null, triggerUrl: string): boolean {
	if (url === null || !URL.canParse(url)) return false;
	const [parsed, trigger] = [new URL(url), new URL(triggerUrl)];
	// all webhooks of an n8n begin with what precedes the last two segments of a trigger's path
	const prefix = trigger.pathname.split('/').slice(0, -2).join('/');
	return parsed.origin === trigger.origin && parsed.pathname.startsWith(`${prefix}/`);
}

/**
 * What is stored in static data: no queries of foreign URLs, and no URLs of this n8n, whose
 * triggers may be gone when it is restored.
 */
export function forStaticData(previous: PreviousPostback, triggerUrl: string): PreviousPostback {
	const { url } = previous;
	if (isOfThisN8n(url, triggerUrl)) return UNSET;
	if (url === null || !URL.canParse(url) || new URL(url).search === '') return previous;
	const { origin, pathname } = new URL(url);
	return { ...previous, url: origin + pathname, queryRemoved: true };
}

/**
 * What to restore when a trigger is unregistered. A URL whose query is lost is not restored. A URL
 * of this n8n is restored only while its trigger is registered.
 */
export function postbackToRestore(
	stored: PreviousPostback,
	remembered: PreviousPostback | undefined,
	triggerUrl: string,
): PreviousPostback {
	const previous = remembered ?? (stored.queryRemoved ? UNSET : stored);
	const { url } = previous;
	if (url === null || !isOfThisN8n(url, triggerUrl) || isSameNode(url, triggerUrl)) return previous;
	return registrations.has(withoutToken(url)) ? previous : UNSET;
}

/**
 * Whether two URLs lead to the same trigger node, one possibly for a test run. Their last two path
 * segments (the webhook ID and a name) are the same; what precedes them depends on n8n's settings.
 */
export function isSameNode(a: string | null, b: string): boolean {
	return isSameUrl(a, b, (path) => path.split('/').slice(-2).join('/'));
}
