import { startSandbox, type Sandbox } from '../../sandbox';
import { node, startN8n, type N8n } from './instance';
import { startScriptedModel, type ScriptedModel, type Turn } from './scriptedModel';
import { chain, startNodes } from './workflow';
import { until } from './until';

const BOSS = '17575550142';
const CUSTOMER = '17575550143';
const UNDELIVERED = '17575550161';

const TOOL = 'Text_the_customer';

const tellCustomer = (text: string): Turn => ({ calls: [{ tool: TOOL, input: { text } }] });

describe.each(['regular', 'queue'] as const)('An AI agent, in %s mode', (mode) => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let model: ScriptedModel;
	let openAi: Awaited<ReturnType<N8n['credential']>>;
	/** What the model does next; it sums up what came of it when that is through. */
	let turns: Turn[];
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 900, carrier: 300, delivered: 300 } });
		n8n = await startN8n({ mode, sandbox });
		model = await startScriptedModel(
			({ toolResults }) => turns.shift() ?? { says: `Done: ${toolResults.join(' | ')}` },
		);
		openAi = await n8n.credential('openAiApi', model.credential);
	});
	afterAll(async () => {
		await n8n?.stop();
		await model?.close();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const arrived = (handset: string) => sandbox.messages.list({ direction: 'out', handset });
	/** Once the handset has the latest message. */
	const reply = async (text: string) => {
		await until(() => ['sent', 'delivered'].includes(arrived(BOSS).at(-1)?.status ?? ''));
		await sandbox.simulators.get('cdyne')!.reply!({ from: BOSS, text });
	};

	/** An agent with a tool that texts a customer, which the boss reviews where that is wanted. */
	const agentWith = (review?: Record<string, unknown>, parameters: object = {}) => {
		const agent = node(
			'Agent',
			'@n8n/n8n-nodes-langchain.agent',
			{ promptType: 'define', text: 'Tell the customer that the order is late.', options: {} },
			{ typeVersion: 3.1 },
		);
		const llm = node(
			'Model',
			'@n8n/n8n-nodes-langchain.lmChatOpenAi',
			{
				model: { __rl: true, mode: 'id', value: 'scripted' },
				responsesApiEnabled: false,
				options: {},
			},
			{ typeVersion: 1.3, credentials: openAi },
		);
		const tool = node(TOOL, 'cdyneTool', {
			resource: 'message',
			operation: 'send',
			to: CUSTOMER,
			message: "={{ $fromAI('text', 'what to tell the customer', 'string') }}",
			...parameters,
		});
		const reviewer = node('Ask the boss', 'cdyneHitlTool', { to: BOSS, ...review });
		const workflow = chain([...startNodes([agent]), agent]);
		const link = (type: string, to: string) => ({ [type]: [[{ node: to, type, index: 0 }]] });
		return {
			...workflow,
			nodes: [...workflow.nodes, llm, tool, ...(review ? [reviewer] : [])],
			connections: {
				...workflow.connections,
				Model: link('ai_languageModel', 'Agent'),
				...(review
					? {
							[TOOL]: link('ai_tool', reviewer.name),
							[reviewer.name]: link('ai_tool', 'Agent'),
						}
					: { [TOOL]: link('ai_tool', 'Agent') }),
			},
		};
	};

	describe('with the node as its tool', () => {
		it('texts what the model wants to be texted, and learns the id', async () => {
			turns = [tellCustomer('It is late.')];
			const live = await n8n.publish(agentWith());
			const run = await live.start();
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER).map(({ text }) => text)).toEqual(['It is late.']);
			expect(run.json('Agent')[0].output).toContain(arrived(CUSTOMER)[0].id);
		});

		it('two calls with different texts both go out', async () => {
			turns = [tellCustomer('It is late.'), tellCustomer('It is very late.')];
			const live = await n8n.publish(agentWith());
			const run = await live.start();
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER).map(({ text }) => text)).toEqual([
				'It is late.',
				'It is very late.',
			]);
		});
	});

	describe('with a tool that waits for the delivery', () => {
		const waits = { operation: 'sendAndWaitForDelivery' };
		it.each([
			['delivered', CUSTOMER, 'delivered'],
			['undelivered', UNDELIVERED, 'failed'],
		])('learns that a text is %s', async (status, to, outcome) => {
			turns = [tellCustomer('It is late.')];
			const live = await n8n.publish(agentWith(undefined, { ...waits, to }));
			const run = await live.start();
			await live.unpublish();
			expect(run.error).toBeUndefined();
			const [{ output }] = run.json('Agent');
			expect(output).toContain(`"status":"${status}"`);
			expect(output).toContain(`"outcome":"${outcome}"`);
		});

		it('sends as many texts as it is called for in one turn', async () => {
			const calls = ['It is late.', 'It is very late.'].map((text) => ({
				tool: TOOL,
				input: { text },
			}));
			turns = [{ calls }];
			const live = await n8n.publish(agentWith(undefined, waits));
			const run = await live.start();
			await live.unpublish();
			expect(run.error).toBeUndefined();
			const texts = arrived(CUSTOMER).map(({ text }) => text);
			expect(texts.sort()).toEqual(['It is late.', 'It is very late.']);
		});
	});

	describe('whose tool is reviewed by SMS', () => {
		it('the boss is asked what the tool is to do, and nothing goes out before the answer', async () => {
			turns = [tellCustomer('It is late.')];
			const live = await n8n.publish(agentWith({}));
			const parked = await live.start([{}], 'waiting');
			expect(parked.error).toBeUndefined();
			expect(arrived(BOSS).map(({ text }) => text)).toEqual([
				expect.stringMatching(/Text_the_customer[\s\S]*It is late\.[\s\S]*Reply YES or NO\./),
			]);
			expect(arrived(CUSTOMER)).toHaveLength(0);
			await reply('NO');
			await n8n.finished(parked.id);
			await live.unpublish();
		});

		it('YES runs the tool, once, with what the boss saw', async () => {
			turns = [tellCustomer('It is late.')];
			const live = await n8n.publish(agentWith({}));
			const parked = await live.start([{}], 'waiting');
			await reply(' yes. ');
			const run = await n8n.finished(parked.id);
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER).map(({ text }) => text)).toEqual(['It is late.']);
			expect(run.json('Agent')[0].output).toContain(arrived(CUSTOMER)[0].id);
		});

		it('NO stops it, and the model is told', async () => {
			turns = [tellCustomer('It is late.')];
			const live = await n8n.publish(agentWith({}));
			const parked = await live.start([{}], 'waiting');
			await reply('No');
			const run = await n8n.finished(parked.id);
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER)).toHaveLength(0);
			expect(run.json('Agent')[0].output).toMatch(/User rejected the tool call/);
		});

		it('no answer in time counts as NO', async () => {
			turns = [tellCustomer('It is late.')];
			const limit = { limitWaitTime: true, resumeAmount: 0.1, resumeUnit: 'minutes' };
			const live = await n8n.publish(agentWith(limit));
			const run = await live.start();
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER)).toHaveLength(0);
			expect(run.json('Agent')[0].output).toMatch(/User rejected the tool call/);
		});

		it('two calls of the tool are reviewed one after the other', async () => {
			turns = [tellCustomer('It is late.'), tellCustomer('It is very late.')];
			const live = await n8n.publish(agentWith({}));
			const parked = await live.start([{}], 'waiting');
			await reply('YES');
			await until(() => arrived(BOSS).length >= 2);
			await reply('NO');
			const run = await n8n.finished(parked.id);
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER).map(({ text }) => text)).toEqual(['It is late.']);
		});
	});
});
