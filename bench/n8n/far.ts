/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a server of ours, not a node */
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

import { listening } from './listening';

const FOLDER = join(process.cwd(), 'test/engine/tls');

/** What n8n has to trust to talk to it. */
export const CERTIFICATE = join(FOLDER, 'certificate.pem');

export interface Far {
	/** `https://localhost:...` */
	url: string;
	close(): void;
}

/**
 * A way to a server of this machine on which everything travels for a while: TLS, and below it a wire
 * that keeps every packet for half of a round trip. Opening a connection takes a whole one, as it
 * does where the other end is far away, and TLS what it takes by itself.
 */
export async function startFar(target: string, roundTripMs: number): Promise<Far> {
	const sockets = new Set<Socket>();
	const kept = (socket: Socket) => {
		sockets.add(socket);
		socket.setNoDelay(true);
		socket.once('close', () => sockets.delete(socket));
		// whoever goes away takes the other end along
		socket.on('error', () => socket.destroy());
		return socket;
	};
	const secure = createTlsServer(
		{ key: readFileSync(join(FOLDER, 'key.pem')), cert: readFileSync(CERTIFICATE) },
		(socket) => {
			const inner = kept(connect(Number(new URL(target).port), '127.0.0.1'));
			kept(socket).pipe(inner).pipe(socket);
		},
	);
	const securePort = await listening(secure);
	const wire = createServer((near) => {
		kept(near);
		setTimeout(() => {
			const far = kept(connect(securePort, '127.0.0.1'));
			carry(near, far, roundTripMs / 2);
			carry(far, near, roundTripMs / 2);
		}, roundTripMs);
	});
	const port = await listening(wire);
	return {
		url: `https://localhost:${port}`,
		close() {
			for (const socket of sockets) socket.destroy();
			secure.close();
			wire.close();
		},
	};
}

function carry(from: Socket, to: Socket, ms: number): void {
	from.on('data', (chunk) => setTimeout(() => to.write(chunk), ms));
	from.once('end', () => setTimeout(() => to.end(), ms));
	from.once('close', () => setTimeout(() => to.destroy(), ms));
}
