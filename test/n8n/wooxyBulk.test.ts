import { startSandbox, type Sandbox } from '../../sandbox';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { node, startN8n, type N8n } from './instance';

const SENT = 963;
const UNKNOWN = 37;

const getStatus = (options = {}) =>
	node('Status', 'wooxy', {
		resource: 'message',
		operation: 'getStatus',
		messageId: '={{ $json.id }}',
		options,
	});

describe("A thousand ids in one run of Wooxy's Get Status", () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	/** All IDs, with the unknown ones spread among the others. */
	let ids: string[];
	let unknown: Set<string>;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, clockScale: 0 });
		n8n = await startN8n({ sandbox });
		const sent = [];
		for (let count = 0; count < SENT; count++) sent.push(await send(count));
		ids = [...sent];
		const invented = Array.from({ length: UNKNOWN }, (_, index) => `${index}`.padStart(24, 'f'));
		invented.forEach((id, index) => ids.splice(index * 27, 0, id));
		unknown = new Set(invented);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	beforeEach(() => sandbox.requests.clear());
	afterEach(() => sandbox.faults.clear());

	async function send(index: number): Promise<string> {
		const response = await fetch(`${sandbox.url}/wooxy/v3/sms/send`, {
			method: 'POST',
			headers: { 'Access-Token': GOOD_TOKEN, 'Content-Type': 'application/json' },
			body: JSON.stringify({
				domain: 'shop.example',
				phoneNumber: `+3725551${String(index).padStart(4, '0')}`,
				text: `Number ${index}`,
			}),
		});
		return ((await response.json()) as { sms_id: string }).sms_id;
	}

	const run = async (requested: string[], options = {}) => {
		const items = requested.map((id) => ({ id }));
		const result = await n8n.run([getStatus(options)], items);
		expect(result.error).toBeUndefined();
		return result.items('Status');
	};
	const requests = () => sandbox.requests.count('wooxy', 'sms/info');
	const maxInFlight = () => sandbox.requests.summary().inFlight.wooxy.max;

	it('makes ten requests', async () => {
		await run(ids);
		expect(requests()).toBe(10);
	});

	it('outputs an item for each ID, in the order of the input and paired with it', async () => {
		const items = await run(ids);
		expect(items.map(({ json }) => json.messageId)).toEqual(ids);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});

	it('outputs only the unknown IDs as not found', async () => {
		const items = await run(ids);
		const notFound = items.filter(({ json }) => json.found === false);
		expect(new Set(notFound.map(({ json }) => json.messageId))).toEqual(unknown);
		const others = items.filter(({ json }) => json.found === true);
		expect(new Set(others.map(({ json }) => json.status))).toEqual(new Set(['queued']));
	});

	it('is complete if one request fails twice before it succeeds', async () => {
		const failing = { provider: 'wooxy', operation: 'sms/info', contains: ids[430] };
		sandbox.faults.add({ ...failing, kind: 'status', status: 503, times: 2 });
		const items = await run(ids);
		expect(requests()).toBe(12);
		expect(items.map(({ json }) => json.messageId)).toEqual(ids);
		expect(items.filter(({ json }) => json.found === true)).toHaveLength(SENT);
	});

	it('never has more than ten requests in flight', async () => {
		// slow, so that the maximum number of requests is in flight
		const slow = { provider: 'wooxy', operation: 'sms/info', kind: 'delay', ms: 300 } as const;
		sandbox.faults.add({ ...slow, times: 'always' });
		const many = Array.from({ length: 2_500 }, (_, index) => `${index}`.padStart(24, 'e'));
		await run(many, { concurrency: 10 });
		expect(requests()).toBe(25);
		expect(maxInFlight()).toBe(10);
	});
});
