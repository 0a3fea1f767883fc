/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { SUSPENDED } from '../../../sandbox/cdyne/settings';
import { fromAllProviders, PROVIDERS } from '../tables/operations';
import { testsOf } from '../tables/providers/case';
import type { CredentialTest } from '../tables/providers/case';

/** A credential test accepts only responses in the format of the provider. */

type Options = { method: string; uri: string; qs?: object; headers?: object; body?: string };

/** The request helper that n8n offers credential tests, made with fetch. */
const context = {
	helpers: {
		request: async ({ method, uri, qs, headers, body }: Options) => {
			const url = new URL(uri);
			for (const [name, value] of Object.entries(qs ?? {}))
				url.searchParams.set(name, String(value));
			const response = await fetch(url, {
				method,
				headers: { ...headers },
				body,
				redirect: 'manual',
			});
			return {
				statusCode: response.status,
				headers: Object.fromEntries(response.headers),
				body: await response.text(),
			};
		},
	},
} as unknown as ICredentialTestFunctions;

const tests: Record<string, CredentialTest> = Object.assign(
	{},
	...Object.values(PROVIDERS).map(testsOf),
);
const TYPES = Object.keys(tests);
const TOKENS = new Set(Object.values(PROVIDERS).map(({ tokenCredential }) => tokenCredential));

const check = async (type: string, data: object): Promise<INodeCredentialTestResult> =>
	await tests[type].call(context, { id: '1', name: type, type, data: { ...data } });

let sandbox: Sandbox;
let otherServer: Server;
let otherResponse = { status: 200, body: '', type: 'text/html' };
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	otherServer = createServer((request, response) => {
		request.resume().on('end', () => {
			const { status, type, body } = otherResponse;
			response.writeHead(status, { 'Content-Type': type }).end(body);
		});
	});
	await new Promise<void>((resolve) => otherServer.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	otherServer.close();
	await sandbox.close();
});

const good = (type: string) => {
	const all = Object.values(PROVIDERS).map(({ credentials }) => credentials(sandbox.url));
	return all.find((credentials) => credentials[type])?.[type] as Record<string, string>;
};

describe.each(TYPES)('%s', (type) => {
	it('passes if it is valid, however its values are typed', async () => {
		const data = good(type);
		const { baseUrl } = data;
		const spellings = [
			baseUrl,
			` ${baseUrl} `,
			`${baseUrl}/`,
			`${baseUrl}//\n`,
			`\u200b${baseUrl}`,
		];
		for (const spelling of spellings) {
			expect(await check(type, { ...data, baseUrl: spelling })).toMatchObject({ status: 'OK' });
		}
		const padded = Object.fromEntries(
			Object.entries(data).map(([name, value]) => [name, ` ${value}\r\n`]),
		);
		expect(await check(type, padded)).toMatchObject({ status: 'OK' });
	});

	it.each([
		['an HTML page', '<html><body>Welcome</body></html>', 'text/html'],
		['an empty body', '', 'text/plain'],
		['an object', '{}', 'application/json'],
		['a list', '[]', 'application/json'],
		['nothing', 'null', 'application/json'],
		['a text', '"ok"', 'application/json'],
		['a number', '200', 'application/json'],
		['another object', '{"status":"ok","result":true}', 'application/json'],
		['another XML', '<ok/>', 'text/xml'],
		['plain text', 'OK', 'text/plain'],
	])('fails if the server responds with %s', async (_, body, contentType) => {
		otherResponse = { status: 200, body, type: contentType };
		const { port } = otherServer.address() as AddressInfo;
		const { status, message } = await check(type, {
			...good(type),
			baseUrl: `http://127.0.0.1:${port}`,
		});
		expect(status).toBe('Error');
		expect(message).toMatch(/\w+ \w+ \w+/);
	});

	it.each([
		['nowhere', 'is not a web address'],
		['', 'is not a web address'],
		['messaging.example.com', 'is not a web address'],
		['http://127.0.0.1:59999', 'Could not connect to 127.0.0.1:59999'],
	])('with the base URL %j fails with a readable message', async (baseUrl, expected) => {
		const { status, message } = await check(type, { ...good(type), baseUrl });
		expect(status).toBe('Error');
		expect(message).toContain(expected);
	});

	it('rejects a short postback token', async () => {
		if (!TOKENS.has(type)) return;
		const { status, message } = await check(type, { ...good(type), postbackToken: 'hello' });
		expect(status).toBe('Error');
		expect(message).toMatch(/^The Postback Token has 5 characters, but needs at least 16/);
		expect(await check(type, { ...good(type), postbackToken: '' })).toMatchObject({ status: 'OK' });
	});

	it('accepts several postback tokens if none of them is short', async () => {
		if (!TOKENS.has(type)) return;
		const two = { ...good(type), postbackToken: 'a-token-of-the-user, another-token-of-theirs' };
		expect(await check(type, two)).toMatchObject({ status: 'OK' });
		const short = { ...good(type), postbackToken: 'a-token-of-the-user, short' };
		const { status, message } = await check(type, short);
		expect(status).toBe('Error');
		expect(message).toMatch(/^One of the tokens in Postback Token is shorter than 16 characters/);
	});
});

const wrong = fromAllProviders(({ wrongCredentials }) => wrongCredentials).map(
	([, credential]) => credential,
);

it.each(wrong)('%s with %j fails without showing the values', async (...credential) => {
	const [type, values, expected] = credential;
	const { status, message } = await check(type, { ...good(type), ...values });
	expect(status).toBe('Error');
	expect(message).toMatch(expected);
	for (const value of Object.values(values)) expect(message).not.toContain(value);
});

it.each(['Messaging.svc', 'sms.svc/SecureREST'])(
	'at %s, a license key of CDYNE passes, and an unknown or suspended one fails',
	async (service) => {
		const data = good('cdyneApi');
		const baseUrl = data.baseUrl.replace(/Messaging\.svc.*$/, service);
		expect(baseUrl).toContain(service);
		const checkKey = async (licenseKey: string) =>
			await check('cdyneApi', { ...data, baseUrl, licenseKey });
		expect(await checkKey(data.licenseKey)).toMatchObject({ status: 'OK' });
		expect(await checkKey('11111111-2222-3333-4444-555555555555')).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('does not know this license key'),
		});
		expect(await checkKey(SUSPENDED)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('account of this license key is suspended'),
		});
	},
);
