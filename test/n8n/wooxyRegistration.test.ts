import { startSandbox, type Sandbox } from '../../sandbox';
import type { FaultOrder } from '../../sandbox/faults';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { node, startN8n, type Live, type N8n } from './instance';
import { until } from './until';

const DOMAIN = 'shop.example';
const FOREIGN = 'http://127.0.0.1:9/somebody/else';
const TRIGGER = 'Something happened';
const TOKEN = '?token=sandbox-wooxy-postbacks';

interface Registered {
	url: string;
	events: string[];
}

describe('The registrations of the Wooxy trigger in a real n8n', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let published: Live[] = [];
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		n8n = await startN8n({ sandbox });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	beforeEach(async () => {
		await ask('webhook/create', {
			title: 'Somebody else',
			url: FOREIGN,
			domain: DOMAIN,
			events: ['sms_delivered'],
		});
	});
	afterEach(async () => {
		sandbox.faults.clear();
		await Promise.all(published.map(async (live) => await live.unpublish()));
		published = [];
		sandbox.reset();
	});

	async function ask(method: string, body: object = {}) {
		const response = await fetch(`${sandbox.url}/wooxy/v3/${method}`, {
			method: 'POST',
			headers: { 'Access-Token': GOOD_TOKEN, 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
		return (await response.json()) as { data?: Registered[] };
	}
	const fault = (order: Omit<FaultOrder, 'provider'>) =>
		sandbox.faults.add({ provider: 'wooxy', ...order });
	/** Once n8n, which does much of it after it has answered, has met the fault so many times. */
	const struck = async (order: Omit<FaultOrder, 'provider'>, times: number, act: () => unknown) => {
		const { id } = fault(order);
		await act();
		const count = () => sandbox.faults.list().find((one) => one.id === id)?.struck ?? 0;
		await until(() => count() >= times);
		expect(count()).toBe(times);
	};

	/** What is registered beside the webhook of somebody else, which has to be there as it was. */
	async function registered(): Promise<string[]> {
		const { data = [] } = await ask('webhook/list');
		const [foreign, ...ours] = data;
		expect(foreign).toMatchObject({ url: FOREIGN, events: ['sms_delivered'] });
		return ours.map(({ url }) => url).sort();
	}
	/** What is registered in the end: what is wanted, or after a while anything else. */
	async function settled(wanted: string[]): Promise<string[]> {
		const expected = [...wanted].sort().join();
		await until(async () => (await registered()).join() === expected).catch(() => undefined);
		return await registered();
	}

	const trigger = (events: string[]) =>
		node(TRIGGER, 'wooxyTrigger', { domain: DOMAIN, events, additionalFields: {} });
	const publish = async (events = ['message.status']) => {
		const live = await n8n.publish([trigger(events)]);
		published.push(live);
		return live;
	};
	const production = (live: Live) => `${live.address(TRIGGER)}${TOKEN}`;
	const test = (live: Live) => production(live).replace('/webhook/', '/webhook-test/');
	/** As the editor listens for a test event. */
	const listen = async (live: Live) =>
		await n8n.rest.call('POST', `/workflows/${live.workflow.id}/run`, {
			triggerToStartFrom: { name: TRIGGER },
		});
	const stopListening = async (live: Live) =>
		await n8n.rest.call('DELETE', `/test-webhook/${live.workflow.id}`);
	const save = async (live: Live, changes: object) =>
		await n8n.rest.saveWorkflow({ ...live.workflow, ...changes });

	describe('activating', () => {
		it('leaves one webhook, with the token in its address', async () => {
			const live = await publish();
			expect(await registered()).toEqual([production(live)]);
		});

		it('two workflows leaves one for each', async () => {
			const all = [await publish(), await publish(['link.clicked'])];
			expect(await registered()).toEqual(all.map(production).sort());
		});

		it('and stopping and starting n8n leaves the same one', async () => {
			const live = await publish();
			await n8n.restart();
			await n8n.rest.settled(live.workflow.id);
			expect(await registered()).toEqual([production(live)]);
		});

		it('again with other events leaves one, with those', async () => {
			const live = await publish();
			await save(live, { nodes: [{ ...live.workflow.nodes[0], ...trigger(['link.clicked']) }] });
			await n8n.rest.publish(live.workflow.id);
			const { data = [] } = await ask('webhook/list');
			expect(data.slice(1)).toMatchObject([{ events: ['sms-clicked'] }]);
		});
	});

	describe('a test run', () => {
		it('of an inactive workflow leaves the test address while it listens, then nothing', async () => {
			const live = await publish();
			await live.unpublish();
			expect(await listen(live)).toEqual({ waitingForWebhook: true });
			expect(await settled([test(live)])).toEqual([test(live)]);
			await stopListening(live);
			expect(await settled([])).toEqual([]);
		});

		it('that gets its event leaves nothing of the test', async () => {
			const live = await publish();
			await listen(live);
			await fetch(test(live), { method: 'POST', body: '{"event":"sms_delivered"}' });
			expect(await settled([production(live)])).toEqual([production(live)]);
		});

		it('of an active workflow leaves its webhook alone', async () => {
			const live = await publish();
			await listen(live);
			expect(await settled([production(live), test(live)])).toHaveLength(2);
			await stopListening(live);
			expect(await settled([production(live)])).toEqual([production(live)]);
		});

		it('that the provider refuses leaves nothing', async () => {
			const live = await publish();
			fault({ kind: 'html', operation: 'webhook/create' });
			await expect(listen(live)).rejects.toThrow('The webhook was not created');
			expect(await settled([production(live)])).toEqual([production(live)]);
		});
	});

	describe('renaming', () => {
		it('the workflow leaves its webhook', async () => {
			const live = await publish();
			await save(live, { name: 'Another name' });
			await n8n.rest.publish(live.workflow.id);
			expect(await registered()).toEqual([production(live)]);
		});

		it('the trigger leaves its webhook', async () => {
			const live = await publish();
			await save(live, { nodes: [{ ...live.workflow.nodes[0], name: 'Delivered' }] });
			await n8n.rest.publish(live.workflow.id);
			expect(await registered()).toEqual([production(live)]);
		});
	});

	describe('deactivating', () => {
		it('leaves nothing', async () => {
			const live = await publish();
			await live.unpublish();
			expect(await settled([])).toEqual([]);
		});

		it('leaves the webhook of another workflow', async () => {
			const [one, two] = [await publish(), await publish()];
			await one.unpublish();
			expect(await settled([production(two)])).toEqual([production(two)]);
		});

		it('and activating again leaves one', async () => {
			const live = await publish();
			await live.unpublish();
			await n8n.rest.publish(live.workflow.id);
			expect(await registered()).toEqual([production(live)]);
		});
	});

	describe('when the provider fails halfway', () => {
		it('a creation that did not happen leaves nothing and says so', async () => {
			const live = await publish();
			await live.unpublish();
			expect(await settled([])).toEqual([]);
			fault({ kind: 'html', operation: 'webhook/create', times: 'always' });
			await expect(n8n.rest.publish(live.workflow.id)).rejects.toThrow(
				'The webhook was not created',
			);
			expect(await registered()).toEqual([]);
		});

		it('a creation whose answer is lost leaves one', async () => {
			await struck(
				{ kind: 'reset', operation: 'webhook/create', when: 'after' },
				1,
				async () => await publish(),
			);
			expect(await registered()).toEqual(published.map(production));
		});

		it('a list that fails twice does not keep the webhook from being made', async () => {
			await struck(
				{ kind: 'status', status: 503, operation: 'webhook/list', times: 2 },
				2,
				async () => await publish(),
			);
			expect(await registered()).toEqual(published.map(production));
		});

		it.each<[string, Omit<FaultOrder, 'provider'>, number]>([
			['fails twice', { kind: 'status', status: 503, times: 2 }, 2],
			['has its answer lost', { kind: 'reset', when: 'after' }, 1],
		])('a removal that %s leaves nothing', async (_name, order, times) => {
			const live = await publish();
			const removal = { ...order, operation: 'webhook/remove' };
			await struck(removal, times, async () => await live.unpublish());
			expect(await settled([])).toEqual([]);
		});

		it('a webhook that could not be removed is replaced by the next activation', async () => {
			const live = await publish();
			const refusal = { kind: 'status', status: 403, operation: 'webhook/remove' } as const;
			// whether it still stands then is n8n's affair, which may try the removal again by itself
			await struck(refusal, 1, async () => await live.unpublish());
			await n8n.rest.publish(live.workflow.id);
			expect(await settled([production(live)])).toEqual([production(live)]);
			await live.unpublish();
			expect(await settled([])).toEqual([]);
		});
	});
});
