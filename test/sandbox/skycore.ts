/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../sandbox';
import { ACCOUNT_KEY } from '../../sandbox/skycore/settings';

export const HANDSET = '17575550142';

export interface ApiResponse {
	status: number;
	type: string | null;
	text: string;
	/** Returns the text of the first element of this name, or undefined. */
	field(name: string): string | undefined;
	/** Returns the inner text of every element of this name. */
	all(name: string): string[];
}

export function parse(text: string): Pick<ApiResponse, 'field' | 'all'> {
	const all = (name: string) =>
		[...text.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map((hit) => hit[1]);
	return { all, field: (name) => all(name)[0] };
}

/** Returns a request document. The fields are not escaped, so that tests control the escaping. */
export function request(action: string, fields: string, key = ACCOUNT_KEY): string {
	return `<REQUEST><ACTION>${action}</ACTION><API_KEY>${key}</API_KEY>${fields}</REQUEST>`;
}

/** A client of Skycore's API, independent of the nodes. */
export function client(sandbox: Sandbox) {
	const url = `${sandbox.url}/skycore/API/wxml/1.3/index.php`;
	const call = async (address: string, init?: RequestInit): Promise<ApiResponse> => {
		const response = await fetch(address, init);
		const text = await response.text();
		const type = response.headers.get('content-type');
		return { status: response.status, type, text, ...parse(text) };
	};
	return {
		url,
		fetch: call,
		get: async (query: Record<string, string>) =>
			await call(`${url}?${new URLSearchParams({ api_key: ACCOUNT_KEY, ...query })}`),
		raw: async (body: string, type = 'text/xml') =>
			await call(url, { method: 'POST', headers: { 'Content-Type': type }, body }),
		/** Sends a document in the form field `xml`, as documented. */
		call: async (action: string, fields: string, key?: string) =>
			await call(url, {
				method: 'POST',
				body: new URLSearchParams({ xml: request(action, fields, key) }),
			}),
	};
}

export interface Received {
	headers: IncomingHttpHeaders;
	body: string;
}

/** Receives postbacks and responds with these statuses in turn. */
export async function receiver(...statuses: number[]) {
	const received: Received[] = [];
	const server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			received.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
			const status = statuses.length > 1 ? statuses.shift() : statuses[0];
			response.writeHead(status ?? 200).end('OK');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/postback?token=t`,
		received,
		codes: () => received.map(({ body }) => parse(body).field('CODE')),
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
