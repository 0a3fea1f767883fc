import { startSandbox, type Sandbox } from '../../sandbox';
import { credentialOf, sandboxCredentials } from '../../sandbox/n8n/credentials.mjs';
import { startN8n, type N8n } from './instance';

const TYPES = sandboxCredentials('').map(({ type }) => type);

let sandbox: Sandbox;
let n8n: N8n;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	n8n = await startN8n({ sandbox });
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});
afterEach(() => sandbox.reset());

/** The result of the credential test, which n8n's editor shows after Save. */
async function check(type: string, changes: Record<string, string> = {}) {
	const data = { ...credentialOf(sandbox.url, type), ...changes };
	const { id, name } = await n8n.rest.createCredential(type, `${type} test`, data);
	const credentials = { id, name, type, data };
	return (await n8n.rest.call('POST', '/credentials/test', { credentials })) as {
		status: string;
		message: string;
	};
}

const WRONG = '11111111-2222-3333-4444-555555555555';
const SUSPENDED = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a99';

describe('Credential tests in a real n8n', () => {
	it.each(TYPES)('%s: a valid credential passes', async (type) => {
		expect(await check(type)).toMatchObject({ status: 'OK' });
	});

	it.each([
		['cdyneApi', { licenseKey: WRONG }, 'CDYNE does not know this license key'],
		['cdyneApi', { licenseKey: SUSPENDED }, 'The account of this license key is suspended'],
		['namirialSmsStatusApi', { apiKey: WRONG }, ''],
		['wooxyApi', { accessToken: WRONG }, ''],
		['skycoreApi', { apiKey: WRONG }, ''],
	])(
		'%s: an invalid credential fails, even if the error is inside HTTP 200',
		async (type, bad, expected) => {
			const { status, message } = await check(type, bad as Record<string, string>);
			expect(status).toBe('Error');
			expect(message).toContain(expected);
			for (const secret of Object.values(bad)) expect(message).not.toContain(secret);
		},
	);

	it('credential tests send no messages', async () => {
		for (const type of TYPES) await check(type);
		expect(sandbox.messages.list({})).toHaveLength(0);
	});
});
