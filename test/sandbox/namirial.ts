/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- for tests, not a node */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type Sandbox } from '../../sandbox';
import { PASSWORD, STATUS_KEY, USERNAME } from '../../sandbox/namirial/settings';

export const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

export interface ApiResponse {
	status: number;
	text: string;
	json: Record<string, unknown>;
}

export interface Message {
	id: string;
	providerAcceptanceAt: string;
	statusChangedAt: string;
	reference?: Record<string, string>;
	channel: string;
	status: string;
	provider: Record<string, string>;
	sms?: { segments: number };
}

export interface Received {
	headers: IncomingHttpHeaders;
	id: string;
	webhookConfigurationId: string;
	type: string;
	createdAt: string;
	message: Message;
}

export let sandbox: Sandbox;

/** Uses one sandbox for all tests of a file and resets it after each. Tests advance its clock. */
export function useSandbox(): void {
	beforeAll(async () => {
		sandbox = await startSandbox({ clockScale: 0 });
	});
	afterEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
}

export const basic = (username = USERNAME, password = PASSWORD) =>
	`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

async function read(response: Response): Promise<ApiResponse> {
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json') ?? false;
	const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
	return { status: response.status, text, json };
}

/** Sends a POST to the gateway, authenticated by default. */
export async function gateway(path: string, body?: unknown, headers: Record<string, string> = {}) {
	const response = await fetch(`${sandbox.url}/namirial/gateway/api/${path}`, {
		method: 'POST',
		headers: { Authorization: basic(), 'Content-Type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	return await read(response);
}

/** Sends a GET to the status API. */
export async function status(path: string, key = STATUS_KEY): Promise<ApiResponse> {
	const response = await fetch(`${sandbox.url}/namirial/status/api/messagestatus/${path}`, {
		headers: { 'X-Api-Key': key },
	});
	return await read(response);
}

/** Calls the control API of the sandbox. */
export async function control(path: string, method: string, body?: unknown): Promise<ApiResponse> {
	const response = await fetch(`${sandbox.url}/control/${path}`, {
		method,
		headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return await read(response);
}

let texts = 0;

/** Returns a valid send. The text is unique because of anti-flooding. */
export const order = (changes: Record<string, unknown> = {}) => ({
	destination: '+393331112233',
	text: `Door code ${++texts}`,
	...changes,
});

/** Sends a valid message. @returns its id */
export async function sent(changes: Record<string, unknown> = {}): Promise<string> {
	const { status: http, json } = await gateway('Services/send', order(changes));
	expect(http).toBe(200);
	return String(json.id);
}

export const messageOf = async (id: string) => (await status(id)).json.message as Message;
export const listed = ({ json }: ApiResponse) =>
	(json.messages as Array<{ message: Message }>).map(({ message }) => message);
export const stored = () => sandbox.messages.list({ provider: 'namirial' });

/** Waits up to five seconds until a condition holds. */
export async function until(condition: () => boolean): Promise<void> {
	const end = Date.now() + 5_000;
	while (!condition()) {
		if (Date.now() > end) throw new Error(`Not true within five seconds: ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

/** A webhook on this machine. */
export class Receiver {
	readonly received: Received[] = [];
	readonly bodies: string[] = [];
	/** The statuses of the next responses, then 200. */
	nextStatuses: number[] = [];
	private server!: Server;

	async open(): Promise<this> {
		this.server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks).toString();
				this.bodies.push(body);
				if (body.startsWith('{') && body.endsWith('}')) {
					this.received.push({ headers: request.headers, ...JSON.parse(body) } as Received);
				}
				response.writeHead(this.nextStatuses.shift() ?? 200).end();
			});
		});
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return this;
	}

	get webhook() {
		return { url: this.url, authentication: { type: 'NONE' } };
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
	}

	get statuses(): string[] {
		return this.received.map(({ message }) => message.status);
	}

	close(): void {
		this.server.closeAllConnections();
		this.server.close();
	}
}
