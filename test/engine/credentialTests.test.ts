/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { testsOf, type CredentialTest } from '../providers/case';
import { ofAll, PROVIDERS } from './operations';

/** A credential's test passes on the provider's own form and on nothing else. */

type Options = { method: string; uri: string; qs?: object; headers?: object; body?: string };

/** The helper that n8n offers a test, by the platform's own means. */
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
const TOKENS = new Set(Object.values(PROVIDERS).map(({ tokenOf }) => tokenOf));

const check = async (type: string, data: object): Promise<INodeCredentialTestResult> =>
	await tests[type].call(context, { id: '1', name: type, type, data: { ...data } });

let sandbox: Sandbox;
let odd: Server;
let says = { status: 200, body: '', type: 'text/html' };
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	odd = createServer((request, response) => {
		request.resume().on('end', () => {
			response.writeHead(says.status, { 'Content-Type': says.type }).end(says.body);
		});
	});
	await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	odd.close();
	await sandbox.close();
});

const good = (type: string) => {
	const all = Object.values(PROVIDERS).map(({ credentials }) => credentials(sandbox.url));
	return all.find((one) => one[type])?.[type] as Record<string, string>;
};

describe.each(TYPES)('%s', (type) => {
	it('that is good is good, in every way to type it', async () => {
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
		['plain words', 'OK', 'text/plain'],
	])('that leads to %s is not', async (_, body, contentType) => {
		says = { status: 200, body, type: contentType };
		const { port } = odd.address() as AddressInfo;
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
	])('that leads to %j says so in a sentence', async (baseUrl, words) => {
		const { status, message } = await check(type, { ...good(type), baseUrl });
		expect(status).toBe('Error');
		expect(message).toContain(words);
	});

	it('with a short postback token says that it can be guessed', async () => {
		if (!TOKENS.has(type)) return;
		const { status, message } = await check(type, { ...good(type), postbackToken: 'hello' });
		expect(status).toBe('Error');
		expect(message).toMatch(/^The Postback Token has 5 characters, and it takes 16 or more/);
		expect(await check(type, { ...good(type), postbackToken: '' })).toMatchObject({ status: 'OK' });
	});

	it('takes several postback tokens, none of them short', async () => {
		if (!TOKENS.has(type)) return;
		const two = { ...good(type), postbackToken: 'a-token-of-the-user, another-token-of-theirs' };
		expect(await check(type, two)).toMatchObject({ status: 'OK' });
		const short = { ...good(type), postbackToken: 'a-token-of-the-user, short' };
		const { status, message } = await check(type, short);
		expect(status).toBe('Error');
		expect(message).toMatch(/^One of the tokens in Postback Token is shorter than 16 characters/);
	});
});

const wrong = ofAll(({ wrongCredentials }) => wrongCredentials).map(([, one]) => one);

it.each(wrong)('%s with %j is told from a good one, and shows nowhere', async (...one) => {
	const [type, values, words] = one;
	const { status, message } = await check(type, { ...good(type), ...values });
	expect(status).toBe('Error');
	expect(message).toMatch(words);
	for (const value of Object.values(values)) expect(message).not.toContain(value);
});
