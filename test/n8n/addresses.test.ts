import { randomUUID } from 'node:crypto';
import { startSandbox, type Sandbox } from '../../sandbox';
import { credentialOf } from '../../sandbox/n8n/credentials.mjs';
import { MODES, node, startN8n, type N8n } from './instance';
import { cdyne, chain, startNodes } from './workflow';

const HANDSET = '17575550142';
const ACCOUNT = credentialOf('', 'cdyneApi');
const TOKEN = ACCOUNT.postbackToken;

const send = (parameters = {}) => cdyne('Send', 'send', parameters);
const trigger = (name: string, events: string[], more = {}) =>
	node(name, 'cdyneTrigger', { events }, more);

describe.each(MODES)('The URLs that statuses are posted to, in %s mode', (mode) => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 100, carrier: 100, delivered: 100 } });
		n8n = await startN8n({ mode, sandbox });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const postedTo = () => {
		const [{ detail }] = sandbox.messages.list({ direction: 'out' });
		return String(detail.postbackUrl);
	};
	/** Publishes a workflow of a send and of triggers. */
	const publish = async (...triggers: Array<ReturnType<typeof trigger>>) => {
		const sending = send({ statusUpdates: 'trigger' });
		return await n8n.publish(chain([...startNodes([sending]), sending, ...triggers]));
	};

	it('of two triggers, the one that listens for statuses receives them', async () => {
		const live = await publish(
			trigger('Others', ['unknown']),
			trigger('Statuses', ['message.status']),
		);
		const run = await live.start([{ to: HANDSET }]);
		expect(run.error).toBeUndefined();
		expect(postedTo()).toBe(`${live.address('Statuses')}?token=${TOKEN}`);
		const received = await live.next();
		await live.unpublish();
		expect(received.json('Statuses')).toMatchObject([{ event: 'message.status' }]);
	});

	it('of two accounts, the trigger with the credential of the send receives them', async () => {
		const other = await n8n.credential('cdyneApi', {
			...ACCOUNT,
			baseUrl: `${sandbox.url}/cdyne`,
			postbackToken: TOKEN.split('').reverse().join(''),
		});
		const live = await publish(
			trigger('Theirs', ['message.status'], { credentials: other }),
			trigger('Ours', ['message.status']),
		);
		await live.start([{ to: HANDSET }]);
		await live.unpublish();
		expect(postedTo()).toBe(`${live.address('Ours')}?token=${TOKEN}`);
	});

	it('without a suitable trigger, an error says why, and nothing is sent', async () => {
		const live = await publish(trigger('Others', ['unknown']));
		const run = await live.start([{ to: HANDSET }]);
		await live.unpublish();
		expect(run.error?.message).toContain('Others');
		expect(sandbox.messages.list({ direction: 'out' })).toEqual([]);
	});

	it('a webhook of another node gets no token', async () => {
		const path = randomUUID();
		const hook = node(
			'Hook',
			'n8n-nodes-base.webhook',
			{ httpMethod: 'POST', path },
			{ typeVersion: 2 },
		);
		const address = `${n8n.webhookBase}/webhook/${path}`;
		const sending = send({ statusUpdates: 'url', statusUrl: address });
		const live = await n8n.publish(chain([...startNodes([sending]), sending, hook]));
		await live.start([{ to: HANDSET }]);
		expect(postedTo()).toBe(address);
		const received = await live.next();
		await live.unpublish();
		expect(received.items('Hook')).toHaveLength(1);
		expect(JSON.stringify(received.execution)).not.toContain(TOKEN);
	});
});

describe('With renamed endpoints of n8n', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	const NAMES = {
		N8N_ENDPOINT_WEBHOOK: 'in',
		N8N_ENDPOINT_WEBHOOK_TEST: 'try',
		N8N_ENDPOINT_WEBHOOK_WAIT: 'on',
	};
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 900, carrier: 100, delivered: 100 } });
		n8n = await startN8n({ sandbox, env: NAMES });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	afterEach(() => sandbox.reset());

	it('a wait is resumed', async () => {
		const wait = send({ operation: 'sendAndWaitForDelivery' });
		const run = await n8n.run([wait], [{ to: HANDSET }]);
		expect(run.json('Send')).toMatchObject([{ outcome: 'delivered' }]);
		expect(sandbox.postbacks.list({})[0].url).toContain('/on/');
	});

	it('a test run of a published trigger that registers itself restores its production URL afterwards', async () => {
		const registers = { events: ['message.received'], registerAutomatically: true };
		const live = await n8n.publish([node('Replies', 'cdyneTrigger', registers)]);
		const listening = await n8n.rest.call('POST', `/workflows/${live.workflow.id}/run`, {
			triggerToStartFrom: { name: 'Replies' },
		});
		expect(listening).toMatchObject({ waitingForWebhook: true });
		await n8n.rest.call('DELETE', `/test-webhook/${live.workflow.id}`);
		await n8n.run([send()], [{ to: HANDSET }]);
		await sandbox.simulators.get('cdyne')!.reply!({ from: HANDSET, text: 'Hi' });
		const run = await live.next();
		await live.unpublish();
		expect(run.json('Replies')).toMatchObject([{ event: 'message.received', text: 'Hi' }]);
	});
});
