import { sameAddress, withoutToken } from '../shared/address';

/** The addresses that CDYNE posted to before a trigger took their place. */

/** What stood there before. */
interface Standing {
	url: string | null;
	enabled: boolean;
	/** The query of the address is left out: it may hold a secret of whoever it belongs to. */
	isCut?: boolean;
}

/** By type. */
export type Before = Record<string, Standing>;

export const UNSET: Standing = { url: null, enabled: false };

/**
 * What this process knows of registrations, by the address of the trigger: what each found, whole.
 * Static data is part of an exported workflow, so there addresses of others have no query.
 */
const registrations = new Map<string, Before>();

const MOST_REGISTRATIONS = 1_000;

/** Keeps what a registration finds, which may still grow. */
export function keepInMind(address: string, before: Before): void {
	registrations.set(address, before);
	if (registrations.size <= MOST_REGISTRATIONS) return;
	registrations.delete(registrations.keys().next().value as string);
}

/** What the registration of this address found; undefined after a restart. */
export function foundBy(address: string): Before | undefined {
	return registrations.get(address);
}

/** A trigger goes: whoever found its address is to put back what it had found itself. */
export function forget(address: string): void {
	const mine = registrations.get(address);
	registrations.delete(address);
	for (const before of registrations.values()) {
		for (const [type, { url }] of Object.entries(before)) {
			if (sameAddress(url, address)) before[type] = mine?.[type] ?? UNSET;
		}
	}
}

function isOfThisN8n(url: string | null, address: string): boolean {
	if (url === null || !URL.canParse(url)) return false;
	const [theirs, ours] = [new URL(url), new URL(address)];
	// in front of the trigger's own part stands what all webhooks of this n8n begin with
	const prefix = ours.pathname.split('/').slice(0, -2).join('/');
	return theirs.origin === ours.origin && theirs.pathname.startsWith(`${prefix}/`);
}

/** What static data keeps: no query of others, and no address of this n8n, which may be gone. */
export function lasting(standing: Standing, address: string): Standing {
	const { url } = standing;
	if (isOfThisN8n(url, address)) return UNSET;
	if (url === null || !URL.canParse(url) || new URL(url).search === '') return standing;
	const { origin, pathname } = new URL(url);
	return { ...standing, url: origin + pathname, isCut: true };
}

/**
 * What is to stand there after a trigger. An address that was cut is not put back, and one of this
 * n8n only while its trigger is registered.
 */
export function resolved(kept: Standing, found: Standing | undefined, address: string): Standing {
	const standing = found ?? (kept.isCut ? UNSET : kept);
	const { url } = standing;
	if (url === null || !isOfThisN8n(url, address) || sameNode(url, address)) return standing;
	return registrations.has(withoutToken(url)) ? standing : UNSET;
}

/**
 * A test run's address of the same node, or the node's own while a test run registers. What is in
 * front of the node's own part of an address (its webhook id and a name) depends on n8n's settings.
 */
export function sameNode(one: string | null, other: string): boolean {
	if (one === null || !URL.canParse(one) || !URL.canParse(other)) return one === other;
	const [a, b] = [new URL(one), new URL(other)];
	const ownPart = ({ pathname }: URL) => pathname.split('/').slice(-2).join('/');
	return a.origin === b.origin && ownPart(a) === ownPart(b);
}
