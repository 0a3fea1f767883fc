import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import type { FaultOrder } from '../../sandbox/faults';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { until } from '../engine/harness/until';
import { node, startN8n } from './instance';
import type { Live, N8n } from './instance';

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
	/**
	 * Adds a fault, acts, and waits until the fault was applied so many times. n8n makes many of the
	 * requests after it has responded.
	 */
	const withFault = async (
		order: Omit<FaultOrder, 'provider'>,
		times: number,
		act: () => unknown,
	) => {
		const { id } = fault(order);
		await act();
		const applied = () => sandbox.faults.list().find((entry) => entry.id === id)?.struck ?? 0;
		await until(() => applied() >= times);
		expect(applied()).toBe(times);
	};

	/** The registered URLs, except the webhook of somebody else, which must be unchanged. */
	async function registered(): Promise<string[]> {
		const { data = [] } = await ask('webhook/list');
		const [foreign, ...ours] = data;
		expect(foreign).toMatchObject({ url: FOREIGN, events: ['sms_delivered'] });
		return ours.map(({ url }) => url).sort();
	}
	/** The registered URLs once they are as expected, or at the latest after a time-out. */
	async function registeredFinally(expected: string[]): Promise<string[]> {
		const expectedUrls = [...expected].sort().join();
		await until(async () => (await registered()).join() === expectedUrls).catch(() => undefined);
		return await registered();
	}

	const trigger = (events: string[]) =>
		node(TRIGGER, 'wooxyTrigger', { domain: DOMAIN, events, additionalFields: {} });
	const publish = async (events = ['message.status']) => {
		const live = await n8n.publish([trigger(events)]);
		published.push(live);
		return live;
	};
	const productionUrl = (live: Live) => `${live.address(TRIGGER)}${TOKEN}`;
	const testUrl = (live: Live) => productionUrl(live).replace('/webhook/', '/webhook-test/');
	/** Listens for a test event, as the editor does. */
	const listen = async (live: Live) =>
		await n8n.rest.call('POST', `/workflows/${live.workflow.id}/run`, {
			triggerToStartFrom: { name: TRIGGER },
		});
	const stopListening = async (live: Live) =>
		await n8n.rest.call('DELETE', `/test-webhook/${live.workflow.id}`);
	const save = async (live: Live, changes: object) =>
		await n8n.rest.saveWorkflow({ ...live.workflow, ...changes });

	describe('activating', () => {
		it('registers one webhook, with the token in its URL', async () => {
			const live = await publish();
			expect(await registered()).toEqual([productionUrl(live)]);
		});

		it('two workflows registers one webhook for each', async () => {
			const all = [await publish(), await publish(['link.clicked'])];
			expect(await registered()).toEqual(all.map(productionUrl).sort());
		});

		it('and restarting n8n keeps the same webhook', async () => {
			const live = await publish();
			await n8n.restart();
			await n8n.rest.waitUntilPublished(live.workflow.id);
			expect(await registered()).toEqual([productionUrl(live)]);
		});

		it('again with other events updates the events of the webhook', async () => {
			const live = await publish();
			await save(live, { nodes: [{ ...live.workflow.nodes[0], ...trigger(['link.clicked']) }] });
			await n8n.rest.publish(live.workflow.id);
			const { data = [] } = await ask('webhook/list');
			expect(data.slice(1)).toMatchObject([{ events: ['sms-clicked'] }]);
		});
	});

	describe('a test run', () => {
		it('of an inactive workflow registers the test URL while it listens, and removes it afterwards', async () => {
			const live = await publish();
			await live.unpublish();
			expect(await listen(live)).toEqual({ waitingForWebhook: true });
			expect(await registeredFinally([testUrl(live)])).toEqual([testUrl(live)]);
			await stopListening(live);
			expect(await registeredFinally([])).toEqual([]);
		});

		it('that receives its event removes the test URL', async () => {
			const live = await publish();
			await listen(live);
			await fetch(testUrl(live), { method: 'POST', body: '{"event":"sms_delivered"}' });
			expect(await registeredFinally([productionUrl(live)])).toEqual([productionUrl(live)]);
		});

		it('of an active workflow keeps the production webhook', async () => {
			const live = await publish();
			await listen(live);
			expect(await registeredFinally([productionUrl(live), testUrl(live)])).toHaveLength(2);
			await stopListening(live);
			expect(await registeredFinally([productionUrl(live)])).toEqual([productionUrl(live)]);
		});

		it('that the provider rejects registers no test URL', async () => {
			const live = await publish();
			fault({ kind: 'html', operation: 'webhook/create' });
			await expect(listen(live)).rejects.toThrow('The webhook was not created');
			expect(await registeredFinally([productionUrl(live)])).toEqual([productionUrl(live)]);
		});
	});

	describe('renaming', () => {
		it('the workflow keeps its webhook', async () => {
			const live = await publish();
			await save(live, { name: 'Another name' });
			await n8n.rest.publish(live.workflow.id);
			expect(await registered()).toEqual([productionUrl(live)]);
		});

		it('the trigger keeps its webhook', async () => {
			const live = await publish();
			await save(live, { nodes: [{ ...live.workflow.nodes[0], name: 'Delivered' }] });
			await n8n.rest.publish(live.workflow.id);
			expect(await registered()).toEqual([productionUrl(live)]);
		});
	});

	describe('deactivating', () => {
		it('removes the webhook', async () => {
			const live = await publish();
			await live.unpublish();
			expect(await registeredFinally([])).toEqual([]);
		});

		it('keeps the webhook of another workflow', async () => {
			const [first, second] = [await publish(), await publish()];
			await first.unpublish();
			expect(await registeredFinally([productionUrl(second)])).toEqual([productionUrl(second)]);
		});

		it('and activating again registers one webhook', async () => {
			const live = await publish();
			await live.unpublish();
			await n8n.rest.publish(live.workflow.id);
			expect(await registered()).toEqual([productionUrl(live)]);
		});
	});

	describe('when a request fails', () => {
		it('a creation that does not happen is an error, and nothing is registered', async () => {
			const live = await publish();
			await live.unpublish();
			expect(await registeredFinally([])).toEqual([]);
			fault({ kind: 'html', operation: 'webhook/create', times: 'always' });
			await expect(n8n.rest.publish(live.workflow.id)).rejects.toThrow(
				'The webhook was not created',
			);
			expect(await registered()).toEqual([]);
		});

		it('a creation whose response is lost registers one webhook', async () => {
			await withFault(
				{ kind: 'reset', operation: 'webhook/create', when: 'after' },
				1,
				async () => await publish(),
			);
			expect(await registered()).toEqual(published.map(productionUrl));
		});

		it('a list that fails twice does not prevent the registration', async () => {
			await withFault(
				{ kind: 'status', status: 503, operation: 'webhook/list', times: 2 },
				2,
				async () => await publish(),
			);
			expect(await registered()).toEqual(published.map(productionUrl));
		});

		it.each<[string, Omit<FaultOrder, 'provider'>, number]>([
			['fails twice', { kind: 'status', status: 503, times: 2 }, 2],
			['has its response lost', { kind: 'reset', when: 'after' }, 1],
		])('a removal that %s is completed', async (_name, order, times) => {
			const live = await publish();
			const removal = { ...order, operation: 'webhook/remove' };
			await withFault(removal, times, async () => await live.unpublish());
			expect(await registeredFinally([])).toEqual([]);
		});

		it('a webhook that could not be removed is replaced by the next activation', async () => {
			const live = await publish();
			const rejection = { kind: 'status', status: 403, operation: 'webhook/remove' } as const;
			// n8n may retry the removal, so it is not checked whether the webhook still exists here
			await withFault(rejection, 1, async () => await live.unpublish());
			await n8n.rest.publish(live.workflow.id);
			expect(await registeredFinally([productionUrl(live)])).toEqual([productionUrl(live)]);
			await live.unpublish();
			expect(await registeredFinally([])).toEqual([]);
		});
	});
});
