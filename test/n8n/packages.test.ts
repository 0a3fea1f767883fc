/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { delimiter } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { node, startN8n, type N8n } from './instance';
import { chain, startNodes } from './workflow';

/** The packages of single providers from `npm run build:packages`, in a real n8n. */
const TARBALLS = (process.env.PACKAGES_OF_ONE ?? '').split(delimiter);
const COMPLETE_PACKAGE = String(process.env.PACKAGE_TARBALL);

interface ProviderPackage {
	name: string;
	node: string;
	send: Record<string, unknown>;
	token: string;
}

const PROVIDER_PACKAGES: ProviderPackage[] = [
	{
		name: 'n8n-nodes-cdyne-sms',
		node: 'cdyne',
		send: { resource: 'message', to: '17575550142', statusUpdates: 'trigger' },
		token: 'sandbox-cdyne-postbacks',
	},
	{
		name: 'n8n-nodes-namirial-sms',
		node: 'namirialSms',
		send: { resource: 'message', to: '+393335550142' },
		token: 'sandbox-namirial-postbacks',
	},
	{
		name: 'n8n-nodes-wooxy',
		node: 'wooxy',
		send: { resource: 'message', to: '+37255550142', domain: 'shop.example' },
		token: 'sandbox-wooxy-postbacks',
	},
	{
		name: 'n8n-nodes-skycore',
		node: 'skycore',
		send: { resource: 'sms', to: '17575550142', from: '60856' },
		token: 'sandbox-skycore-postbacks',
	},
];

/** n8n is started with each package alone, and once with all of them and the complete package. */
const INSTALLATIONS: Array<[string, string[], ProviderPackage[]]> = [
	...PROVIDER_PACKAGES.map((provider, index): [string, string[], ProviderPackage[]] => [
		`${provider.name} alone`,
		[TARBALLS[index]],
		[provider],
	]),
	['all of them and the complete package', [COMPLETE_PACKAGE, ...TARBALLS], PROVIDER_PACKAGES],
];

describe.each(INSTALLATIONS)('With %s', (_name, packages, installed) => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 100, carrier: 100, delivered: 100 } });
		n8n = await startN8n({ sandbox, packages });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	it.each(installed)('$name sends, and its trigger starts a workflow', async (provider) => {
		const parameters = { operation: 'send', message: 'Hello', ...provider.send };
		const send = node('Send', `${provider.name}.${provider.node}`, parameters);
		const trigger = node('Received', `${provider.name}.${provider.node}Trigger`, {
			events: ['message.status', 'unknown'],
			domain: 'shop.example',
			additionalFields: {},
		});
		const sent = () => sandbox.messages.list({ direction: 'out' }).length;
		const before = sent();
		const live = await n8n.publish(chain([...startNodes([send]), send, trigger]));
		const run = await live.start();
		expect(run.error).toBeUndefined();
		expect(run.json('Send')).toMatchObject([{ messageId: expect.any(String) }]);
		expect(sent()).toBe(before + 1);
		await fetch(`${live.address('Received')}?token=${provider.token}`, {
			method: 'POST',
			body: 'hello',
		});
		const received = await live.next();
		await live.unpublish();
		expect(received.json('Received')[0]).toMatchObject({
			event: expect.stringMatching(/status|unknown/),
		});
	});
});
