/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a local server, not a node */
import { createServer } from 'node:http';

import { listen } from './listen';

export interface Peers {
	url: string;
	/** Returns the number of messages accepted since the last call. */
	takeCount(): number;
	close(): Promise<void>;
}

/** Starts the server that n8n's Twilio and Plivo nodes use. It accepts every text after a delay. */
export async function startPeers(delayMs: number): Promise<Peers> {
	let accepted = 0;
	const server = createServer((request, response) => {
		request.resume().once('end', () => {
			setTimeout(() => {
				accepted++;
				response.writeHead(201, { 'content-type': 'application/json' }).end(
					JSON.stringify({
						sid: `SM${accepted}`,
						message_uuid: [`${accepted}`],
						status: 'queued',
					}),
				);
			}, delayMs);
		});
	});
	const port = await listen(server);
	return {
		url: `http://127.0.0.1:${port}`,
		takeCount: () => {
			const count = accepted;
			accepted = 0;
			return count;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
