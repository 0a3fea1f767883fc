/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';

const FOLDER = path.join(__dirname, '../../sandbox/handset');
const FILES = readdirSync(FOLDER).filter((name) => !name.endsWith('.ts'));

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

it.each(['/', '/phone/17575550142', '/phone/+1%20757%20555%200142'])(
	'the handset page is served at %s and must not load anything from other origins',
	async (address) => {
		const response = await fetch(sandbox.url + address);
		expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(await response.text()).toContain('<h1>SMS sandbox</h1>');
	},
);

it.each(FILES)('%s is served', async (name) => {
	const response = await fetch(`${sandbox.url}/handset/${name}`);
	expect(response.status).toBe(200);
	expect(await response.text()).toBe(readFileSync(path.join(FOLDER, name), 'utf8'));
});

it('no other file of the folder is served', async () => {
	for (const name of ['pages.ts', '..%2Findex.ts', '%2e%2e%2findex.ts']) {
		expect((await fetch(`${sandbox.url}/handset/${name}`)).status).toBe(404);
	}
});

it.each(FILES)('%s contains no external address', (name) => {
	const text = readFileSync(path.join(FOLDER, name), 'utf8');
	const addresses = text.match(/https?:\/\/[^'"\s)]+/g) ?? [];
	// an XML namespace, which is never loaded
	expect(addresses.filter((address) => address !== 'http://www.w3.org/2000/svg')).toEqual([]);
});
