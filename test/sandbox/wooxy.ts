/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- for tests, not a node */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type Sandbox } from '../../sandbox';
import { listId } from '../../sandbox/wooxy/lists';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';

export const HANDSET = '+37255512345';
export const UNKNOWN_ID = '64f000000000000000000002';
export const CUSTOMERS = listId('shop.example', 'Customers');

/** The documented sample request. */
export const SAMPLE = {
	domain: 'shop.example',
	phoneNumber: HANDSET,
	fromName: 'Shop 24',
	text: 'Code 1234',
	tags: ['otp'],
};

export let sandbox: Sandbox;

const receivers: Server[] = [];

/** Uses one sandbox for all tests of a file and resets it after each. Tests advance its clock. */
export function useSandbox(): void {
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, clockScale: 0 });
	});
	afterEach(() => {
		sandbox.reset();
		for (const server of receivers.splice(0)) {
			server.closeAllConnections();
			server.close();
		}
	});
	afterAll(async () => await sandbox.close());
}

export async function raw(path: string, init: RequestInit) {
	const response = await fetch(`${sandbox.url}/wooxy${path}`, init);
	const text = await response.text();
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each test knows its type
	return { status: response.status, text, json: JSON.parse(text) as any };
}

export async function ask(operation: string, fields: unknown = {}, token = GOOD_TOKEN) {
	return await raw(`/v3/${operation}`, {
		method: 'POST',
		headers: { 'Access-Token': token, 'Content-Type': 'application/json' },
		body: typeof fields === 'string' ? fields : JSON.stringify(fields),
	});
}

export const failed = (...errors: string[]) => ({ result: false, errors });

/** Sends the sample with changes. @returns the message's id */
export async function send(changes: object = {}): Promise<string> {
	const { json } = await ask('sms/send', { ...SAMPLE, ...changes });
	expect(json).toEqual({ result: true, sms_id: expect.stringMatching(/^[0-9a-f]{24}$/) });
	return json.sms_id;
}

export async function statusOf(id: string): Promise<string> {
	return (await ask('sms/info', { ids: [id] })).json.data[id].status;
}

/** Advances the clock by one step of a message's lifecycle. */
export async function step(name: 'queued' | 'sent' | 'final'): Promise<void> {
	const { sent, carrier, delivered } = sandbox.pace;
	await sandbox.clock.advance(name === 'final' ? carrier + delivered : sent / 2);
}

/** Receives postbacks. With `status` null it never responds. */
export async function receiver(result: { status: number | null } = { status: 200 }) {
	const received: Array<{ body: string; type: string | undefined }> = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString();
			received.push({ body, type: request.headers['content-type'] });
			if (result.status !== null) response.writeHead(result.status).end('OK');
		});
	});
	receivers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		received,
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
