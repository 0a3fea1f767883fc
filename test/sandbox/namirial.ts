/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- for tests, not a node */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type Sandbox } from '../../sandbox';
import { PASSWORD, STATUS_KEY, USERNAME } from '../../sandbox/namirial/settings';

export const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

export interface Reply {
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

/** One sandbox for all tests of a file, as new for each. Time stands still: a test lets it pass. */
export function useSandbox(): void {
	beforeAll(async () => {
		sandbox = await startSandbox({ clockScale: 0 });
	});
	afterEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
}

export const basic = (username = USERNAME, password = PASSWORD) =>
	`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

async function read(response: Response): Promise<Reply> {
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json') ?? false;
	const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
	return { status: response.status, text, json };
}

/** A POST to the gateway with the good account. */
export async function gateway(path: string, body?: unknown, headers: Record<string, string> = {}) {
	const response = await fetch(`${sandbox.url}/namirial/gateway/api/${path}`, {
		method: 'POST',
		headers: { Authorization: basic(), 'Content-Type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	return await read(response);
}

/** A GET of the status API. */
export async function status(path: string, key = STATUS_KEY): Promise<Reply> {
	const response = await fetch(`${sandbox.url}/namirial/status/api/messagestatus/${path}`, {
		headers: { 'X-Api-Key': key },
	});
	return await read(response);
}

/** A call of the sandbox's own control API. */
export async function control(path: string, method: string, body?: unknown): Promise<Reply> {
	const response = await fetch(`${sandbox.url}/control/${path}`, {
		method,
		headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return await read(response);
}

let texts = 0;

/** A send that is in order; every one has a text of its own, for anti-flooding. */
export const order = (changes: Record<string, unknown> = {}) => ({
	destination: '+393331112233',
	text: `Door code ${++texts}`,
	...changes,
});

/** Sends what is in order. @returns the id */
export async function sent(changes: Record<string, unknown> = {}): Promise<string> {
	const { status: http, json } = await gateway('Services/send', order(changes));
	expect(http).toBe(200);
	return String(json.id);
}

export const messageOf = async (id: string) => (await status(id)).json.message as Message;
export const listed = ({ json }: Reply) =>
	(json.messages as Array<{ message: Message }>).map(({ message }) => message);
export const stored = () => sandbox.messages.list({ provider: 'namirial' });

/** Waits for something to become true, five seconds at most. */
export async function until(met: () => boolean): Promise<void> {
	const end = Date.now() + 5_000;
	while (!met()) {
		if (Date.now() > end) throw new Error('It has not happened within 5 seconds.');
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

/** Somebody's webhook on this machine. */
export class Receiver {
	readonly received: Received[] = [];
	readonly bodies: string[] = [];
	/** Statuses of the next answers; 200 when they are used up. */
	answers: number[] = [];
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
				response.writeHead(this.answers.shift() ?? 200).end();
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
