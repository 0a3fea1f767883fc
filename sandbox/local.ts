/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a local server, not a node */
import type { IncomingMessage } from 'node:http';

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

function isLocalAddress(address: string): boolean {
	return URL.canParse(address) && LOCAL_HOSTS.has(new URL(address).hostname);
}

/**
 * Only programs and pages of this machine may use the sandbox. This rejects foreign host names
 * that resolve to this machine (DNS rebinding), and pages of other sites in the user's browser.
 * @returns the reason to reject the request, or undefined if it is local
 */
export function reasonToReject({ headers }: IncomingMessage): string | undefined {
	if (!isLocalAddress(`http://${headers.host ?? ''}`))
		return 'the Host header does not name this machine';
	if (headers['sec-fetch-site'] === 'cross-site')
		return 'requests from other sites are not allowed';
	const { origin } = headers;
	if (origin !== undefined && !isLocalAddress(origin))
		return 'the Origin header does not name this machine';
	return undefined;
}
