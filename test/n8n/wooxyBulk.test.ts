import { startSandbox, type Sandbox } from '../../sandbox';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { node, startN8n, type N8n } from './instance';

const SENT = 963;
const UNKNOWN = 37;

const look = (options = {}) =>
	node('Look', 'wooxy', {
		resource: 'message',
		operation: 'getStatus',
		messageId: '={{ $json.id }}',
		options,
	});

describe("A thousand ids in one run of Wooxy's Get Status", () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	/** With the unknown ones spread among them. */
	let ids: string[];
	let unknown: Set<string>;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, clockScale: 0 });
		n8n = await startN8n({ sandbox });
		const sent = [];
		for (let count = 0; count < SENT; count++) sent.push(await send(count));
		ids = [...sent];
		const made = Array.from({ length: UNKNOWN }, (_, index) => `${index}`.padStart(24, 'f'));
		made.forEach((id, index) => ids.splice(index * 27, 0, id));
		unknown = new Set(made);
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

	const run = async (wanted: string[], options = {}) => {
		const items = wanted.map((id) => ({ id }));
		const done = await n8n.run([look(options)], items);
		expect(done.error).toBeUndefined();
		return done.items('Look');
	};
	const asked = () => sandbox.requests.count('wooxy', 'sms/info');
	const mostInFlight = () => sandbox.requests.summary().inFlight.wooxy.max;

	it('takes ten requests', async () => {
		await run(ids);
		expect(asked()).toBe(10);
	});

	it('gives an item for each id, in the order of the input and paired to it', async () => {
		const items = await run(ids);
		expect(items.map(({ json }) => json.messageId)).toEqual(ids);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});

	it('gives the unknown ones as not found, and only those', async () => {
		const items = await run(ids);
		const notFound = items.filter(({ json }) => json.found === false);
		expect(new Set(notFound.map(({ json }) => json.messageId))).toEqual(unknown);
		const others = items.filter(({ json }) => json.found === true);
		expect(new Set(others.map(({ json }) => json.status))).toEqual(new Set(['queued']));
	});

	it('is whole when one request fails twice before it succeeds', async () => {
		const failing = { provider: 'wooxy', operation: 'sms/info', contains: ids[430] };
		sandbox.faults.add({ ...failing, kind: 'status', status: 503, times: 2 });
		const items = await run(ids);
		expect(asked()).toBe(12);
		expect(items.map(({ json }) => json.messageId)).toEqual(ids);
		expect(items.filter(({ json }) => json.found === true)).toHaveLength(SENT);
	});

	it('never has more than ten requests in flight, whatever the user asks for', async () => {
		// slow, so that as many as may be are under way at once
		const slow = { provider: 'wooxy', operation: 'sms/info', kind: 'delay', ms: 300 } as const;
		sandbox.faults.add({ ...slow, times: 'always' });
		const many = Array.from({ length: 2_500 }, (_, index) => `${index}`.padStart(24, 'e'));
		await run(many, { concurrency: 50 });
		expect(asked()).toBe(25);
		expect(mostInFlight()).toBe(10);
	});
});
