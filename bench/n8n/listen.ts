/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a local server, not a node */
import type { AddressInfo, Server } from 'node:net';

/** Starts listening on a free port of the loopback interface. @returns the port */
export async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}
