/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a server of ours, not a node */
import { createServer } from 'node:http';

import { listening } from './listening';

export interface Peers {
	url: string;
	/** Messages taken since this was last asked. */
	taken(): number;
	close(): Promise<void>;
}

/** What n8n's Twilio and Plivo nodes send a text to: takes every one, as late as it is told to. */
export async function startPeers(delayMs: number): Promise<Peers> {
	let taken = 0;
	const server = createServer((request, response) => {
		request.resume().once('end', () => {
			setTimeout(() => {
				taken++;
				response
					.writeHead(201, { 'content-type': 'application/json' })
					.end(JSON.stringify({ sid: `SM${taken}`, message_uuid: [`${taken}`], status: 'queued' }));
			}, delayMs);
		});
	});
	const port = await listening(server);
	return {
		url: `http://127.0.0.1:${port}`,
		taken: () => {
			const now = taken;
			taken = 0;
			return now;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
