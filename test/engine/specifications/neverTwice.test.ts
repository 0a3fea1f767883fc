/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import type { IDataObject } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { connect as connectTcp, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import tls, { connect as connectTls } from 'node:tls';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { runNode } from '../harness/engine';
import type { RunOptions } from '../harness/engine';
import { fromAllProviders, PROVIDERS, runProvider } from '../tables/operations';

/** No message is sent twice, and no output is wrong about whether it was sent. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const A = '+17575550142';
const B = '+17575550143';
const C = '+17575550144';
const OPTED_OUT = '+17575550164';

const cdyne = async (parameters: IDataObject, more: Partial<RunOptions> = {}) =>
	await runProvider(
		'cdyne',
		sandbox,
		{ resource: 'message', operation: 'send', message: 'Hi', ...parameters } as never,
		more,
	);
const continueOnFail = { onError: 'continueRegularOutput' as const };
const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const texted = () =>
	sandbox.messages
		.list({ direction: 'out' })
		.map(({ handset }) => `+${handset}`)
		.sort();
const requests = (operation: string) => sandbox.requests.list({ operation }).length;
const loseResponse = (operation: string, times: number | 'always' = 1) =>
	sandbox.faults.add({ kind: 'reset', when: 'after', operation, times });
const loseRequest = (operation: string, times: number | 'always' = 1) =>
	sandbox.faults.add({ kind: 'reset', when: 'before', operation, times });
const respondWith = (operation: string, body: unknown) =>
	sandbox.faults.add({
		kind: 'status',
		when: 'after',
		status: 200,
		operation,
		body: typeof body === 'string' ? body : JSON.stringify(body),
		headers: { 'Content-Type': 'application/json' },
		times: 'always',
	});
const details = (json: IDataObject) => json.details as IDataObject;

describe('a response that is damaged on its way', () => {
	const pem = (name: string) => readFileSync(join(__dirname, '../harness/tls', name));
	const key = pem('key.pem');
	const cert = pem('certificate.pem');
	let received = 0;

	/** A TLS server behind a proxy that damages the response after the request was received. */
	async function damagingProxy(): Promise<{ url: string; close(): void }> {
		let damage = false;
		const server = createTlsServer({ key, cert }, (request, response) => {
			request.resume().on('end', () => {
				received += 1;
				damage = true;
				response.end('{"result":true}');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const sockets = new Set<Socket>();
		const proxy = createTcpServer((client) => {
			const inner = connectTcp((server.address() as AddressInfo).port, '127.0.0.1');
			for (const socket of [client, inner]) {
				sockets.add(socket);
				socket.on('error', () => socket.destroy());
			}
			client.pipe(inner);
			inner.on('data', (bytes: Buffer) => {
				// after the header of the first record
				if (damage) bytes[8] ^= 0xff;
				client.write(bytes);
			});
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		const close = () => {
			sockets.forEach((socket) => socket.destroy());
			proxy.close();
			server.close();
		};
		return { url: `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`, close };
	}

	// sends whose messages cannot be looked up
	const sends = fromAllProviders(({ operations }) => {
		const send = operations.find(({ kind, findsLostSends }) => kind === 'send' && !findsLostSends);
		return send ? [send.parameters] : [];
	});

	it.each(sends)(
		'%s: the send is ambiguous, not unconnected, and is not retried',
		async (name, parameters) => {
			const withoutVerification = jest
				.spyOn(tls, 'connect')
				.mockImplementation(((options: object) =>
					connectTls({ ...options, rejectUnauthorized: false })) as never);
			received = 0;
			const proxy = await damagingProxy();
			try {
				const { json } = await runNode({
					node: PROVIDERS[name].node,
					parameters,
					credentials: PROVIDERS[name].credentials(proxy.url),
					settings: { ...continueOnFail, ...threeTries },
				});
				expect(received).toBe(1);
				expect(details(json[0])).toMatchObject({ kind: 'ambiguous', nothingSent: false });
				expect(json[0].error).toMatch(/may have gone out/);
			} finally {
				withoutVerification.mockRestore();
				proxy.close();
			}
		},
	);

	it('with a rejected certificate nothing is sent', async () => {
		received = 0;
		const proxy = await damagingProxy();
		try {
			const { json } = await runNode({
				node: PROVIDERS.wooxy.node,
				parameters: PROVIDERS.wooxy.sends[0].parameters,
				credentials: PROVIDERS.wooxy.credentials(proxy.url),
				settings: continueOnFail,
			});
			expect(details(json[0])).toMatchObject({ kind: 'unavailable', nothingSent: true });
			expect(json[0].error).toMatch(/^Could not connect to 127\.0\.0\.1/);
			expect(received).toBe(0);
		} finally {
			proxy.close();
		}
	});
});

describe('a response that is not a clear rejection', () => {
	const VALUES = ['constructor', '__proto__', 'toString', 'Nonsense', '', 99, null, true, {}];

	it.each(VALUES.map((value) => [JSON.stringify(value), value]))(
		'SMSError %s: the message is found by its reference and sent once',
		async (_, SMSError) => {
			respondWith('AdvancedSMSsend', [{ SMSError, MessageID: null, Queued: false }]);
			const { json } = await cdyne({ to: A }, { settings: { ...continueOnFail, ...threeTries } });
			expect(json).toMatchObject([{ to: A, status: expect.stringMatching(/queued|sent/) }]);
			expect(texted()).toEqual([A]);
		},
	);

	it.each(VALUES.map((value) => [JSON.stringify(value), value]))(
		'SMSError %s of Send Simple, which cannot be looked up: ambiguous, and sent once',
		async (_, SMSError) => {
			respondWith('SimpleSMSsend', { SMSError, MessageID: null });
			const { json } = await cdyne(
				{ operation: 'sendSimple', to: A },
				{ settings: { ...continueOnFail, ...threeTries } },
			);
			expect(details(json[0])).toMatchObject({ kind: 'ambiguous', nothingSent: false });
			expect(texted()).toEqual([A]);
		},
	);

	it('InternalError: the message is looked up and found', async () => {
		respondWith('AdvancedSMSsend', [{ SMSError: 8, MessageID: null }]);
		const { json } = await cdyne({ to: A }, { settings: threeTries });
		expect(json).toMatchObject([{ to: A, referenceId: expect.any(String) }]);
		expect(texted()).toEqual([A]);
	});

	it('InternalError of a message that CDYNE does not know is ambiguous', async () => {
		sandbox.numbers.set(A, 'internalError');
		const { json } = await cdyne({ to: A }, { settings: continueOnFail });
		expect(details(json[0])).toMatchObject({ kind: 'ambiguous', code: '8', nothingSent: false });
		expect(json[0].error).toMatch(/InternalError.*does not know its reference/);
	});

	it('a clear rejection: nothing was sent', async () => {
		const { json } = await cdyne({ to: OPTED_OUT }, { settings: continueOnFail });
		expect(details(json[0])).toMatchObject({ code: '1', nothingSent: true });
	});

	it('a success without an ID is looked up', async () => {
		respondWith('AdvancedSMSsend', [{ SMSError: 0, MessageID: null }]);
		const { json } = await cdyne({ to: A }, { settings: threeTries });
		expect(json).toMatchObject([{ messageId: expect.any(String) }]);
		expect(texted()).toEqual([A]);
	});
});

describe('a lost response with a Reference ID', () => {
	const options = { referenceId: 'order-7', sendAgainIfNotFound: true };

	it('the message is found while it is queued and has no time', async () => {
		sandbox.configure('cdyne', {});
		loseResponse('AdvancedSMSsend');
		const { json } = await cdyne({ to: A, options });
		expect(json).toMatchObject([{ to: A, referenceId: 'order-7' }]);
		expect(texted()).toEqual([A]);
	});

	it('the message is found if it is scheduled', async () => {
		loseResponse('AdvancedSMSsend');
		const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
		const { json } = await cdyne({ to: A, options: { ...options, scheduledAt } });
		expect(json).toMatchObject([{ to: A, referenceId: 'order-7', status: 'queued' }]);
		expect(texted()).toEqual([A]);
	});

	it('a message to another number is not mistaken for it', async () => {
		await cdyne({ to: B, options: { referenceId: 'order-7' } });
		loseRequest('AdvancedSMSsend');
		const { json } = await cdyne(
			{ to: A, options: { referenceId: 'order-7' } },
			{ settings: continueOnFail },
		);
		expect(details(json[0])).toMatchObject({ kind: 'ambiguous' });
		expect(texted()).toEqual([B]);
	});
});

describe('several recipients', () => {
	const to = `${A}, ${OPTED_OUT}, ${B}`;
	const options = { referenceId: 'order-8', skipIfReferenceExists: true };

	it('Skip If Reference Exists texts nobody again if one of them was rejected', async () => {
		await cdyne({ to, options });
		expect(texted()).toEqual([A, B]);
		const { json } = await cdyne({ to, options });
		expect(texted()).toEqual([A, B]);
		expect(json).toMatchObject([
			{ to: A, alreadySent: true },
			{ to: OPTED_OUT, status: 'failed' },
			{ to: B, alreadySent: true },
		]);
		expect(json[0].messageId).not.toBe(json[2].messageId);
	});

	it('only those without the message get it', async () => {
		await cdyne({ to: B, options });
		const { json } = await cdyne({ to: `${A},${B},${C}`, options });
		expect(texted()).toEqual([A, B, C]);
		expect(json.map(({ to: number, alreadySent }) => [number, alreadySent])).toEqual([
			[A, undefined],
			[B, true],
			[C, undefined],
		]);
	});

	it.each([{}, { referenceId: 'order-9' }])(
		'a lost response with %j: each message is found by its number, and the rejected one is not sent',
		async (reference) => {
			loseResponse('AdvancedSMSsend');
			const { json } = await cdyne(
				{ to, options: { ...reference, sendAgainIfNotFound: true } },
				{ settings: continueOnFail },
			);
			expect(texted()).toEqual([A, B]);
			const messages = sandbox.messages.list({ direction: 'out' });
			const idOf = (number: string) => messages.find(({ handset }) => `+${handset}` === number)?.id;
			expect(json).toMatchObject([
				{ to: A, messageId: idOf(A) },
				// the second send was refused, which says nothing about the first one
				{ to: OPTED_OUT, status: 'unknown' },
				{ to: B, messageId: idOf(B) },
			]);
		},
	);

	it('an invalid number does not stop the others', async () => {
		const { json } = await cdyne({ to: `${A}, 12, ${B}` });
		expect(texted()).toEqual([A, B]);
		expect(json).toMatchObject([
			{ to: A, status: 'queued' },
			{ to: '12', status: 'failed', errorMessage: expect.stringContaining('"12"') },
			{ to: B, status: 'queued' },
		]);
	});

	it('only invalid numbers are an error', async () => {
		const { json } = await cdyne({ to: '12, 13' }, { settings: continueOnFail });
		expect(details(json[0])).toMatchObject({ kind: 'rejected', nothingSent: true });
		expect(requests('AdvancedSMSsend')).toBe(0);
	});

	it('an MMS to one number with two results in the response outputs both', async () => {
		const resultWith = (id: string) => ({
			MessageID: id,
			MessageStatus: 201,
			To: A,
			From: '55512',
		});
		const ids = ['9d1c7f04-52c8-4f5e-8a0e-1b7f3f0c2a11', '9d1c7f04-52c8-4f5e-8a0e-1b7f3f0c2a12'];
		respondWith('SendMessage', ids.map(resultWith));
		const { json } = await cdyne({ operation: 'sendMms', to: A });
		expect(json.map(({ messageId }) => messageId)).toEqual(ids);
	});
});

describe('one reference on several items', () => {
	const items = [{ to: A }, { to: A }, { to: B }];
	const parameters = { to: '={{ $json.to }}' };

	it('a found message is not mistaken for that of another item', async () => {
		loseRequest('AdvancedSMSsend');
		const { json } = await cdyne(
			{ ...parameters, options: { referenceId: 'r', concurrency: 1 } },
			{ items, settings: continueOnFail },
		);
		expect(details(json[0])).toMatchObject({ kind: 'ambiguous' });
		expect(json[1]).toMatchObject({ to: A, status: 'queued' });
		expect(texted()).toEqual([A, B]);
	});

	it('the look-up after a lost response waits for the sends of other items', async () => {
		sandbox.faults.add({ kind: 'delay', ms: 300, operation: 'AdvancedSMSsend', number: B });
		loseRequest('AdvancedSMSsend');
		const { json } = await cdyne(
			{ to: '={{ $json.to }}', options: { referenceId: 'r', concurrency: 5 } },
			{ items: [{ to: A }, { to: B }, { to: B }], settings: continueOnFail },
		);
		expect(details(json[0])).toMatchObject({ kind: 'ambiguous' });
		const ids = json.slice(1).map(({ messageId }) => messageId);
		expect(new Set(ids).size).toBe(2);
	});

	it('Skip If Reference Exists sends one message for concurrent items', async () => {
		const { json } = await cdyne(
			{
				...parameters,
				options: { referenceId: 'r', skipIfReferenceExists: true, concurrency: 5 },
			},
			{ items: Array.from({ length: 5 }, () => ({ to: A })) },
		);
		expect(texted()).toEqual([A]);
		expect(json.filter(({ alreadySent }) => alreadySent)).toHaveLength(4);
		expect(new Set(json.map(({ messageId }) => messageId)).size).toBe(1);
	});

	it('Skip If Reference Exists sends one message for concurrent items with Namirial', async () => {
		const { json } = await runProvider(
			'namirial',
			sandbox,
			{
				resource: 'message',
				operation: 'send',
				to: '+393331112233',
				message: '={{ $json.text }}',
				options: {
					referenceService: 'AUTHENTICATION',
					referenceKey: 'k-1',
					skipIfReferenceExists: true,
					concurrency: 5,
				},
			},
			{ items: ['a', 'b', 'c'].map((text) => ({ text })) },
		);
		expect(texted()).toHaveLength(1);
		expect(json.filter(({ alreadySent }) => alreadySent)).toHaveLength(2);
	});

	it('a skipped item contains the number that the message was sent to', async () => {
		await cdyne({ to: B, options: { referenceId: 'r' } });
		const { json } = await cdyne({
			to: A,
			options: { referenceId: 'r', skipIfReferenceExists: true },
		});
		expect(json).toMatchObject([{ to: B, alreadySent: true }]);
	});
});

describe('a retry of an execution by n8n', () => {
	const items = [{ to: A }, { to: B }, { to: C }];
	const token = { resumeToken: 'token-of-this-execution' };
	const retry = { mode: 'retry' as const, ...token };

	it('texts only those whom the execution had not texted', async () => {
		await cdyne({ to: '={{ $json.to }}' }, { items: items.slice(0, 2), ...token });
		const { json } = await cdyne({ to: '={{ $json.to }}' }, { items, ...retry });
		expect(texted()).toEqual([A, B, C]);
		expect(json.map(({ alreadySent }) => alreadySent)).toEqual([true, true, undefined]);
	});

	it('looks up Reference IDs of the user too', async () => {
		const options = { referenceId: '=order-{{ $json.to }}' };
		const parameters = { to: '={{ $json.to }}', options };
		await cdyne(parameters, { items: items.slice(0, 2) });
		const { json } = await cdyne(parameters, { items, mode: 'retry' });
		expect(texted()).toEqual([A, B, C]);
		expect(json.map(({ alreadySent }) => alreadySent)).toEqual([true, true, undefined]);
	});

	it('counts each message once if items share the number and the reference', async () => {
		const parameters = { to: A, options: { referenceId: 'r' } };
		await cdyne(parameters);
		const { json } = await cdyne(parameters, { items: [{}, {}], mode: 'retry' });
		expect(texted()).toEqual([A, A]);
		expect(json.filter(({ alreadySent }) => alreadySent)).toHaveLength(1);
	});

	it('another execution uses other references', async () => {
		await cdyne({ to: A }, token);
		await cdyne({ to: A }, { resumeToken: 'another' });
		expect(texted()).toEqual([A, A]);
		const [first, second] = sandbox.messages.list({ direction: 'out' });
		expect(first.reference).not.toBe(second.reference);
	});

	it('finds an MMS too', async () => {
		const parameters = { operation: 'sendMms', to: `${A},${B}` };
		await cdyne(parameters, token);
		const { json } = await cdyne(parameters, retry);
		expect(texted()).toEqual([A, B]);
		expect(json.every(({ alreadySent }) => alreadySent)).toBe(true);
	});
});

describe('the limit of ten requests in flight of Wooxy', () => {
	it('applies to all runs of a process together', async () => {
		sandbox.faults.add({ kind: 'delay', ms: 60, provider: 'wooxy', times: 'always' });
		const items = Array.from({ length: 25 }, (_, index) => ({ to: `+3725551${2000 + index}` }));
		const parameters = {
			resource: 'message',
			operation: 'send',
			domain: 'shop.example',
			to: '={{ $json.to }}',
			message: 'Hi',
		};
		let maxInFlight = 0;
		const watch = setInterval(() => {
			maxInFlight = Math.max(maxInFlight, sandbox.requests.underWay('wooxy'));
		}, 5);
		try {
			await Promise.all(
				[1, 2, 3, 4].map(
					async () =>
						await runProvider('wooxy', sandbox, parameters as never, {
							items,
							settings: continueOnFail,
						}),
				),
			);
		} finally {
			clearInterval(watch);
		}
		expect(sandbox.requests.list({ operation: 'sms/send' }).length).toBeGreaterThanOrEqual(100);
		expect(maxInFlight).toBeGreaterThan(1);
		expect(maxInFlight).toBeLessThanOrEqual(10);
	});
});
