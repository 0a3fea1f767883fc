import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { choose } from '../chooser';
import { until } from '../engine/harness/until';
import { node, startN8n } from './instance';
import type { N8n } from './instance';
import { startScriptedModel } from './scriptedModel';
import type { ModelRequest, ScriptedModel, Turn } from './scriptedModel';
import { chain, startNodes } from './workflow';
import type { NodeOfWorkflow } from './workflow';

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
	/** The next turns of the model. After the last one it summarizes the results of the tools. */
	let turns: Array<Turn | ((request: ModelRequest) => Turn)>;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 900, carrier: 300, delivered: 300 } });
		n8n = await startN8n({ mode, sandbox });
		model = await startScriptedModel((request) => {
			const turn = turns.shift() ?? { text: `Done: ${request.toolResults.join(' | ')}` };
			return typeof turn === 'function' ? turn(request) : turn;
		});
		openAi = await n8n.credential('openAiApi', model.credential);
	});
	afterAll(async () => {
		await n8n?.stop();
		await model?.close();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const arrived = (handset: string) => sandbox.messages.list({ direction: 'out', handset });
	/** Replies once the handset has the latest message. */
	const reply = async (text: string) => {
		await until(() => ['sent', 'delivered'].includes(arrived(BOSS).at(-1)?.status ?? ''));
		await sandbox.simulators.get('cdyne')!.reply!({ from: BOSS, text });
	};

	const link = (type: string, to: string) => ({ [type]: [[{ node: to, type, index: 0 }]] });

	/** An agent with a prompt, a model and tools. */
	const agentOf = (prompt: string, tools: NodeOfWorkflow[]) => {
		const agent = node(
			'Agent',
			'@n8n/n8n-nodes-langchain.agent',
			{ promptType: 'define', text: prompt, options: {} },
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
		const workflow = chain([...startNodes([agent]), agent]);
		return {
			...workflow,
			nodes: [...workflow.nodes, llm, ...tools],
			connections: {
				...workflow.connections,
				Model: link('ai_languageModel', 'Agent'),
				...Object.fromEntries(tools.map(({ name }) => [name, link('ai_tool', 'Agent')])),
			},
		};
	};

	/** An agent with a tool that texts a customer. With `review` the boss reviews its calls. */
	const agentWith = (review?: Record<string, unknown>, parameters: object = {}) => {
		const tool = node(TOOL, 'cdyneTool', {
			resource: 'message',
			operation: 'send',
			to: CUSTOMER,
			message: "={{ $fromAI('text', 'what to tell the customer', 'string') }}",
			...parameters,
		});
		const reviewer = node('Ask the boss', 'cdyneHitlTool', { to: BOSS, ...review });
		const workflow = agentOf('Tell the customer that the order is late.', [tool]);
		if (!review) return workflow;
		return {
			...workflow,
			nodes: [...workflow.nodes, reviewer],
			connections: {
				...workflow.connections,
				[TOOL]: link('ai_tool', reviewer.name),
				[reviewer.name]: link('ai_tool', 'Agent'),
			},
		};
	};

	describe('with the node as its tool', () => {
		it('sends the text of the model and returns the message ID', async () => {
			turns = [tellCustomer('It is late.')];
			const live = await n8n.publish(agentWith());
			const run = await live.start();
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER).map(({ text }) => text)).toEqual(['It is late.']);
			expect(run.json('Agent')[0].output).toContain(arrived(CUSTOMER)[0].id);
		});

		it('sends both texts of two different calls', async () => {
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
		])('returns that a message is %s', async (status, to, outcome) => {
			turns = [tellCustomer('It is late.')];
			const live = await n8n.publish(agentWith(undefined, { ...waits, to }));
			const run = await live.start();
			await live.unpublish();
			expect(run.error).toBeUndefined();
			const [{ output }] = run.json('Agent');
			expect(output).toContain(`"status":"${status}"`);
			expect(output).toContain(`"outcome":"${outcome}"`);
		});

		it('sends a message for each call in one turn', async () => {
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
		it('asks the boss what the tool may do, and sends nothing before the reply', async () => {
			turns = [tellCustomer('It is late.')];
			const live = await n8n.publish(agentWith({}));
			const suspended = await live.start([{}], 'waiting');
			expect(suspended.error).toBeUndefined();
			expect(arrived(BOSS).map(({ text }) => text)).toEqual([
				expect.stringMatching(/Text_the_customer[\s\S]*It is late\.[\s\S]*Reply YES or NO\./),
			]);
			expect(arrived(CUSTOMER)).toHaveLength(0);
			await reply('NO');
			await n8n.finished(suspended.id);
			await live.unpublish();
		});

		it('YES runs the tool once, with the reviewed text', async () => {
			turns = [tellCustomer('It is late.')];
			const live = await n8n.publish(agentWith({}));
			const suspended = await live.start([{}], 'waiting');
			await reply(' yes. ');
			const run = await n8n.finished(suspended.id);
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER).map(({ text }) => text)).toEqual(['It is late.']);
			expect(run.json('Agent')[0].output).toContain(arrived(CUSTOMER)[0].id);
		});

		it('NO rejects the call, and the model is informed', async () => {
			turns = [tellCustomer('It is late.')];
			const live = await n8n.publish(agentWith({}));
			const suspended = await live.start([{}], 'waiting');
			await reply('No');
			const run = await n8n.finished(suspended.id);
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER)).toHaveLength(0);
			expect(run.json('Agent')[0].output).toMatch(/User rejected the tool call/);
		});

		it('no reply within the limit counts as NO', async () => {
			turns = [tellCustomer('It is late.')];
			const values = { resumeAmount: 0.1, resumeUnit: 'minutes' };
			const limit = { options: { limitWaitTime: { values } } };
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
			const suspended = await live.start([{}], 'waiting');
			await reply('YES');
			await until(() => arrived(BOSS).length >= 2);
			await reply('NO');
			const run = await n8n.finished(suspended.id);
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER).map(({ text }) => text)).toEqual(['It is late.']);
		});
	});

	// in one mode only, because the choice is the model's
	const inRegular = mode === 'regular' ? describe : () => undefined;
	inRegular('with three tools that differ only in their descriptions', () => {
		const fromAi = (key: string) => `={{ $fromAI('${key}', '', 'string') }}`;
		const tools = () => [
			node('One', 'cdyneTool', {
				resource: 'message',
				operation: 'getStatus',
				messageId: fromAi('id'),
			}),
			node('Two', 'cdyneTool', {
				resource: 'message',
				operation: 'sendAndWait',
				to: fromAi('to'),
				message: fromAi('text'),
			}),
			node('Three', 'cdyneTool', {
				resource: 'message',
				operation: 'send',
				to: fromAi('to'),
				message: fromAi('text'),
			}),
		];
		/** Calls the tool whose description fits the prompt best. */
		const callsBestTool = (input: object) => (request: ModelRequest) => ({
			calls: [{ tool: request.tools[choose(request.prompt, request.descriptions)], input }],
		});

		it('texts somebody', async () => {
			turns = [callsBestTool({ to: CUSTOMER, text: 'Your parcel is ready.' })];
			const prompt = `Send an SMS to ${CUSTOMER} as a reminder that the parcel is ready.`;
			const live = await n8n.publish(agentOf(prompt, tools()));
			const run = await live.start();
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(CUSTOMER).map(({ text }) => text)).toEqual(['Your parcel is ready.']);
			expect(run.json('Agent')[0].output).toContain(arrived(CUSTOMER)[0].id);
		});

		it('asks somebody and returns the reply', async () => {
			turns = [callsBestTool({ to: BOSS, text: 'Does Monday suit?' })];
			const prompt = `Ask ${BOSS} by SMS whether Monday suits; I need the reply.`;
			const live = await n8n.publish(agentOf(prompt, tools()));
			const suspended = await live.start([{}], 'waiting');
			await reply('Tuesday is better');
			const run = await n8n.finished(suspended.id);
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(arrived(BOSS).map(({ text }) => text)).toEqual(['Does Monday suit?']);
			expect(run.json('Agent')[0].output).toContain('Tuesday is better');
		});

		it('looks up the status of a message', async () => {
			turns = [tellCustomer('It is late.')];
			const sending = await n8n.publish(agentWith());
			await sending.start();
			await sending.unpublish();
			const [{ id }] = arrived(CUSTOMER);
			turns = [callsBestTool({ id })];
			const prompt = `Look up whether the message with the ID ${id}, which was sent earlier, was delivered.`;
			const live = await n8n.publish(agentOf(prompt, tools()));
			const run = await live.start();
			await live.unpublish();
			expect(run.error).toBeUndefined();
			const [{ output }] = run.json('Agent');
			expect(output).toContain(`"messageId":"${id}"`);
			expect(output).toContain('"found":true');
			expect(arrived(CUSTOMER)).toHaveLength(1);
		});
	});
});
