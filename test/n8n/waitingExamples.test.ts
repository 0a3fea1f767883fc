import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { followExample, publishExamples } from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n, Run } from './instance';
import { startScriptedModel } from './scriptedModel';
import type { ScriptedModel } from './scriptedModel';

const HANDSET = '17575550142';
const UNDELIVERED = '17575550161';
const CUSTOMER = '17575550143';

interface SendResponse {
	messageId: string;
	alreadySent?: boolean;
}

describe('The example workflows that wait, ask and send once', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let model: ScriptedModel;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 900, carrier: 300, delivered: 300 } });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox);
	});
	afterAll(async () => {
		await n8n?.stop();
		await model?.close();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const call = async (path: string, body: object) =>
		await fetch(`${n8n.webhookBase}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	const arrived = (handset: string) => sandbox.messages.list({ direction: 'out', handset });
	const untilSuspended = async (live: Live) => {
		await until(async () => (await live.count('waiting')) > 0);
	};
	const reply = async (text: string) => {
		await until(() => ['sent', 'delivered'].includes(arrived(HANDSET).at(-1)?.status ?? ''));
		await sandbox.simulators.get('cdyne')!.reply!({ from: HANDSET, text });
	};
	const results = (run: Run) =>
		['It arrived', 'It failed', 'Nobody knows yet'].map((name) => run.json(name)[0]?.result);

	describe('Wait for delivery', () => {
		it('a delivered text continues at the first output', async () => {
			const live = await followExample(n8n, 'wait-for-delivery');
			await call('wait-for-delivery', { to: '+1 757 555 0142', message: 'Hello' });
			const run = await live.next();
			expect(run.error).toBeUndefined();
			const delivered = expect.stringMatching(`^Delivered to \\+${HANDSET} at 20`);
			expect(results(run)).toEqual([delivered, undefined, undefined]);
		});

		it('an undelivered text continues at the second output', async () => {
			const live = await followExample(n8n, 'wait-for-delivery');
			await call('wait-for-delivery', { to: UNDELIVERED, message: 'Hello' });
			const failed = `Not delivered to +${UNDELIVERED}: Undeliverable`;
			let result: unknown[] = [];
			do result = results(await live.next());
			while (result[0] !== undefined);
			expect(result).toEqual([undefined, failed, undefined]);
		});
	});

	describe('Ask by SMS and continue with the reply', () => {
		it('the chosen word is confirmed', async () => {
			const live = await followExample(n8n, 'ask-by-sms-and-go-on-with-the-answer');
			await call('ask-by-sms', { to: HANDSET });
			await untilSuspended(live);
			await reply(' evening. ');
			const run = await live.next();
			expect(run.error).toBeUndefined();
			expect(arrived(HANDSET).map(({ text }) => text)).toEqual([
				'When shall we come tomorrow?\n\nReply MORNING or EVENING.',
				'Thank you. We come tomorrow in the evening.',
			]);
		});

		it('STOP makes no appointment', async () => {
			const live = await followExample(n8n, 'ask-by-sms-and-go-on-with-the-answer');
			await call('ask-by-sms', { to: HANDSET });
			await untilSuspended(live);
			await reply('STOP');
			let declined;
			do [declined] = (await live.next()).json('No appointment');
			while (!declined);
			expect(declined).toEqual({ reason: 'The recipient opted out' });
		});
	});

	describe("Approve an agent's tool by SMS", () => {
		let live: Live;
		beforeAll(async () => {
			model = await startScriptedModel(({ toolResults }) =>
				toolResults.length === 0
					? { calls: [{ tool: 'Text_the_customer', input: { text: 'Your order is late.' } }] }
					: { text: 'Done.' },
			);
			live = await followExample(n8n, 'approve-an-agents-tool-by-sms');
			const { id } = live.workflow;
			// as a user does: select a credential for the model, and publish
			const openAi = await n8n.credential('openAiApi', model.credential);
			const loaded = await n8n.rest.call('GET', `/workflows/${id}`);
			const nodes = (loaded.nodes as Array<{ name: string }>).map((node) =>
				node.name === 'OpenAI Chat Model' ? { ...node, credentials: openAi } : node,
			);
			await n8n.rest.saveWorkflow({ ...loaded, nodes });
			await n8n.rest.publish(id);
		});

		it.each([
			['YES', ['Your order is late.']],
			['NO', []],
		])('%s from the boss: the customer gets %j', async (replyText, texts) => {
			const task = 'Tell the customer that the order is late.';
			const inputs = { task, boss: HANDSET, customer: CUSTOMER };
			await until(async () => (await call('ask-the-agent', inputs)).ok);
			await untilSuspended(live);
			expect(arrived(HANDSET)[0].text).toContain('text: Your order is late.');
			await reply(replyText);
			const run = await live.next();
			expect(run.error).toBeUndefined();
			expect(run.json('AI Agent')[0].output).toContain('Done.');
			expect(arrived(CUSTOMER).map(({ text }) => text)).toEqual(texts);
		});
	});

	describe('Send once per order', () => {
		it('two calls for an order send one text, and both return its ID', async () => {
			const order = { order: '1234', to: HANDSET };
			const responses: SendResponse[] = [];
			for (let run = 0; run < 2; run++) {
				responses.push(...((await (await call('order-shipped', order)).json()) as SendResponse[]));
			}
			const [{ id }, ...others] = arrived(HANDSET);
			expect(others).toEqual([]);
			expect(responses.map(({ messageId, alreadySent }) => [messageId, alreadySent])).toEqual([
				[id, undefined],
				[id, true],
			]);
		});

		it('another order sends another text', async () => {
			await call('order-shipped', { order: '1', to: HANDSET });
			await call('order-shipped', { order: '2', to: HANDSET });
			expect(arrived(HANDSET)).toHaveLength(2);
		});
	});
});
