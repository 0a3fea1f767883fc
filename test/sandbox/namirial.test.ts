/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { STATUS_KEY, PASSWORD, USERNAME } from '../../sandbox/namirial/settings';

const HOUR = 3_600_000;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

interface Reply {
	status: number;
	text: string;
	json: Record<string, unknown>;
}

interface Message {
	id: string;
	providerAcceptanceAt: string;
	statusChangedAt: string;
	reference?: Record<string, string>;
	channel: string;
	status: string;
	provider: Record<string, string>;
	sms?: { segments: number };
}

interface Received {
	headers: IncomingHttpHeaders;
	id: string;
	webhookConfigurationId: string;
	type: string;
	createdAt: string;
	message: Message;
}

let sandbox: Sandbox;

// time stands still: a test lets it pass
beforeAll(async () => {
	sandbox = await startSandbox({ clockScale: 0 });
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const basic = (username = USERNAME, password = PASSWORD) =>
	`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

async function read(response: Response): Promise<Reply> {
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json') ?? false;
	const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
	return { status: response.status, text, json };
}

async function gateway(path: string, body?: unknown, headers: Record<string, string> = {}) {
	const response = await fetch(`${sandbox.url}/namirial/gateway/api/${path}`, {
		method: 'POST',
		headers: { Authorization: basic(), 'Content-Type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	return await read(response);
}

async function status(path: string, key = STATUS_KEY): Promise<Reply> {
	const response = await fetch(`${sandbox.url}/namirial/status/api/messagestatus/${path}`, {
		headers: { 'X-Api-Key': key },
	});
	return await read(response);
}

async function control(path: string, method: string, body?: unknown): Promise<Reply> {
	const response = await fetch(`${sandbox.url}/control/${path}`, {
		method,
		headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return await read(response);
}

let texts = 0;

/** A send that is in order; every one has a text of its own, for anti-flooding. */
const order = (changes: Record<string, unknown> = {}) => ({
	destination: '+393331112233',
	text: `Door code ${++texts}`,
	...changes,
});

async function sent(changes: Record<string, unknown> = {}): Promise<string> {
	const { status: http, json } = await gateway('Services/send', order(changes));
	expect(http).toBe(200);
	return String(json.id);
}

const messageOf = async (id: string) => (await status(id)).json.message as Message;
const listed = ({ json }: Reply) =>
	(json.messages as Array<{ message: Message }>).map(({ message }) => message);
const stored = () => sandbox.messages.list({ provider: 'namirial' });

async function until(met: () => boolean): Promise<void> {
	const end = Date.now() + 5_000;
	while (!met()) {
		if (Date.now() > end) throw new Error('It has not happened within 5 seconds.');
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

/** Somebody's webhook on this machine. */
class Receiver {
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

describe('health', () => {
	it('is told to anybody', async () => {
		const reply = await gateway('Services/checkServiceStatus', undefined, { Authorization: '' });
		expect(reply.status).toBe(200);
		expect(reply.json).toEqual({
			globalStatus: true,
			dbStatus: true,
			servicesStatus: true,
			errorMessage: '',
			versionNumber: '27.1.0.2',
		});
	});

	it('can be bad under HTTP 200, with a reason', async () => {
		sandbox.configure('namirial', { healthy: false });
		const reply = await gateway('Services/checkServiceStatus');
		expect(reply.status).toBe(200);
		expect(reply.json).toMatchObject({
			globalStatus: false,
			errorMessage: 'Database is not reachable',
		});
	});

	it('of the admin path is for an admin account only', async () => {
		expect((await gateway('Admin/checkServiceStatus')).status).toBe(200);
		const stranger = { Authorization: basic('somebody') };
		expect((await gateway('Admin/checkServiceStatus', undefined, stranger)).status).toBe(500);
		sandbox.configure('namirial', { admin: false });
		expect((await gateway('Admin/checkServiceStatus')).json.code).toBe(63);
	});
});

describe('credentials', () => {
	it.each([
		['none', ''],
		['a wrong password', basic(USERNAME, 'wrong')],
		['another scheme', `Bearer ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`],
		['Latin-1', `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`, 'latin1').toString('base64')}`],
	])('refuses a send with %s', async (_name, Authorization) => {
		const reply = await gateway('Services/send', order(), { Authorization });
		expect(reply.status).toBe(500);
		expect(reply.text).toBe('{"code":63,"message":"Authentication error","details":null}');
		expect(stored()).toHaveLength(0);
	});

	it('looks at the account before the body, and can say 401', async () => {
		sandbox.configure('namirial', { authenticationStatus: 401 });
		const reply = await gateway('Services/send', 'no JSON', { Authorization: basic('somebody') });
		expect(reply.status).toBe(401);
		expect(reply.json.code).toBe(63);
	});

	it('has a key of its own for the status API, and 403 for any other', async () => {
		expect(await status('reference/x', 'wrong')).toMatchObject({ status: 403, text: '' });
		expect((await status('reference/x')).text).toBe('{"messages":[]}');
	});
});

describe('a send', () => {
	it('is accepted with the published text and an id', async () => {
		const reply = await gateway('Services/send', order());
		expect(reply.status).toBe(200);
		expect(reply.json).toEqual({
			message: '0: Accepted for delivery',
			id: expect.stringMatching(UUID) as string,
		});
	});

	it('names the provider where it is asked to be detailed', async () => {
		const reply = await gateway('Services/send', order({ detailed: true }));
		expect(Object.keys(reply.json)).toEqual(['message', 'provider', 'id']);
		expect(reply.json.provider).toBe('PROVIDER1');
	});

	it('takes the documented example', async () => {
		const id = await sent({
			text: 'Door code 4471',
			reference: { service: 'AUTHENTICATION', action: '2FA', key: 'order-9001' },
			detailed: true,
			webhook: {
				url: 'https://hooks.example.org/namirial/a1b2',
				authentication: { type: 'NONE' },
			},
		});
		expect(stored()[0]).toMatchObject({
			id,
			direction: 'out',
			to: '+393331112233',
			handset: '393331112233',
			text: 'Door code 4471',
			reference: 'order-9001',
			status: 'queued',
		});
	});

	it('on behalf of another account is for Admin/send; Services/send ignores the account', async () => {
		const who = { account: 'branch-7', lra: 42 };
		await gateway('Admin/send', order(who));
		await gateway('Services/send', order(who));
		expect(stored().map(({ detail }) => detail.account)).toEqual(['branch-7', null]);
		expect((await gateway('Admin/send', order({ lra: '42' }))).status).toBe(400);
	});

	it.each([
		['no destination', { destination: undefined }],
		['no plus sign', { destination: '393331112233' }],
		['blanks', { destination: '+39 333 1112233' }],
		['a leading zero', { destination: '+0393331112' }],
		['6 digits', { destination: '+393331' }],
		['16 digits', { destination: '+3933311122334455' }],
		['two plus signs', { destination: '++393331112233' }],
	])('with %s in place of a number is code 56', async (_name, changes) => {
		const reply = await gateway('Services/send', order(changes));
		expect(reply.status).toBe(500);
		expect(reply.text).toBe('{"code":56,"message":"Invalid number","details":null}');
	});

	it.each([
		['no text', { text: undefined }, 66],
		['an empty text', { text: '' }, 66],
		['a key without a service', { reference: { key: 'order-9001' } }, 59],
		['an action without a service', { reference: { action: '2FA' } }, 59],
		['an empty service', { reference: { service: '', key: 'k' } }, 59],
		['a service that is not on the list', { reference: { service: 'SHOP' } }, 59],
	])('with %s is refused', async (_name, changes, code) => {
		const reply = await gateway('Services/send', order(changes));
		expect(reply.status).toBe(500);
		expect(reply.json).toMatchObject({ code, details: null });
		expect(stored()).toHaveLength(0);
	});

	it('is judged by number, then text, then reference, then webhook', async () => {
		const wrong = {
			destination: 'x',
			text: '',
			reference: { key: 'k' },
			webhook: { url: 'http://hooks.example.org/', authentication: { type: 'NONE' } },
		};
		const codes: unknown[] = [];
		for (const changes of [
			wrong,
			{ ...wrong, destination: undefined, text: 'x' },
			{ ...wrong, destination: '+393331112233' },
			{ ...wrong, destination: '+393331112233', text: 'x' },
			{ ...wrong, destination: '+393331112233', text: 'x', reference: undefined },
		]) {
			const { status: http, json } = await gateway('Services/send', order(changes));
			codes.push(json.code ?? http);
		}
		expect(codes).toEqual([56, 56, 66, 59, 400]);
	});

	it('takes 1600 characters and not one more', async () => {
		await sent({ text: 'a'.repeat(1_600) });
		const reply = await gateway('Services/send', order({ text: 'a'.repeat(1_601) }));
		expect(reply.status).toBe(400);
	});

	it.each([
		['a field that does not exist', order({ from: 'ACME' }), 'from is not known'],
		['null in an optional field', order({ reference: null }), 'reference is empty'],
		['an empty optional field', order({ businessRelationId: '' }), 'businessRelationId is empty'],
		['a number as text', order({ text: 4471 }), 'text is not of type string'],
		['a string as boolean', order({ detailed: 'true' }), 'detailed is not of type boolean'],
		['a list', [order()], 'the body is not an object'],
		['cut-off JSON', '{"destination":"+39', 'it is not JSON'],
	])('with %s is a bad request', async (_name, body, flaw) => {
		const reply = await gateway('Services/send', body);
		expect(reply.status).toBe(400);
		expect(reply.json.message).toBe(`Bad request: ${flaw}`);
	});

	it('may carry the deprecated attemptCount, which changes nothing', async () => {
		await sent({ attemptCount: 'three' });
	});

	it('tolerates what it does not know when told to', async () => {
		sandbox.configure('namirial', { strictFields: false });
		await sent({ from: 'ACME', reference: null, webhook: null });
	});

	it('wants JSON declared as JSON', async () => {
		const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
		expect((await gateway('Services/send', order(), form)).status).toBe(415);
	});

	it.each([
		['http elsewhere', { url: 'http://hooks.example.org/', authentication: { type: 'NONE' } }],
		['no address', { authentication: { type: 'NONE' } }],
		['no authentication', { url: 'https://hooks.example.org/' }],
		[
			'another authentication',
			{ url: 'https://h.example.org/', authentication: { type: 'BASIC' } },
		],
	])('refuses a webhook with %s', async (_name, webhook) => {
		expect((await gateway('Services/send', order({ webhook }))).status).toBe(400);
		expect(stored()).toHaveLength(0);
	});

	it('takes an http webhook on this machine unless told to be as strict as the provider', async () => {
		const webhook = { url: 'http://localhost:5678/x', authentication: { type: 'NONE' } };
		await sent({ webhook });
		sandbox.configure('namirial', { allowLoopbackHttp: false });
		expect((await gateway('Services/send', order({ webhook }))).status).toBe(400);
	});

	it.each([
		['+393335550108', 8],
		['+393335550161', 61],
		['+393335550164', 64],
		['+393335550174', 74],
		// the words that all providers share
		['+17575550162', 8],
	])('to %s is code %i', async (destination, code) => {
		sandbox.numbers.set('+17575550162', 'rejected');
		const reply = await gateway('Services/send', order({ destination }));
		expect(reply.status).toBe(500);
		expect(reply.json.code).toBe(code);
	});

	it('has the published texts for codes 8, 56 and 60, and others when told', async () => {
		const wrong = order({ destination: '+393335550108' });
		expect((await gateway('Services/send', wrong)).json.message).toBe('Wrong number');
		sandbox.configure('namirial', { errorTexts: { 8: 'Nope' }, errorDetails: false });
		expect((await gateway('Services/send', wrong)).json).toEqual({ code: 8, message: 'Nope' });
	});

	it('may link to allowed hosts only, where there is a list', async () => {
		sandbox.configure('namirial', { allowedHosts: ['namirial.com'] });
		await sent({ text: 'See https://namirial.com/a' });
		const reply = await gateway('Services/send', order({ text: 'See https://evil.example/a' }));
		expect(reply.json.code).toBe(74);
	});

	it('to +393335550191 fails without a code', async () => {
		const reply = await gateway('Services/send', order({ destination: '+393335550191' }));
		expect(reply.status).toBe(500);
		expect(reply.text).toContain('<h1>Internal Server Error</h1>');
	});

	it('to +393335550190 is never answered', async () => {
		const hanging = fetch(`${sandbox.url}/namirial/gateway/api/Services/send`, {
			method: 'POST',
			headers: { Authorization: basic(), 'Content-Type': 'application/json' },
			body: JSON.stringify(order({ destination: '+393335550190' })),
			signal: AbortSignal.timeout(100),
		});
		await expect(hanging).rejects.toThrow();
		expect(stored()).toHaveLength(0);
	});

	it('whose answer is lost after it was accepted is found by its reference', async () => {
		sandbox.faults.add({ kind: 'reset', operation: 'Services/send', when: 'after' });
		const reference = { service: 'ADMIN', key: 'order-9001' };
		await expect(gateway('Services/send', order({ reference }))).rejects.toThrow();
		expect(listed(await status('reference/order-9001'))).toHaveLength(1);
	});
});

describe('paths and verbs', () => {
	const at = async (path: string, method: string) =>
		(await fetch(`${sandbox.url}/namirial/${path}`, { method })).status;

	it.each([
		['GET', 'gateway/api/Services/checkServiceStatus', 405],
		['GET', 'gateway/api/Services/send', 405],
		['POST', 'status/api/messagestatus/reference/x', 405],
		['POST', 'gateway/api/services/send', 404],
		['POST', 'gateway/Services/send', 404],
		['POST', 'status/api/Services/send', 404],
		['GET', 'gateway/api/messagestatus/reference/x', 404],
		['GET', 'status/messagestatus/reference/x', 404],
		['GET', 'status/api/api/messagestatus/reference/x', 404],
		['GET', 'status/api/messagestatus/reference/a/b', 404],
		['GET', 'status/api/messagestatus/reference/', 404],
	])('%s %s is %i', async (method, path, expected) => {
		expect(await at(path, method)).toBe(expected);
	});

	it('can be matched without regard to case', async () => {
		sandbox.configure('namirial', { caseSensitivePaths: false });
		expect((await gateway('services/SEND', order())).status).toBe(200);
		expect(sandbox.requests.count('namirial', 'Services/send')).toBe(1);
	});

	it('are the names in the request log', async () => {
		const id = await sent();
		await status(id);
		await status('phonenumber/+393331112233');
		await status('reference/x');
		expect(sandbox.requests.summary().byOperation.namirial).toEqual({
			'Services/send': 1,
			messagestatus: 1,
			'messagestatus/phonenumber': 1,
			'messagestatus/reference': 1,
		});
		expect(sandbox.requests.list({ operation: 'messagestatus/phonenumber' })[0]).toMatchObject({
			recipients: ['+393331112233'],
		});
	});
});

describe('anti-flooding', () => {
	it('drops the third equal text within an hour, and says that all is well', async () => {
		const replies: Reply[] = [];
		for (let copy = 0; copy < 3; copy++) {
			replies.push(await gateway('Services/send', order({ text: 'same' })));
		}
		expect(replies[2]).toMatchObject({ status: 200 });
		expect(replies[2].json.message).toBe('0: Accepted for delivery');
		expect(stored()).toHaveLength(2);
		expect((await status(String(replies[2].json.id))).status).toBe(404);
	});

	it('may leave the id out of that answer', async () => {
		sandbox.configure('namirial', { duplicateLimit: 0, droppedHasId: false });
		expect((await gateway('Services/send', order())).json).toEqual({
			message: '0: Accepted for delivery',
		});
	});

	it('counts equal texts by number and by upstream provider', async () => {
		sandbox.configure('namirial', { upstreamProviders: ['PROVIDER1', 'PROVIDER2'] });
		for (let copy = 0; copy < 6; copy++) await sent({ text: 'same' });
		expect(stored()).toHaveLength(4);
		await sent({ text: 'same', destination: '+393334445566' });
		expect(stored()).toHaveLength(5);
	});

	it('refuses the 151st message to a number with code 60', async () => {
		for (let count = 0; count < 150; count++) await sent();
		const reply = await gateway('Services/send', order());
		expect(reply.status).toBe(500);
		expect(reply.text).toBe('{"code":60,"message":"Anti-flooding error","details":null}');
		await sent({ destination: '+393334445566' });
		expect(stored()).toHaveLength(151);
	});

	it('is over after an hour', async () => {
		sandbox.configure('namirial', { duplicateLimit: 1, volumeLimit: 2 });
		await sent({ text: 'same' });
		await sent({ text: 'other' });
		await sandbox.clock.advance(HOUR - 1);
		expect((await gateway('Services/send', order())).json.code).toBe(60);
		await sent({ text: 'same' });
		expect(stored()).toHaveLength(2);
		await sandbox.clock.advance(1);
		await sent({ text: 'same' });
		expect(stored()).toHaveLength(3);
	});

	it('does not count what it refused, unless told to', async () => {
		sandbox.configure('namirial', { volumeLimit: 1 });
		await sent();
		await sandbox.clock.advance(HOUR / 2);
		expect((await gateway('Services/send', order())).json.code).toBe(60);
		await sandbox.clock.advance(HOUR / 2);
		await sent();

		sandbox.reset();
		sandbox.configure('namirial', { volumeLimit: 1, floodCounts: 'all' });
		await sent();
		await sandbox.clock.advance(HOUR / 2);
		expect((await gateway('Services/send', order())).json.code).toBe(60);
		await sandbox.clock.advance(HOUR / 2);
		expect((await gateway('Services/send', order())).json.code).toBe(60);
	});
});

describe('status by id', () => {
	it('is the Message object, beginning with PROVIDER_ACCEPTANCE', async () => {
		const id = await sent({
			reference: { service: 'DIGITALSIGN', action: 'AUTH', key: 'EXT_KEY' },
		});
		const reply = await status(id);
		expect(Object.keys(reply.json)).toEqual(['message']);
		const message = reply.json.message as Message;
		expect(message).toEqual({
			id,
			providerAcceptanceAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
			statusChangedAt: message.providerAcceptanceAt,
			reference: { service: 'DIGITALSIGN', action: 'AUTH', key: 'EXT_KEY' },
			channel: 'SMS',
			status: 'PROVIDER_ACCEPTANCE',
			provider: {
				name: 'PROVIDER1',
				id: expect.stringMatching(UUID) as string,
				status: 'accepted',
				code: '0',
			},
			sms: { segments: 1 },
		});
	});

	it('has an empty reference where none was given, or none at all', async () => {
		expect((await messageOf(await sent())).reference).toEqual({});
		sandbox.configure('namirial', { emptyReference: false });
		expect(await messageOf(await sent())).not.toHaveProperty('reference');
	});

	it('is 404 with an empty body where the id is unknown', async () => {
		const reply = await status('9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11');
		expect(reply).toMatchObject({ status: 404, text: '' });
	});

	it('is 404 or 400 where the id is no UUID', async () => {
		expect((await status('nonsense')).status).toBe(404);
		sandbox.configure('namirial', { malformedIdStatus: 400, statusErrorBodies: true });
		expect(await status('nonsense')).toMatchObject({
			status: 400,
			json: { message: 'Bad request' },
		});
	});

	it.each([
		['160 x a', 'a'.repeat(160), 1],
		['161 x a', 'a'.repeat(161), 2],
		['306 x a', 'a'.repeat(306), 2],
		['307 x a', 'a'.repeat(307), 3],
		['80 x €', '€'.repeat(80), 1],
		['70 x ж', 'ж'.repeat(70), 1],
		['71 x ж', 'ж'.repeat(71), 2],
		['69 x a and an emoji', `${'a'.repeat(69)}😀`, 2],
		['1600 x a', 'a'.repeat(1_600), 11],
	])('counts the segments of %s', async (_name, text, count) => {
		expect((await messageOf(await sent({ text }))).sms).toEqual({ segments: count });
	});
});

describe('status lists', () => {
	/** Sends with the provider's clock at that second of ten o'clock. */
	async function sentAt(second: number, changes: Record<string, unknown> = {}): Promise<string> {
		const providerTime = `2026-03-01T10:00:${String(second).padStart(2, '0')}Z`;
		sandbox.configure('namirial', { providerTime });
		return await sent(changes);
	}
	const ids = async (path: string) => listed(await status(path)).map(({ id }) => id);

	it('wrap each message again, the newest first', async () => {
		const older = await sentAt(1);
		const newer = await sentAt(2);
		const reply = await status('phonenumber/+393331112233');
		expect(reply.json).toEqual({
			messages: [{ message: await messageOf(newer) }, { message: await messageOf(older) }],
		});
	});

	it.each(['+393331112233', '%2B393331112233'])('take the number as %s', async (number) => {
		const id = await sent();
		expect(await ids(`phonenumber/${number}`)).toEqual([id]);
	});

	it('are empty and no error for a number without messages, or without its plus sign', async () => {
		await sent();
		expect(await status('phonenumber/+393334445566')).toMatchObject({
			status: 200,
			text: '{"messages":[]}',
		});
		expect(await ids('phonenumber/393331112233')).toEqual([]);
	});

	it('go by the key alone, whatever is in it', async () => {
		const key = 'order 9/1+2?#€%';
		const first = await sentAt(1, { reference: { service: 'ECOMMERCE', action: 'PAY', key } });
		const second = await sentAt(2, { reference: { service: 'ADMIN', key } });
		await sentAt(3, { reference: { service: 'ADMIN', key: 'order 9' } });
		expect(await ids(`reference/${encodeURIComponent(key)}`)).toEqual([second, first]);
	});

	it('have 50 unless told, and never more than 100', async () => {
		for (let count = 0; count < 101; count++) await sent();
		const number = 'phonenumber/+393331112233';
		expect(await ids(number)).toHaveLength(50);
		expect(await ids(`${number}?count=2`)).toHaveLength(2);
		expect(await ids(`${number}?count=1000`)).toHaveLength(100);
	});

	it('end before sendDate, so that equal times at a page boundary are lost or repeated', async () => {
		const all: string[] = [];
		for (const second of [1, 2, 2, 2, 3]) all.unshift(await sentAt(second));
		const number = 'phonenumber/+393331112233?count=3';
		const page = listed(await status(number));
		expect(page.map(({ id }) => id)).toEqual(all.slice(0, 3));
		const oldest = page[2].providerAcceptanceAt;
		// the third one of second 2 is on neither page
		expect(await ids(`${number}&sendDate=${oldest}`)).toEqual(all.slice(4));
		expect(await ids(`${number}&sendDate=2026-03-01T10:00:03Z`)).toEqual(all.slice(1, 4));
		sandbox.configure('namirial', { sendDateInclusive: true });
		expect(await ids(`${number}&sendDate=${oldest}`)).toEqual(all.slice(1, 4));
	});

	it('read sendDate with an offset, with fractions, and encoded', async () => {
		const id = await sentAt(1);
		const at = async (date: string) =>
			await ids(`phonenumber/+393331112233?sendDate=${encodeURIComponent(date)}`);
		expect(await at('2026-03-01T11:00:02+01:00')).toEqual([id]);
		expect(await at('2026-03-01T10:00:01.001Z')).toEqual([id]);
		expect(await at('2026-03-01T10:00:01Z')).toEqual([]);
		expect(await at('2026-03-01T10:00:02')).toEqual([id]);
	});

	it('may come oldest first, or with an empty element', async () => {
		sandbox.configure('namirial', { newestFirst: false, emptyWrapper: true });
		const first = await sentAt(1);
		await sentAt(2);
		const { messages } = (await status('phonenumber/+393331112233')).json;
		expect(messages).toHaveLength(3);
		expect(messages).toMatchObject([{ message: { id: first } }, {}, {}]);
		expect((messages as unknown[])[2]).toEqual({});
	});

	it('may show fractions of a second', async () => {
		sandbox.configure('namirial', {
			wholeSeconds: false,
			providerTime: '2026-03-01T10:00:01.234Z',
		});
		const message = await messageOf(await sent());
		expect(message.providerAcceptanceAt).toBe('2026-03-01T10:00:01.234Z');
	});

	it.each(['count=0', 'count=-1', 'count=ten', 'sendDate=yesterday', 'sendDate=1772000000'])(
		'refuse %s',
		async (query) => {
			expect((await status(`reference/x?${query}`)).status).toBe(400);
			sandbox.configure('namirial', { badQueryStatus: 422 });
			expect((await status(`reference/x?${query}`)).status).toBe(422);
		},
	);
});

describe('the life of a message', () => {
	const STEPS: Array<[string, string, string[]]> = [
		['+393331112233', 'SMS', ['SENT', 'DELIVERED']],
		['+393335550102', 'SMS', ['SENT', 'UNDELIVERED']],
		['+393335550103', 'SMS', ['REJECTED']],
		['+393335550104', 'SMS', ['SENT']],
		['+393335550105', 'RCS', ['SENT', 'DELIVERED']],
		['+393335550106', 'RCS', ['SENT', 'DELIVERED', 'READ']],
		['+393335550107', 'SMS', ['SENT', 'DELIVERED']],
	];

	it.each(STEPS)('to %s ends on %s after %j', async (destination, channel, steps) => {
		const id = await sent({ destination });
		await sandbox.clock.advance();
		const [message] = stored();
		expect(message.history.slice(1).map(({ detail }) => detail)).toEqual(steps);
		expect(await messageOf(id)).toMatchObject({ channel, status: steps.at(-1) });
		expect(message.kind).toBe(channel.toLowerCase());
	});

	it('keeps its pace', async () => {
		const id = await sent();
		await sandbox.clock.advance(sandbox.pace.sent - 1);
		expect((await messageOf(id)).status).toBe('PROVIDER_ACCEPTANCE');
		await sandbox.clock.advance(1);
		expect((await messageOf(id)).status).toBe('SENT');
		await sandbox.clock.advance(sandbox.pace.delivered);
		expect((await messageOf(id)).status).toBe('DELIVERED');
	});

	it('says in the upstream provider’s words why it failed', async () => {
		const id = await sent({ destination: '+393335550102' });
		await sandbox.clock.advance();
		expect((await messageOf(id)).provider).toMatchObject({
			status: 'failed',
			code: '30007',
			message: 'Number Blocked by Carrier',
		});
	});

	it('may skip SENT', async () => {
		sandbox.configure('namirial', { reportSent: false });
		await sent();
		await sandbox.clock.advance();
		expect(stored()[0].history.map(({ detail }) => detail)).toEqual([undefined, 'DELIVERED']);
	});

	it('has segments on RCS only when told so, and may fall back to SMS', async () => {
		const destination = '+393335550107';
		const id = await sent({ destination });
		expect(await messageOf(id)).toMatchObject({ channel: 'RCS' });
		expect(await messageOf(id)).not.toHaveProperty('sms');
		sandbox.configure('namirial', { smsInRcs: true });
		expect(await messageOf(await sent({ destination }))).toHaveProperty('sms.segments', 1);
	});
});

describe('notifications', () => {
	let receiver: Receiver;
	beforeEach(async () => {
		receiver = await new Receiver().open();
	});
	afterEach(() => receiver.close());

	it('tell of every change but the acceptance, with the Message object', async () => {
		const id = await sent({
			webhook: receiver.webhook,
			reference: { service: 'AUTHENTICATION', action: '2FA', key: 'order-9001' },
		});
		await sandbox.clock.advance(sandbox.pace.sent);
		await until(() => receiver.received.length === 1);
		await sandbox.clock.advance();
		await until(() => receiver.received.length === 2);
		expect(receiver.statuses).toEqual(['SENT', 'DELIVERED']);

		const [first, last] = receiver.received;
		const { headers, ...notification } = last;
		expect(headers['content-type']).toBe('application/json');
		const message = await messageOf(id);
		expect(notification).toEqual({
			id: expect.stringMatching(UUID) as string,
			webhookConfigurationId: first.webhookConfigurationId,
			type: 'STATUS_UPDATE',
			createdAt: expect.stringMatching(/Z$/) as string,
			message: { ...message, provider: { ...message.provider, status: 'DELIVERED' } },
		});
		expect(last.id).not.toBe(first.id);
		expect(message.provider.status).toBe('delivered');
	});

	it('tell of READ after DELIVERED', async () => {
		await sent({ destination: '+393335550106', webhook: receiver.webhook });
		await sandbox.clock.advance();
		await until(() => receiver.received.length === 3);
		expect([...receiver.statuses].sort()).toEqual(['DELIVERED', 'READ', 'SENT']);
		expect(receiver.received.map(({ message }) => message.channel)).toEqual(['RCS', 'RCS', 'RCS']);
	});

	it('are not made for a message without webhook, refused, or dropped', async () => {
		sandbox.configure('namirial', { duplicateLimit: 0 });
		await sent({ webhook: receiver.webhook });
		sandbox.configure('namirial', { duplicateLimit: 2 });
		await sent();
		await gateway('Services/send', order({ text: '', webhook: receiver.webhook }));
		await sandbox.clock.advance();
		expect(sandbox.postbacks.list()).toHaveLength(0);
	});

	it('are repeated with the same id until they are answered with 2xx', async () => {
		receiver.answers = [500, 302, 204];
		await sent({ destination: '+393335550103', webhook: receiver.webhook });
		await sandbox.clock.advance(sandbox.pace.sent);
		const [postback] = sandbox.postbacks.list();
		for (const pause of [1_000, 5_000]) {
			await until(() => sandbox.clock.pending === 1);
			await sandbox.clock.advance(pause);
		}
		await until(() => postback.state === 'delivered');
		expect(postback.attempts.map((attempt) => attempt.status)).toEqual([500, 302, 204]);
		expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
	});

	it('are given up after the last pause', async () => {
		sandbox.configure('namirial', { retryPausesMs: [10] });
		receiver.answers = [500, 500];
		await sent({ destination: '+393335550103', webhook: receiver.webhook });
		await sandbox.clock.advance(sandbox.pace.sent);
		await until(() => sandbox.clock.pending === 1);
		await sandbox.clock.advance();
		const [postback] = sandbox.postbacks.list();
		await until(() => postback.state === 'failed');
		expect(postback.attempts).toHaveLength(2);
	});

	it('come doubled and shuffled on demand', async () => {
		Object.assign(sandbox.postbacks.options, { copies: 2, reorderMs: 60_000, concurrency: 1 });
		await sent({ webhook: receiver.webhook });
		await sandbox.clock.advance();
		await until(() => receiver.received.length === 4);
		expect(receiver.statuses).toEqual(['DELIVERED', 'DELIVERED', 'SENT', 'SENT']);
		expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(2);
	});

	const fire = async (body: object) =>
		await control('fire', 'POST', { provider: 'namirial', ...body });

	it('can be fired as the documented sample', async () => {
		await fire({ kind: 'STATUS_UPDATE', url: receiver.url });
		await until(() => receiver.bodies.length === 1);
		const { headers, ...body } = receiver.received[0];
		expect(headers['content-type']).toBe('application/json');
		expect(body).toEqual({
			id: '0c0f7a52-6f0e-4a39-8f4b-2f5f5d6f1a10',
			webhookConfigurationId: '5f1f0c9e-9f53-4f0e-8a5e-9d0b6b0f7c21',
			type: 'STATUS_UPDATE',
			createdAt: '2026-03-01T10:00:09Z',
			message: {
				id: '9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11',
				providerAcceptanceAt: '2026-03-01T10:00:00Z',
				statusChangedAt: '2026-03-01T10:00:07Z',
				reference: { service: 'AUTHENTICATION', action: '2FA', key: 'order-9001' },
				channel: 'SMS',
				status: 'UNDELIVERED',
				provider: {
					name: 'PROVIDERX',
					id: 'c7c3d0f8-1111-4222-8333-444455556666',
					status: 'failed',
					code: '30007',
					message: 'Number Blocked by Carrier',
				},
				sms: { segments: 1 },
			},
		});
	});

	it.each(['SENT', 'DELIVERED', 'READ', 'UNDELIVERED', 'REJECTED'])(
		'can be fired as %s for the newest message, which stays as it is',
		async (kind) => {
			const id = await sent({ webhook: receiver.webhook });
			await sent();
			await fire({ kind });
			await until(() => receiver.received.length === 1);
			expect(receiver.received[0]).toMatchObject({
				type: 'STATUS_UPDATE',
				message: { id, status: kind, channel: kind === 'READ' ? 'RCS' : 'SMS' },
			});
			expect((await messageOf(id)).status).toBe('PROVIDER_ACCEPTANCE');
		},
	);

	it('can be fired for a certain message, with fields replaced and left out', async () => {
		const id = await sent({ webhook: receiver.webhook });
		await sent({ webhook: receiver.webhook });
		await fire({
			kind: 'SENT',
			fields: {
				'message.id': id,
				'message.status': 'ODD',
				'message.reference': null,
				'message.sms.segments': '3',
			},
		});
		await until(() => receiver.received.length === 1);
		const { message } = receiver.received[0];
		expect(message).toMatchObject({ id, status: 'ODD', sms: { segments: 3 } });
		expect(message).not.toHaveProperty('reference');
	});

	it('can be fired with any body and headers', async () => {
		await fire({
			kind: 'SENT',
			url: receiver.url,
			body: '{"id":',
			headers: { 'content-type': null },
		});
		await until(() => receiver.bodies.length === 1);
		expect(receiver.bodies).toEqual(['{"id":']);
	});

	it('say in words why they cannot be fired', async () => {
		expect((await fire({ kind: 'SENT' })).json.error).toMatch(/No message has a webhook yet/);
		expect((await fire({ kind: 'MO', url: receiver.url })).json.error).toMatch(/no "MO"/);
	});
});

describe('the control API', () => {
	it('shows settings and numbers that the README explains, every one', () => {
		const readme = readFileSync(join(__dirname, '../../sandbox/README.md'), 'utf8');
		const section = readme.split('\n## ').find((part) => part.startsWith('Namirial\n')) ?? '';
		const settings = Object.keys(sandbox.simulators.get('namirial')!.settings);
		expect(settings.filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
		const outcomes = sandbox.numbers.list().filter(({ number }) => number.startsWith('39333555'));
		expect(outcomes.filter(({ outcome }) => !section.includes(`\`${outcome}\``))).toEqual([]);
	});

	it('shows and changes the settings, and puts them back', async () => {
		await control('settings/namirial', 'PUT', { apiKey: 'other' });
		expect((await status('reference/x')).status).toBe(403);
		expect((await status('reference/x', 'other')).status).toBe(200);
		await control('reset', 'POST', {});
		expect((await status('reference/x')).status).toBe(200);
	});

	it('refuses an answer from a handset, because nothing comes in', async () => {
		const reply = await control('reply', 'POST', {
			provider: 'namirial',
			from: '+393331112233',
			text: 'YES',
		});
		expect(reply).toMatchObject({
			status: 400,
			json: { error: 'Namirial SMS has no incoming messages.' },
		});
	});
});
