/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { request } from 'node:http';
import { startSandbox, type Sandbox } from '../../sandbox';

/** The sandbox talks to programs and pages of this machine only. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());

const ask = async (path: string, headers: Record<string, string>) =>
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
		['a name that leads here', { Host: 'rebound.example:5690' }],
		['another machine', { Host: '10.0.0.5' }],
		['a name that begins like ours', { Host: 'localhost.example' }],
		['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
		['an origin elsewhere', { Origin: 'https://evil.example' }],
		['an origin without a name', { Origin: 'null' }],
	])('refuses %s', async (_, headers) => {
		expect(await ask(path, headers)).toBe(403);
	});

	it.each([
		['its own address', {}],
		['localhost', { Host: 'localhost:5690' }],
		['its own page', { Origin: 'http://127.0.0.1:5690', 'Sec-Fetch-Site': 'same-origin' }],
	])('answers to %s', async (_, headers) => {
		expect(await ask(path, headers)).not.toBe(403);
	});
});
