/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import type { INodeParameters } from 'n8n-workflow';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runNode } from '../harness/engine';
import { PROVIDERS } from '../tables/operations';
import type { ProviderName } from '../tables/operations';

/** A provider that returns what it was sent does not make the secrets of URLs visible. */

const SIGNATURE = '0123456789abcdef'.repeat(2);

let server: Server;
let respond: (body: string) => { status: number; type: string; text: string };
let received: string[];

beforeAll(async () => {
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = decodeURIComponent(request.url ?? '') + Buffer.concat(chunks).toString();
			received.push(body);
			const { status, type, text } = respond(body);
			response.writeHead(status, { 'Content-Type': type }).end(text);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(() => (received = []));

const run = async (name: ProviderName, parameters: INodeParameters) => {
	const { port } = server.address() as AddressInfo;
	const result = await runNode({
		node: PROVIDERS[name].node,
		parameters,
		credentials: PROVIDERS[name].credentials(`http://127.0.0.1:${port}`),
		settings: { onError: 'continueRegularOutput' },
		resumeToken: SIGNATURE,
	});
	return result.json;
};

const text = { resource: 'message', to: '+17575550142', message: 'Hi' };
const ownUrl = {
	statusUpdates: 'url',
	statusUrl: `https://n8n.example/webhook-waiting/7?signature=${SIGNATURE}`,
};

it.each<[ProviderName, INodeParameters]>([
	['cdyne', { ...text, operation: 'sendAndWaitForDelivery' }],
	['cdyne', { ...text, operation: 'sendAndWait' }],
	['cdyne', { ...text, operation: 'send', ...ownUrl }],
	['cdyne', { ...text, operation: 'sendSimple', ...ownUrl }],
	['namirial', { ...text, operation: 'sendAndWaitForDelivery' }],
	['namirial', { ...text, operation: 'send', ...ownUrl }],
])('an error page of %s with the request in it (%j)', async (name, parameters) => {
	// n8n signs the URL of a Send and Wait for Reply with another secret
	const secretsIn = (shown: string) =>
		[...shown.matchAll(/signature=([\da-f]{32,})/g)].map(([, value]) => value);
	respond = (body) => ({
		status: 400,
		type: 'text/plain',
		text: secretsIn(body).join(' '),
	});
	const json = await run(name, parameters);
	const secrets = secretsIn(received.join(' '));
	expect(secrets.length).toBeGreaterThan(0);
	expect(json[0].error).toContain('***');
	for (const secret of secrets) expect(JSON.stringify(json)).not.toContain(secret);
});

it('a response with the request in it is masked with Simplify off', async () => {
	respond = (body) => ({
		status: 200,
		type: 'application/json',
		text: JSON.stringify({ id: '7', message: '0: OK', echo: body }),
	});
	const parameters = { ...text, operation: 'send', simplify: false, ...ownUrl };
	const [{ raw }] = await run('namirial', parameters);
	expect(received[0]).toContain(SIGNATURE);
	expect((raw as { echo: string }).echo).toContain('signature=***');
	expect(JSON.stringify(raw)).not.toContain(SIGNATURE);
});
