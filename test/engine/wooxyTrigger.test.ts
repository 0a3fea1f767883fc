import { sleep } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import type { FaultOrder } from '../../sandbox/faults';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { WooxyTrigger } from '../../nodes/Wooxy/WooxyTrigger.node';
import { TriggerHost } from './trigger';

const DOMAIN = 'shop.example';
const FOREIGN = 'http://127.0.0.1:9/somebody/else';
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

async function host(parameters: INodeParameters = {}, more: { id?: string; token?: string } = {}) {
	const { id = 'hook-1', token = POSTBACK_TOKEN } = more;
	const credentials = {
		wooxyApi: {
			baseUrl: `${sandbox.url}/wooxy`,
			accessToken: GOOD_TOKEN,
			postbackToken: token,
		},
	};
	const all = { domain: DOMAIN, events: ['message.status'], ...parameters };
	const made = await new TriggerHost(node, credentials, all, id).listen();
	hosts.push(made);
	return made;
}

async function ask(method: string, body: object = {}) {
	const response = await fetch(`${sandbox.url}/wooxy/v3/${method}`, {
		method: 'POST',
		headers: { 'Access-Token': GOOD_TOKEN, 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return (await response.json()) as { data?: Registered[]; sms_id?: string };
}

/** The webhooks at Wooxy, without asking through the node. */
async function registered(): Promise<Registered[]> {
	sandbox.faults.clear();
	return (await ask('webhook/list')).data ?? [];
}

async function registerForeign(): Promise<void> {
	const events = ['sms_delivered'];
	await ask('webhook/create', { title: 'Other', url: FOREIGN, domain: DOMAIN, events });
}

const fault = (order: Omit<FaultOrder, 'provider'>) =>
	sandbox.faults.add({ provider: 'wooxy', ...order });
const asked = (operation: string) => sandbox.requests.count('wooxy', operation);

async function until(condition: () => boolean): Promise<void> {
	for (let tries = 0; tries < 400 && !condition(); tries++) await sleep(5);
}

async function post(url: string, body: string, headers: Record<string, string> = {}) {
	return await fetch(url, { method: 'POST', body, headers });
}

describe('Activating', () => {
	it('registers the address with its token, the domain and the events', async () => {
		const trigger = await host({ events: ['message.status', 'contact.optedOut'] });
		await trigger.activate();
		expect(await registered()).toMatchObject([
			{
				url: `${trigger.address()}?token=${POSTBACK_TOKEN}`,
				domain: { name: DOMAIN },
				events: ['sms_delivered', 'sms-unsubscribed'],
			},
		]);
	});

	it('registers a plain address where no token is set', async () => {
		const trigger = await host({}, { token: '' });
		await trigger.activate();
		expect(await registered()).toMatchObject([{ url: trigger.address() }]);
	});

	it('keeps the id, and no token, in the static data', async () => {
		const trigger = await host();
		await trigger.activate();
		const [{ id }] = await registered();
		expect(JSON.stringify(trigger.staticData)).toContain(`:${id}}`);
		expect(JSON.stringify(trigger.staticData)).not.toContain(POSTBACK_TOKEN);
	});

	it.each([
		['a plain text', DOMAIN],
		['a choice of the list', { __rl: true, mode: 'list', value: DOMAIN }],
	])('takes the domain as %s', async (_name, domain) => {
		const trigger = await host({ domain });
		await trigger.activate();
		expect(await registered()).toMatchObject([{ domain: { name: DOMAIN } }]);
	});

	it('again creates nothing when all is as it should be', async () => {
		const trigger = await host();
		await trigger.activate();
		await trigger.activate();
		expect(asked('webhook/create')).toBe(1);
	});

	it('again after static data was lost finds its webhook and can remove it', async () => {
		const trigger = await host();
		await trigger.activate();
		trigger.staticData = {};
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual([]);
		expect(asked('webhook/create')).toBe(1);
	});

	it.each([
		['other events', { events: ['link.clicked'] }],
		['another domain', { domain: 'news.example' }],
	])('with %s replaces its webhook', async (_name, change) => {
		const trigger = await host();
		await trigger.activate();
		trigger.parameters = { ...trigger.parameters, ...change };
		await trigger.activate();
		const now = await registered();
		expect(now).toHaveLength(1);
		expect(now[0].id).toBe(2);
	});

	it('where its webhook stands twice leaves one', async () => {
		const trigger = await host();
		const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
		const events = ['sms_delivered'];
		for (const title of ['a', 'b']) {
			await ask('webhook/create', { title, url, domain: DOMAIN, events });
		}
		await trigger.activate();
		expect(await registered()).toHaveLength(1);
	});

	it('by two main instances at once leaves one, which both know', async () => {
		for (const round of [1, 2, 3, 4, 5]) {
			const trigger = await host({}, { id: `hook-of-two-${round}` });
			await Promise.all([trigger.activate(), trigger.activate()]);
			const own = (await registered()).filter(({ url }) => url.includes(`hook-of-two-${round}`));
			expect(own).toHaveLength(1);
			expect(JSON.stringify(trigger.staticData)).toContain(`:${own[0].id}}`);
			await trigger.activate();
			expect(await registered()).toContainEqual(own[0]);
			await trigger.deactivate();
			expect(await registered()).toEqual([]);
		}
	});

	it('by another main instance, a moment later, keeps what is there', async () => {
		const trigger = await host();
		await trigger.activate();
		const before = await registered();
		await trigger.createAgain();
		expect(await registered()).toEqual(before);
	});

	it('never touches the webhook of somebody else', async () => {
		await registerForeign();
		const trigger = await host();
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toMatchObject([{ url: FOREIGN }]);
	});

	it('of two workflows gives each its own', async () => {
		const [one, two] = [await host({}, { id: 'one' }), await host({}, { id: 'two' })];
		await one.activate();
		await two.activate();
		await one.deactivate();
		expect(await registered()).toMatchObject([{ url: expect.stringContaining('/two/webhook') }]);
	});

	it('works where Wooxy writes ids as text', async () => {
		sandbox.configure('wooxy', { webhookIdAsText: true });
		const trigger = await host();
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual([]);
	});

	it('without a domain says so', async () => {
		const trigger = await host({ domain: '' });
		await expect(trigger.activate()).rejects.toThrow('The domain is empty');
	});

	it('for a domain of somebody else fails in Wooxy’s words', async () => {
		const trigger = await host({ domain: 'other.example' });
		await expect(trigger.activate()).rejects.toThrow(
			'Domain not found in your account or not verified',
		);
		expect(await registered()).toEqual([]);
	});
});

describe('When Wooxy fails halfway', () => {
	it('a list that cannot be read stops the activation, and nothing is registered', async () => {
		fault({ kind: 'status', status: 404, operation: 'webhook/list', times: 'always' });
		const trigger = await host();
		await expect(trigger.activate()).rejects.toThrow('HTTP 404');
		expect(await registered()).toEqual([]);
	});

	it('a list that cannot be read after the creation does not count', async () => {
		const trigger = await host();
		fault({ kind: 'delay', ms: 1_000, operation: 'webhook/create' });
		const create = trigger.activate();
		await until(() => asked('webhook/create') === 1);
		fault({ kind: 'status', status: 404, operation: 'webhook/list', times: 'always' });
		await create;
		expect(asked('webhook/list')).toBeGreaterThan(2);
		expect(await registered()).toHaveLength(1);
	});

	it('a creation that fails is no activation, and nothing is left over', async () => {
		fault({ kind: 'html', operation: 'webhook/create', when: 'before' });
		const trigger = await host();
		await expect(trigger.activate()).rejects.toThrow('The webhook was not created');
		expect(await registered()).toEqual([]);
	});

	it.each(['reset', 'html', 'truncate'] as const)(
		'a creation with its answer lost (%s) is found, and not made twice',
		async (kind) => {
			fault({ kind, operation: 'webhook/create', when: 'after' });
			const trigger = await host();
			await trigger.activate();
			expect(await registered()).toHaveLength(1);
			await trigger.deactivate();
			expect(await registered()).toEqual([]);
		},
	);

	it('a lost answer that cannot be looked up says that the webhook may be there', async () => {
		const trigger = await host();
		await registerForeign();
		fault({ kind: 'html', operation: 'webhook/create', when: 'after' });
		// the first two lists, before the creation, go well
		fault({ kind: 'delay', ms: 1, operation: 'webhook/list', times: 2 });
		fault({ kind: 'status', status: 404, operation: 'webhook/list', times: 'always' });
		await expect(trigger.activate()).rejects.toThrow(
			/The webhook may have been created, and looking it up failed: .*HTTP 404/,
		);
	});

	it('a webhook left by that is found by the next activation', async () => {
		const trigger = await host();
		fault({ kind: 'html', operation: 'webhook/create', when: 'after' });
		fault({ kind: 'delay', ms: 1, operation: 'webhook/list', times: 2 });
		fault({ kind: 'status', status: 404, operation: 'webhook/list', times: 1 });
		await expect(trigger.activate()).rejects.toThrow('The webhook may have been created');
		await trigger.activate();
		expect(await registered()).toHaveLength(1);
	});

	it('a removal with its answer lost is made again, and is done', async () => {
		const trigger = await host();
		await trigger.activate();
		fault({ kind: 'reset', operation: 'webhook/remove', when: 'after' });
		await trigger.deactivate();
		expect(await registered()).toEqual([]);
	});

	it('a list that cannot be read does not keep the webhook from being removed', async () => {
		const trigger = await host();
		await trigger.activate();
		fault({ kind: 'status', status: 404, operation: 'webhook/list', times: 'always' });
		await trigger.deactivate();
		expect(await registered()).toEqual([]);
	});

	it('the webhook of somebody else that has our id by now is left alone', async () => {
		const trigger = await host();
		await trigger.activate();
		sandbox.reset();
		await registerForeign();
		await trigger.deactivate();
		expect(await registered()).toMatchObject([{ id: 1, url: FOREIGN }]);
	});

	it('a webhook that is gone already counts as removed', async () => {
		const trigger = await host();
		await trigger.activate();
		await ask('webhook/remove', { id: (await registered())[0].id });
		await expect(trigger.deactivate()).resolves.toBeUndefined();
	});
});

describe('A test run', () => {
	it('registers the test address and removes it', async () => {
		const trigger = await host();
		await trigger.activate(true);
		expect(await registered()).toMatchObject([
			{ url: `${trigger.address(true)}?token=${POSTBACK_TOKEN}` },
		]);
		await trigger.deactivate(true);
		expect(await registered()).toEqual([]);
	});

	it('leaves the webhook of the active workflow alone', async () => {
		const trigger = await host();
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
		const { sms_id: id } = await ask('sms/send', {
			domain: DOMAIN,
			phoneNumber: '+37255512345',
			text: 'Code 1234',
		});
		await sandbox.clock.advance(5_000);
		return id as string;
	}

	it.each(['phoneNumber', 'sms_id', 'extraField'] as const)(
		'of a delivery (form %s) starts the workflow and is answered 200',
		async (webhookPayload) => {
			sandbox.configure('wooxy', { webhookPayload });
			const trigger = await host();
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
		const trigger = await host({ events: [event] });
		const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
		sandbox.simulators.get('wooxy')?.fire?.({ kind, url });
		await until(() => trigger.executions.length > 0);
		expect(trigger.executions).toMatchObject([[{ provider: 'wooxy', event }]]);
	});

	it('that was not asked for is answered 200 and starts nothing', async () => {
		const trigger = await host();
		const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
		const { status } = await post(url, '{"event":"sms-clicked"}');
		expect([status, trigger.executions]).toEqual([200, []]);
	});

	it('that names no event starts the workflow whatever was asked for', async () => {
		const trigger = await host();
		const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
		const { status } = await post(url, '{"id":"64f000000000000000000001"}');
		expect(status).toBe(200);
		expect(trigger.executions).toMatchObject([
			[{ event: 'unknown', messageId: '64f000000000000000000001' }],
		]);
	});

	it.each(['', 'no JSON', '{"event":', '[]', 'null'])(
		'with the body %j is answered 200 and kept for those who want the unknown',
		async (body) => {
			const trigger = await host({ events: ['unknown'] });
			const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
			const { status } = await post(url, body);
			expect(status).toBe(200);
			expect(trigger.executions).toMatchObject([[{ event: 'unknown', raw: body }]]);
		},
	);

	it.each([
		['no', ''],
		['a wrong', '?token=another'],
	])('with %s token is refused and starts nothing', async (_name, query) => {
		const trigger = await host();
		const { status } = await post(`${trigger.address()}${query}`, '{"event":"sms_delivered"}');
		expect([status, trigger.executions]).toEqual([401, []]);
	});

	it('that comes twice has the same event id', async () => {
		sandbox.postbacks.options.copies = 2;
		const trigger = await host();
		await trigger.activate();
		await deliver();
		await until(() => trigger.executions.length === 2);
		const [[one], [two]] = trigger.executions;
		expect(one.eventId).toBe(two.eventId);
	});

	it('is answered within 1.5 seconds when a hundred come at once', async () => {
		const trigger = await host();
		const url = `${trigger.address()}?token=${POSTBACK_TOKEN}`;
		const started = Date.now();
		const answers = await Promise.all(
			Array.from({ length: 100 }, async (_, index) => {
				const { status } = await post(url, `{"event":"sms_delivered","id":"${index}"}`);
				return [status, Date.now() - started < 1_500];
			}),
		);
		expect(answers).toEqual(Array.from({ length: 100 }, () => [200, true]));
		expect(trigger.executions).toHaveLength(100);
	});
});
