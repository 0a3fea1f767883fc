/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a local server, not a node */
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

import { listen } from './listen';

const FOLDER = join(process.cwd(), 'test/engine/harness/tls');

/** The certificate that n8n must trust. */
export const CERTIFICATE = join(FOLDER, 'certificate.pem');

export interface DistantServer {
	/** `https://localhost:...` */
	url: string;
	close(): void;
}

/**
 * Starts a TLS proxy to a local server that simulates network latency: every packet is delayed by
 * half a round trip, and opening a connection by a whole one.
 */
export async function startDistantServer(
	target: string,
	roundTripMs: number,
): Promise<DistantServer> {
	const sockets = new Set<Socket>();
	const track = (socket: Socket) => {
		sockets.add(socket);
		socket.setNoDelay(true);
		socket.once('close', () => sockets.delete(socket));
		// an error closes the socket, and pipes close the other end
		socket.on('error', () => socket.destroy());
		return socket;
	};
	const secure = createTlsServer(
		{ key: readFileSync(join(FOLDER, 'key.pem')), cert: readFileSync(CERTIFICATE) },
		(socket) => {
			const inner = track(connect(Number(new URL(target).port), '127.0.0.1'));
			track(socket).pipe(inner).pipe(socket);
		},
	);
	const securePort = await listen(secure);
	const delayingServer = createServer((near) => {
		track(near);
		setTimeout(() => {
			const far = track(connect(securePort, '127.0.0.1'));
			forward(near, far, roundTripMs / 2);
			forward(far, near, roundTripMs / 2);
		}, roundTripMs);
	});
	const port = await listen(delayingServer);
	return {
		url: `https://localhost:${port}`,
		close() {
			for (const socket of sockets) socket.destroy();
			secure.close();
			delayingServer.close();
		},
	};
}

function forward(from: Socket, to: Socket, ms: number): void {
	from.on('data', (chunk) => setTimeout(() => to.write(chunk), ms));
	from.once('end', () => setTimeout(() => to.end(), ms));
	from.once('close', () => setTimeout(() => to.destroy(), ms));
}
