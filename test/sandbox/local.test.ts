/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { request } from 'node:http';
import { startSandbox, type Sandbox } from '../../sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());

const statusOf = async (path: string, headers: Record<string, string>) =>
	await new Promise<number | undefined>((resolve, reject) => {
		request(`${sandbox.url}${path}`, { headers }, (response) => {
			response.resume();
			resolve(response.statusCode);
		})
			.on('error', reject)
			.end();
	});

const PATHS = ['/', '/control/state', '/cdyne/Messaging.svc/GetKeywords?LicenseKey=x'];

describe.each(PATHS)('%s', (path) => {
	it.each([
		['a foreign name that resolves to this machine', { Host: 'rebound.example:5690' }],
		['another machine', { Host: '10.0.0.5' }],
		['a name that begins with localhost', { Host: 'localhost.example' }],
		['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
		['a foreign origin', { Origin: 'https://evil.example' }],
		['an opaque origin', { Origin: 'null' }],
	])('rejects %s', async (_, headers) => {
		expect(await statusOf(path, headers)).toBe(403);
	});

	it.each([
		['its own address', {}],
		['localhost', { Host: 'localhost:5690' }],
		['its own page', { Origin: 'http://127.0.0.1:5690', 'Sec-Fetch-Site': 'same-origin' }],
	])('accepts %s', async (_, headers) => {
		expect(await statusOf(path, headers)).not.toBe(403);
	});
});
