/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server of ours, not a node */
import type { IncomingMessage } from 'node:http';

/** Who may talk to the sandbox: programs and pages of this machine. */

const LOCAL: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

function isLocalAddress(address: string): boolean {
	return URL.canParse(address) && LOCAL.has(new URL(address).hostname);
}

/**
 * Why a request is not of this machine, or undefined where it is: a name that somebody else's DNS
 * points here, or a page of another site in the user's browser.
 */
export function objectionTo({ headers }: IncomingMessage): string | undefined {
	if (!isLocalAddress(`http://${headers.host ?? ''}`)) return 'this Host is not of this machine';
	if (headers['sec-fetch-site'] === 'cross-site') return 'another site may not ask here';
	const { origin } = headers;
	if (origin !== undefined && !isLocalAddress(origin)) return 'this Origin is not of this machine';
	return undefined;
}
