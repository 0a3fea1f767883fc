import { startSandbox, type Sandbox } from '../../sandbox';
import { node, startN8n, type N8n, type Run } from './instance';
import { chain, startNodes } from './workflow';

const FIFTY = Array.from({ length: 50 }, (_, index) => ({
	to: `1757555${2000 + index}`,
	order: `order-${index + 1}`,
}));
const THIRTIETH = FIFTY[29].to;

const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

const send = (options = {}, settings = {}) =>
	node(
		'Send',
		'cdyne',
		{
			resource: 'message',
			operation: 'send',
			to: '={{ $json.to }}',
			message: 'Hello',
			options,
		},
		settings,
	);

describe.each(['regular', 'queue'] as const)('Nobody is texted twice, in %s mode', (mode) => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 50, carrier: 50, delivered: 50 } });
		n8n = await startN8n({ mode, sandbox });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const arrived = () => sandbox.messages.list({ direction: 'out' });
	/** The number of each sent message. */
	const texted = () => arrived().map(({ to }) => to);
	/** The sandbox's ID of the message to each number, in the order of the items. */
	const expectedIds = (items = FIFTY) =>
		items.map(({ to }) => sandbox.messages.list({ direction: 'out', handset: to })[0]?.id);
	const ids = (run: Run) => run.json('Send').map(({ messageId }) => messageId);
	const requests = () => sandbox.requests.list({ operation: 'AdvancedSMSsend' });
	/** Rejects messages to a number, as a provider does while its gateway restarts. */
	const reject = (number: string, times: number | 'always') =>
		sandbox.faults.add({
			kind: 'status',
			status: 400,
			operation: 'AdvancedSMSsend',
			number,
			times,
		});
	const loseEveryThirdResponse = () =>
		sandbox.faults.add({
			kind: 'reset',
			operation: 'AdvancedSMSsend',
			every: 3,
			when: 'after',
			times: 'always',
		});

	it('an item that fails twice and then succeeds does not send the others again', async () => {
		reject(THIRTIETH, 2);
		const run = await n8n.run([send({}, threeTries)], FIFTY);
		expect(run.error).toBeUndefined();
		expect(texted().sort()).toEqual(FIFTY.map(({ to }) => to));
		expect(ids(run)).toEqual(expectedIds());
		// the two rejections show that n8n did retry
		expect(requests()).toHaveLength(52);
	});

	it('an item that fails in all three tries stops the run, and the items before it are sent once', async () => {
		reject(THIRTIETH, 'always');
		const run = await n8n.run([send({ concurrency: 1 }, threeTries)], FIFTY);
		expect(run.status).toBe('error');
		expect(texted()).toEqual(FIFTY.slice(0, 29).map(({ to }) => to));
		expect(requests()).toHaveLength(29 + 3);
	});

	it('an item that fails in all three tries stops no other with Continue On Fail', async () => {
		reject(THIRTIETH, 'always');
		const settings = { ...threeTries, onError: 'continueRegularOutput' };
		const run = await n8n.run([send({}, settings)], FIFTY);
		const others = FIFTY.filter(({ to }) => to !== THIRTIETH);
		expect(run.status).toBe('success');
		expect(texted().sort()).toEqual(others.map(({ to }) => to));
		expect(ids(run)).toEqual(expectedIds().map((id) => id ?? undefined));
		expect(run.items('Send')[29].json.error).toContain('HTTP 400');
	});

	it('sends whose responses are lost after they were accepted are found', async () => {
		loseEveryThirdResponse();
		const run = await n8n.run([send()], FIFTY);
		expect(run.error).toBeUndefined();
		expect(texted().sort()).toEqual(FIFTY.map(({ to }) => to));
		expect(ids(run)).toEqual(expectedIds());
		expect(requests().filter(({ fault }) => fault === 'reset')).toHaveLength(16);
	});

	it('a second run with the same references returns the messages of the first', async () => {
		const once = { referenceId: '={{ $json.order }}', skipIfReferenceExists: true };
		const live = await n8n.publish([send(once)]);
		const first = await live.start(FIFTY);
		const second = await live.start(FIFTY);
		await live.unpublish();
		expect(texted().sort()).toEqual(FIFTY.map(({ to }) => to));
		expect([ids(first), ids(second)]).toEqual([expectedIds(), expectedIds()]);
		expect(second.json('Send').every(({ alreadySent }) => alreadySent)).toBe(true);
	});

	it('lost responses, a failing item, three tries and two runs together send every message once', async () => {
		reject(THIRTIETH, 2);
		loseEveryThirdResponse();
		const once = { referenceId: '={{ $json.order }}', skipIfReferenceExists: true };
		const live = await n8n.publish([send(once, threeTries)]);
		const first = await live.start(FIFTY);
		const second = await live.start(FIFTY);
		await live.unpublish();
		expect([first.error, second.error]).toEqual([undefined, undefined]);
		expect(texted().sort()).toEqual(FIFTY.map(({ to }) => to));
		expect([ids(first), ids(second)]).toEqual([expectedIds(), expectedIds()]);
	});

	describe('in a loop', () => {
		/** A workflow with Loop Over Items, two at a time. */
		const looping = (settings = {}) => {
			const loop = node(
				'Loop',
				'n8n-nodes-base.splitInBatches',
				{ batchSize: 2, options: {} },
				{ typeVersion: 3 },
			);
			const start = startNodes([loop]);
			const workflow = chain([...start, loop, send({}, settings)]);
			const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
			return {
				...workflow,
				connections: {
					...workflow.connections,
					Loop: { main: [[], to('Send')] },
					Send: { main: [to('Loop')] },
				},
			};
		};
		const six = FIFTY.slice(0, 6);

		it('a later batch is not mistaken for one that was sent', async () => {
			const live = await n8n.publish(looping());
			const run = await live.start(six);
			await live.unpublish();
			expect(texted()).toEqual(six.map(({ to }) => to));
			expect(ids(run)).toEqual(expectedIds(six));
		});

		it('a retried batch sends only what is missing', async () => {
			reject(six[3].to, 2);
			const live = await n8n.publish(looping(threeTries));
			const run = await live.start(six);
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(texted().sort()).toEqual(six.map(({ to }) => to));
			expect(ids(run)).toEqual(expectedIds(six));
		});
	});

	describe('when somebody retries a failed execution', () => {
		it.each([
			['with the workflow as it was', false],
			['with the workflow as it is', true],
		])('%s, only what is missing is sent', async (_name, loadWorkflow) => {
			reject(THIRTIETH, 1);
			const live = await n8n.publish([send()]);
			const failed = await live.start(FIFTY);
			expect(failed.status).toBe('error');
			await n8n.rest.retry(failed.id, { loadWorkflow });
			const [{ id }] = await n8n.rest.executions(live.workflow.id);
			const retried = await n8n.finished(id);
			await live.unpublish();
			expect(id).not.toBe(failed.id);
			expect(texted().sort()).toEqual(FIFTY.map(({ to }) => to));
			expect(ids(retried)).toEqual(expectedIds());
		});

		it('the trigger in the workflow still receives the statuses of the messages', async () => {
			reject(THIRTIETH, 1);
			const parameters = { ...send().parameters, statusUpdates: 'trigger' };
			const reports = node('Reports', 'cdyneTrigger', { events: ['message.status'] });
			const live = await n8n.publish([{ ...send(), parameters }, reports]);
			const failed = await live.start(FIFTY);
			const { id } = await n8n.rest.retry(failed.id);
			const retried = await n8n.finished(id);
			await live.unpublish();
			expect(retried.error).toBeUndefined();
			const [{ detail }] = sandbox.messages.list({ direction: 'out', handset: THIRTIETH });
			expect(detail.postbackUrl).toContain(live.address('Reports'));
		});
	});
});
