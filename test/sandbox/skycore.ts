/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../sandbox';
import { ACCOUNT_KEY } from '../../sandbox/skycore/settings';

export const HANDSET = '17575550142';

export interface Reply {
	status: number;
	type: string | null;
	text: string;
	/** Text of the first element of this name; undefined where there is none. */
	field(name: string): string | undefined;
	/** Inner text of every element of this name. */
	all(name: string): string[];
}

export function reading(text: string): Pick<Reply, 'field' | 'all'> {
	const all = (name: string) =>
		[...text.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map((hit) => hit[1]);
	return { all, field: (name) => all(name)[0] };
}

/** A request document: texts as they stand, so that a test sees what it escapes. */
export function request(action: string, fields: string, key = ACCOUNT_KEY): string {
	return `<REQUEST><ACTION>${action}</ACTION><API_KEY>${key}</API_KEY>${fields}</REQUEST>`;
}

/** Skycore, as a client without any knowledge of ours meets it. */
export function client(sandbox: Sandbox) {
	const url = `${sandbox.url}/skycore/API/wxml/1.3/index.php`;
	const ask = async (address: string, init?: RequestInit): Promise<Reply> => {
		const response = await fetch(address, init);
		const text = await response.text();
		const type = response.headers.get('content-type');
		return { status: response.status, type, text, ...reading(text) };
	};
	return {
		url,
		ask,
		get: async (query: Record<string, string>) =>
			await ask(`${url}?${new URLSearchParams({ api_key: ACCOUNT_KEY, ...query })}`),
		raw: async (body: string, type = 'text/xml') =>
			await ask(url, { method: 'POST', headers: { 'Content-Type': type }, body }),
		/** The documented way: a document in the form field `xml`. */
		call: async (action: string, fields: string, key?: string) =>
			await ask(url, {
				method: 'POST',
				body: new URLSearchParams({ xml: request(action, fields, key) }),
			}),
	};
}

export interface Received {
	headers: IncomingHttpHeaders;
	body: string;
}

/** An address for postbacks that keeps what comes and answers with the given statuses in turn. */
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
		codes: () => received.map(({ body }) => reading(body).field('CODE')),
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

/** Waits for something to become true, two seconds at most. */
export async function until(condition: () => boolean): Promise<void> {
	const end = Date.now() + 2_000;
	while (!condition()) {
		if (Date.now() > end) throw new Error(`Not within two seconds: ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
