/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../sandbox';

export const ACCOUNT = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90';
export const HANDSET = '17575550142';
export const LONG_CODE = '17575550100';

export interface Response {
	status: number;
	type: string;
	text: string;
	/** The parsed body; undefined if it is not JSON. */
	json: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- each test knows its type
}

/** A client of CDYNE's service, independent of the nodes. */
export function client(sandbox: Sandbox, service = 'Messaging.svc') {
	const base = `${sandbox.url}/cdyne/${service}`;
	const call = async (url: string, init: RequestInit): Promise<Response> => {
		const response = await fetch(url, init);
		const text = await response.text();
		const type = response.headers.get('content-type') ?? '';
		const json = type.includes('json') ? JSON.parse(text) : undefined;
		return { status: response.status, type, text, json };
	};
	return {
		get: async (operation: string, query: Record<string, string>, accept = 'application/json') =>
			await call(`${base}/${operation}?${new URLSearchParams(query)}`, {
				headers: { Accept: accept },
			}),
		post: async (operation: string, body: unknown, type = 'application/json') =>
			await call(`${base}/${operation}`, {
				method: 'POST',
				headers: { Accept: 'application/json', 'Content-Type': type },
				body: typeof body === 'string' ? body : JSON.stringify(body),
			}),
	};
}

export interface Received {
	headers: IncomingHttpHeaders;
	rawHeaders: string[];
	body: string;
}

/** Receives postbacks and responds as specified. */
export async function receiver(result: { status: number; body?: string } = { status: 200 }) {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString();
			received.push({ headers: request.headers, rawHeaders: request.rawHeaders, body });
			response.writeHead(result.status).end(result.body ?? 'OK');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/postback`,
		received,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

/** Waits up to two seconds until a condition holds. */
export async function until(condition: () => boolean): Promise<void> {
	const end = Date.now() + 2_000;
	while (!condition()) {
		if (Date.now() > end) throw new Error(`Not true within two seconds: ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
