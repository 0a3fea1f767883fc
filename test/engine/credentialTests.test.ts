/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { Cdyne } from '../../nodes/Cdyne/Cdyne.node';
import { NamirialSms } from '../../nodes/Namirial/NamirialSms.node';
import { Skycore } from '../../nodes/Skycore/Skycore.node';
import { Wooxy } from '../../nodes/Wooxy/Wooxy.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { PROVIDERS } from './operations';

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

const tests = {
	cdyneApi: new Cdyne().methods.credentialTest.cdyneApiTest,
	namirialSmsGatewayApi: new NamirialSms().methods.credentialTest.namirialSmsGatewayApiTest,
	namirialSmsStatusApi: new NamirialSms().methods.credentialTest.namirialSmsStatusApiTest,
	wooxyApi: new Wooxy().methods.credentialTest.wooxyApiTest,
	skycoreApi: new Skycore().methods.credentialTest.skycoreApiTest,
};
type Type = keyof typeof tests;
const TYPES = Object.keys(tests) as Type[];

const check = async (type: Type, data: object): Promise<INodeCredentialTestResult> =>
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

const good = (type: Type) => {
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
		if (type === 'namirialSmsStatusApi') return;
		const { status, message } = await check(type, { ...good(type), postbackToken: 'hello' });
		expect(status).toBe('Error');
		expect(message).toMatch(/^The Postback Token has 5 characters, and it takes 16 or more/);
		expect(await check(type, { ...good(type), postbackToken: '' })).toMatchObject({ status: 'OK' });
	});

	it('takes several postback tokens, none of them short', async () => {
		if (type === 'namirialSmsStatusApi') return;
		const two = { ...good(type), postbackToken: 'a-token-of-the-user, another-token-of-theirs' };
		expect(await check(type, two)).toMatchObject({ status: 'OK' });
		const short = { ...good(type), postbackToken: 'a-token-of-the-user, short' };
		const { status, message } = await check(type, short);
		expect(status).toBe('Error');
		expect(message).toMatch(/^One of the tokens in Postback Token is shorter than 16 characters/);
	});
});

it('a wrong key is told from a good one, and shows nowhere', async () => {
	const wrong = '11111111-2222-3333-4444-555555555555';
	const cases: Array<[Type, object, RegExp]> = [
		['cdyneApi', { licenseKey: wrong }, /^CDYNE does not know this license key/],
		['cdyneApi', { licenseKey: 'abc' }, /License Key in the credential is not one/],
		['namirialSmsStatusApi', { apiKey: wrong }, /^Namirial refused the API key/],
		['wooxyApi', { accessToken: wrong }, /^Wooxy answered: .*Check the Access Token/],
		['skycoreApi', { apiKey: wrong }, /^Skycore answered E/],
	];
	for (const [type, data, words] of cases) {
		const { status, message } = await check(type, { ...good(type), ...data });
		expect(status).toBe('Error');
		expect(message).toMatch(words);
		expect(message).not.toContain(wrong);
	}
});
