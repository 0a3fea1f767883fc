import { sleep } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';
import { WooxyTrigger } from '../../../nodes/Wooxy/WooxyTrigger.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import type { FaultOrder } from '../../../sandbox/faults';
import { GOOD_TOKEN } from '../../../sandbox/wooxy/settings';
import { TriggerHost } from '../harness/trigger';

const DOMAIN = 'shop.example';
const FOREIGN_URL = 'http://127.0.0.1:9/somebody/else';
const POSTBACK_TOKEN = 'a-secret-of-ours';
const node = new WooxyTrigger();

interface Registered {
	id: number;
	url: string;
	domain: { name: string };
	events: string[];
}

let sandbox: Sandbox;
let hosts: TriggerHost[] = [];
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, clockScale: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(async () => {
	sandbox.reset();
	await Promise.all(hosts.map(async (host) => await host.close()));
	hosts = [];
});

async function startHost(
	parameters: INodeParameters = {},
	options: { id?: string; token?: string } = {},
) {
	const { id = 'hook-1', token = POSTBACK_TOKEN } = options;
	const credentials = {
		wooxyApi: {
			baseUrl: `${sandbox.url}/wooxy`,
			accessToken: GOOD_TOKEN,
			postbackToken: token,
		},
	};
	const all = { domain: DOMAIN, events: ['message.status'], ...parameters };
	const host = await new TriggerHost(node, credentials, all, id).listen();
	hosts.push(host);
	return host;
}

async function callWooxy(method: string, body: object = {}) {
	const response = await fetch(`${sandbox.url}/wooxy/v3/${method}`, {
		method: 'POST',
		headers: { 'Access-Token': GOOD_TOKEN, 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return (await response.json()) as { data?: Registered[]; sms_id?: string };
}

/** The webhooks at Wooxy, looked up without the node. */
async function registered(): Promise<Registered[]> {
	sandbox.faults.clear();
	return (await callWooxy('webhook/list')).data ?? [];
}

async function registerForeign(): Promise<void> {
	const events = ['sms_delivered'];
	await callWooxy('webhook/create', { title: 'Other', url: FOREIGN_URL, domain: DOMAIN, events });
}

const addFault = (order: Omit<FaultOrder, 'provider'>) =>
	sandbox.faults.add({ provider: 'wooxy', ...order });
const countRequests = (operation: string) => sandbox.requests.count('wooxy', operation);

async function until(condition: () => boolean): Promise<void> {
	for (let tries = 0; tries < 400 && !condition(); tries++) await sleep(5);
}

async function post(url: string, body: string, headers: Record<string, string> = {}) {
	return await fetch(url, { method: 'POST', body, headers });
}

describe('Activating', () => {
	it('registers the address with its token, the domain and the events', async () => {
		const trigger = await startHost({ events: ['message.status', 'contact.optedOut'] });
		await trigger.activate();
		expect(await registered()).toMatchObject([
			{
				url: `${trigger.address()}?token=${POSTBACK_TOKEN}`,
				domain: { name: DOMAIN },
				events: ['sms_delivered', 'sms-unsubscribed'],
			},
		]);
	});

	it('registers the address without a token if none is set', async () => {
		const trigger = await startHost({}, { token: '' });
		await trigger.activate();
		expect(await registered()).toMatchObject([{ url: trigger.address() }]);
	});

	it('stores the ID, but not the token, in the static data', async () => {
		const trigger = await startHost();
		await trigger.activate();
		const [{ id }] = await registered();
		expect(JSON.stringify(trigger.staticData)).toContain(`:${id}}`);
		expect(JSON.stringify(trigger.staticData)).not.toContain(POSTBACK_TOKEN);
	});

	it.each([
		['a plain text', DOMAIN],
		['a choice from the list', { __rl: true, mode: 'list', value: DOMAIN }],
	])('accepts the domain as %s', async (_name, domain) => {
		const trigger = await startHost({ domain });
		await trigger.activate();
		expect(await registered()).toMatchObject([{ domain: { name: DOMAIN } }]);
	});

	it('again creates nothing if the webhook is up to date', async () => {
		const trigger = await startHost();
		await trigger.activate();
		await trigger.activate();
		expect(countRequests('webhook/create')).toBe(1);
	});

	it('again after the static data was lost finds the webhook, and deactivating removes it', async () => {
		const trigger = await startHost();
		await trigger.activate();
		trigger.staticData = {};
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual([]);
		expect(countRequests('webhook/create')).toBe(1);
	});

	it.each([
		['other events', { events: ['link.clicked'] }],
		['another domain', { domain: 'news.example' }],
	])('with %s replaces its webhook', async (_name, change) => {
		const trigger = await startHost();
		await trigger.activate();
		trigger.parameters = { ...trigger.parameters, ...change };
		await trigger.activate();
		const webhooks = await registered();
		expect(webhooks).toHaveLength(1);
		expect(webhooks[0].id).toBe(2);
	});

	it('with two webhooks of its own keeps one', async () => {
		const trigger = await startHost();
		const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
		const events = ['sms_delivered'];
		for (const title of ['a', 'b']) {
			await callWooxy('webhook/create', { title, url, domain: DOMAIN, events });
		}
		await trigger.activate();
		expect(await registered()).toHaveLength(1);
	});

	it('by two main instances at once keeps one webhook, whose ID both store', async () => {
		for (const round of [1, 2, 3, 4, 5]) {
			const trigger = await startHost({}, { id: `hook-of-two-${round}` });
			await Promise.all([trigger.activate(), trigger.activate()]);
			const webhooks = (await registered()).filter(({ url }) =>
				url.includes(`hook-of-two-${round}`),
			);
			expect(webhooks).toHaveLength(1);
			expect(JSON.stringify(trigger.staticData)).toContain(`:${webhooks[0].id}}`);
			await trigger.activate();
			expect(await registered()).toContainEqual(webhooks[0]);
			await trigger.deactivate();
			expect(await registered()).toEqual([]);
		}
	});

	it('by another main instance, a moment later, keeps the existing webhook', async () => {
		const trigger = await startHost();
		await trigger.activate();
		const before = await registered();
		await trigger.createAgain();
		expect(await registered()).toEqual(before);
	});

	it('never changes the webhook of somebody else', async () => {
		await registerForeign();
		const trigger = await startHost();
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toMatchObject([{ url: FOREIGN_URL }]);
	});

	it('of two workflows registers a webhook for each', async () => {
		const first = await startHost({}, { id: 'one' });
		const second = await startHost({}, { id: 'two' });
		await first.activate();
		await second.activate();
		await first.deactivate();
		expect(await registered()).toMatchObject([{ url: expect.stringContaining('/two/webhook') }]);
	});

	it('works if Wooxy writes IDs as text', async () => {
		sandbox.configure('wooxy', { webhookIdAsText: true });
		const trigger = await startHost();
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual([]);
	});

	it('fails without a domain', async () => {
		const trigger = await startHost({ domain: '' });
		await expect(trigger.activate()).rejects.toThrow('The Domain is empty');
	});

	it('for a domain of somebody else fails with Wooxy’s text', async () => {
		const trigger = await startHost({ domain: 'other.example' });
		await expect(trigger.activate()).rejects.toThrow(
			'Domain not found in your account or not verified',
		);
		expect(await registered()).toEqual([]);
	});
});

describe('If Wooxy fails halfway', () => {
	it('an unreadable list ends the activation, and nothing is registered', async () => {
		addFault({ kind: 'status', status: 404, operation: 'webhook/list', times: 'always' });
		const trigger = await startHost();
		await expect(trigger.activate()).rejects.toThrow('HTTP 404');
		expect(await registered()).toEqual([]);
	});

	it('an unreadable list after the creation is ignored', async () => {
		const trigger = await startHost();
		addFault({ kind: 'delay', ms: 1_000, operation: 'webhook/create' });
		const create = trigger.activate();
		await until(() => countRequests('webhook/create') === 1);
		addFault({ kind: 'status', status: 404, operation: 'webhook/list', times: 'always' });
		await create;
		expect(countRequests('webhook/list')).toBeGreaterThan(2);
		expect(await registered()).toHaveLength(1);
	});

	it('a failed creation fails the activation, and no webhook remains', async () => {
		addFault({ kind: 'html', operation: 'webhook/create', when: 'before' });
		const trigger = await startHost();
		await expect(trigger.activate()).rejects.toThrow('The webhook was not created');
		expect(await registered()).toEqual([]);
	});

	it.each(['reset', 'html', 'truncate'] as const)(
		'a webhook whose response is lost (%s) is found, and not created twice',
		async (kind) => {
			addFault({ kind, operation: 'webhook/create', when: 'after' });
			const trigger = await startHost();
			await trigger.activate();
			expect(await registered()).toHaveLength(1);
			await trigger.deactivate();
			expect(await registered()).toEqual([]);
		},
	);

	it('the error says that the webhook may exist if it cannot be looked up after a lost response', async () => {
		const trigger = await startHost();
		await registerForeign();
		addFault({ kind: 'html', operation: 'webhook/create', when: 'after' });
		// the first two lists, before the creation, succeed
		addFault({ kind: 'delay', ms: 1, operation: 'webhook/list', times: 2 });
		addFault({ kind: 'status', status: 404, operation: 'webhook/list', times: 'always' });
		await expect(trigger.activate()).rejects.toThrow(
			/The webhook may have been created, and looking it up failed: .*HTTP 404/,
		);
	});

	it('a webhook that may exist is found by the next activation', async () => {
		const trigger = await startHost();
		addFault({ kind: 'html', operation: 'webhook/create', when: 'after' });
		addFault({ kind: 'delay', ms: 1, operation: 'webhook/list', times: 2 });
		addFault({ kind: 'status', status: 404, operation: 'webhook/list', times: 1 });
		await expect(trigger.activate()).rejects.toThrow('The webhook may have been created');
		await trigger.activate();
		expect(await registered()).toHaveLength(1);
	});

	it('a removal whose response is lost is repeated, and succeeds', async () => {
		const trigger = await startHost();
		await trigger.activate();
		addFault({ kind: 'reset', operation: 'webhook/remove', when: 'after' });
		await trigger.deactivate();
		expect(await registered()).toEqual([]);
	});

	it('the webhook is removed even if the list is unreadable', async () => {
		const trigger = await startHost();
		await trigger.activate();
		addFault({ kind: 'status', status: 404, operation: 'webhook/list', times: 'always' });
		await trigger.deactivate();
		expect(await registered()).toEqual([]);
	});

	it('a webhook of somebody else that now has the stored ID is not removed', async () => {
		const trigger = await startHost();
		await trigger.activate();
		sandbox.reset();
		await registerForeign();
		await trigger.deactivate();
		expect(await registered()).toMatchObject([{ id: 1, url: FOREIGN_URL }]);
	});

	it('a webhook that no longer exists counts as removed', async () => {
		const trigger = await startHost();
		await trigger.activate();
		await callWooxy('webhook/remove', { id: (await registered())[0].id });
		await expect(trigger.deactivate()).resolves.toBeUndefined();
	});
});

describe('A test run', () => {
	it('registers the test address and removes it', async () => {
		const trigger = await startHost();
		await trigger.activate(true);
		expect(await registered()).toMatchObject([
			{ url: `${trigger.address(true)}?token=${POSTBACK_TOKEN}` },
		]);
		await trigger.deactivate(true);
		expect(await registered()).toEqual([]);
	});

	it('keeps the webhook of the active workflow', async () => {
		const trigger = await startHost();
		await trigger.activate();
		await trigger.activate(true);
		await trigger.deactivate(true);
		expect(await registered()).toMatchObject([
			{ url: `${trigger.address()}?token=${POSTBACK_TOKEN}` },
		]);
	});
});

describe('A postback', () => {
	async function deliver(): Promise<string> {
		const { sms_id: id } = await callWooxy('sms/send', {
			domain: DOMAIN,
			phoneNumber: '+37255512345',
			text: 'Code 1234',
		});
		await sandbox.clock.advance(5_000);
		return id as string;
	}

	it.each(['phoneNumber', 'sms_id', 'extraField'] as const)(
		'of a delivery (in the form %s) starts the workflow and gets HTTP 200',
		async (webhookPayload) => {
			sandbox.configure('wooxy', { webhookPayload });
			const trigger = await startHost();
			await trigger.activate();
			const id = await deliver();
			await until(() => sandbox.postbacks.list().some(({ attempts }) => attempts.length > 0));
			expect(trigger.executions).toMatchObject([
				[{ event: 'message.status', status: 'delivered', messageId: id, to: '+37255512345' }],
			]);
			expect(sandbox.postbacks.list()).toMatchObject([
				{ state: 'delivered', attempts: [{ status: 200 }] },
			]);
		},
	);

	it.each([
		['sms-clicked', 'link.clicked'],
		['sms-subscribed', 'contact.optedIn'],
		['sms-unsubscribed', 'contact.optedOut'],
		['read', 'unknown'],
		['malformed', 'unknown'],
	])('%s starts the workflow as %s', async (kind, event) => {
		const trigger = await startHost({ events: [event] });
		const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
		sandbox.simulators.get('wooxy')?.fire?.({ kind, url });
		await until(() => trigger.executions.length > 0);
		expect(trigger.executions).toMatchObject([[{ provider: 'wooxy', event }]]);
	});

	it('of an event that is not selected gets HTTP 200 and starts nothing', async () => {
		const trigger = await startHost();
		const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
		const { status } = await post(url, '{"event":"sms-clicked"}');
		expect([status, trigger.executions]).toEqual([200, []]);
	});

	it('without the name of an event starts the workflow, whatever events are selected', async () => {
		const trigger = await startHost();
		const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
		const { status } = await post(url, '{"id":"64f000000000000000000001"}');
		expect(status).toBe(200);
		expect(trigger.executions).toMatchObject([
			[{ event: 'unknown', messageId: '64f000000000000000000001' }],
		]);
	});

	it.each(['', 'no JSON', '{"event":', '[]', 'null'])(
		'with the body %j gets HTTP 200 and is output as unknown',
		async (body) => {
			const trigger = await startHost({ events: ['unknown'] });
			const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
			const { status } = await post(url, body);
			expect(status).toBe(200);
			expect(trigger.executions).toMatchObject([[{ event: 'unknown', raw: body }]]);
		},
	);

	it.each([
		['no', ''],
		['a wrong', '?token=another'],
	])('with %s token is rejected and starts nothing', async (_name, query) => {
		const trigger = await startHost();
		const { status } = await post(`${trigger.address()}${query}`, '{"event":"sms_delivered"}');
		expect([status, trigger.executions]).toEqual([401, []]);
	});

	it('that is posted twice has the same event ID', async () => {
		sandbox.postbacks.options.copies = 2;
		const trigger = await startHost();
		await trigger.activate();
		await deliver();
		await until(() => trigger.executions.length === 2);
		const [[first], [second]] = trigger.executions;
		expect(first.eventId).toBe(second.eventId);
	});

	it('gets a response and starts the workflow, even if a hundred are posted at once', async () => {
		const trigger = await startHost();
		const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
		const statuses = await Promise.all(
			Array.from({ length: 100 }, async (_, index) => {
				return (await post(url, `{"event":"sms_delivered","id":"${index}"}`)).status;
			}),
		);
		expect(statuses).toEqual(Array.from({ length: 100 }, () => 200));
		expect(trigger.executions).toHaveLength(100);
	});
});
