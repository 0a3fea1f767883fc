import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { callThroughMcp, runAgent } from '../harness/agent';
import type { Heard, Script } from '../harness/agent';
import { fromAllProviders, PROVIDERS } from '../tables/operations';
import type { ProviderName } from '../tables/operations';

/**
 * Tools that n8n runs in its own process: those of agents before version 3, of sub-agents and of the
 * MCP Server Trigger.
 */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const A = '17575550142';
const B = '17575550143';

const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const sent = () => sandbox.messages.list({ direction: 'out' });
const loseResponse = (times: number | 'always' = 1) =>
	sandbox.faults.add({ kind: 'reset', when: 'after', times });

const toolFor = (
	provider: ProviderName,
	parameters: INodeParameters,
	settings?: Partial<INode>,
) => {
	const { node, credentials } = PROVIDERS[provider];
	return { node, parameters, credentials: credentials(sandbox.url), settings };
};
const cdyne = (parameters: INodeParameters = {}, settings?: Partial<INode>) =>
	toolFor(
		'cdyne',
		{
			resource: 'message',
			operation: 'send',
			to: "={{ $fromAI('to', '', 'string') }}",
			message: "={{ $fromAI('message', '', 'string') }}",
			...parameters,
		},
		settings,
	);

/** Calls the tool one time after the other. */
const inTurn =
	(...calls: IDataObject[]): Script =>
	async (connect) => {
		const tool = await connect();
		const heard: Heard[] = [];
		for (const args of calls) heard.push(await tool.call(args));
		return heard;
	};

const errorOf = (heard: Heard) => ('error' in heard ? heard.error : undefined);

// the first send of each provider, to one number
const SENDS = fromAllProviders(({ sends: [first] }) => [first.parameters]);

describe('a tool of an agent', () => {
	it('sends with the arguments of the model', async () => {
		const { heard } = await runAgent(cdyne(), inTurn({ to: A, message: 'Hi' }));
		expect(heard).toMatchObject([{ response: [{ to: expect.stringContaining(A) }] }]);
		expect(sent()).toMatchObject([{ to: A, text: 'Hi' }]);
	});

	it.each(SENDS)(
		'of %s tells the model that the text may have gone out',
		async (name, parameters) => {
			loseResponse('always');
			const { heard } = await runAgent(toolFor(name, parameters), inTurn({}));
			expect(errorOf(heard[0])).toMatch(/may have gone out/i);
		},
	);

	it.each(SENDS)('of %s tells the model why an input is not valid', async (name, parameters) => {
		const { heard } = await runAgent(toolFor(name, { ...parameters, to: 'nobody' }), inTurn({}));
		expect(errorOf(heard[0])).toMatch(/"nobody"/);
		expect(sandbox.requests.list({})).toEqual([]);
	});
});

// an operation that polls suspends nothing
const waits = fromAllProviders(({ provider, waits: all }) =>
	all
		.map(([, parameters]) => parameters)
		.filter(({ operation }) =>
			provider.operations.some(
				(candidate) => 'wait' in candidate && candidate.operation === operation,
			),
		),
);

describe.each(waits)(
	'%s with %j, which would suspend the execution of the agent',
	(name, parameters) => {
		it('is rejected before any request', async () => {
			const { heard, run } = await runAgent(toolFor(name, parameters), inTurn({}));
			expect(errorOf(heard[0])).toMatch(/^"Send and Wait for \w+" cannot be used by this agent/);
			expect(sandbox.requests.list({})).toEqual([]);
			expect(run.waitTill ?? null).toBeNull();
		});

		it('is rejected under MCP too', async () => {
			const heard = await callThroughMcp(toolFor(name, parameters), inTurn({}));
			expect(errorOf(heard[0])).toMatch(/^"Send and Wait for \w+" cannot be used by this agent/);
			expect(sandbox.requests.list({})).toEqual([]);
		});
	},
);

describe.each(SENDS)('a send of %s', (name, parameters) => {
	it('whose response is lost texts once with Retry On Fail', async () => {
		loseResponse();
		const { heard } = await runAgent(toolFor(name, parameters, threeTries), inTurn({}));
		expect(sent()).toHaveLength(1);
		const [{ response, error }] = heard as Array<{ response?: IDataObject[]; error?: string }>;
		// found by a look-up, or the model hears that it may have gone out
		expect(response?.[0].messageId ?? error).toMatch(/^[\w-]+$|may have gone out/i);
	});

	it('whose responses are all lost texts once with Retry On Fail', async () => {
		loseResponse('always');
		const { heard } = await runAgent(toolFor(name, parameters, threeTries), inTurn({}));
		expect(sent()).toHaveLength(1);
		expect(errorOf(heard[0])).toMatch(/may have gone out/i);
	});

	it('that the provider did not receive is repeated with Retry On Fail', async () => {
		sandbox.faults.add({ kind: 'status', status: 429, when: 'before', body: '', times: 5 });
		const { heard } = await runAgent(toolFor(name, parameters, threeTries), inTurn({}));
		expect(sent()).toHaveLength(1);
		expect(errorOf(heard[0])).toBeUndefined();
	});

	it('that the model makes twice, one after the other, goes out twice', async () => {
		const { heard } = await runAgent(toolFor(name, parameters), inTurn({}, {}));
		expect(heard.map(errorOf)).toEqual([undefined, undefined]);
		expect(sent()).toHaveLength(2);
	});

	it('goes out under MCP', async () => {
		const heard = await callThroughMcp(toolFor(name, parameters), inTurn({}));
		expect(heard).toEqual([{ response: [expect.objectContaining({ provider: name })] }]);
		expect(sent()).toHaveLength(1);
	});

	it('whose response is lost texts once under MCP with Retry On Fail', async () => {
		loseResponse();
		await callThroughMcp(toolFor(name, parameters, threeTries), inTurn({}));
		expect(sent()).toHaveLength(1);
	});

	it('in two requests of MCP goes out twice', async () => {
		for (let request = 0; request < 2; request++) {
			await callThroughMcp(toolFor(name, parameters), inTurn({}));
		}
		expect(sent()).toHaveLength(2);
	});
});

describe('calls at the same time', () => {
	const fromModel = { from: "={{ $fromAI('from', '', 'string') }}" };
	const FROM = ['17575550100', '55512'];
	const calls = FROM.map((from) => ({ to: A, message: 'Hi', from }));

	// n8n gives the calls of two items the same run index
	it.each([
		['one item', 1],
		['two items', 2],
	])('of %s, which differ in an option only, both go out', async (_, connections) => {
		const { heard } = await runAgent(cdyne({ options: fromModel }), async (connect) => {
			const tools = [await connect()];
			if (connections === 2) tools.push(await connect());
			return await Promise.all(
				calls.map(async (args, index) => await tools[index % connections].call(args)),
			);
		});
		expect(heard.map(errorOf)).toEqual([undefined, undefined]);
		expect(
			sent()
				.map(({ from }) => from)
				.sort(),
		).toEqual(FROM);
	});

	it('to two people, of two items, reach both', async () => {
		const { heard } = await runAgent(cdyne(), async (connect) => {
			const tools = [await connect(), await connect()];
			const numbers = [A, B];
			return await Promise.all(
				tools.map(async (tool, index) => await tool.call({ to: numbers[index], message: 'Hi' })),
			);
		});
		expect(heard.map(errorOf)).toEqual([undefined, undefined]);
		expect(
			sent()
				.map(({ to }) => to)
				.sort(),
		).toEqual([A, B]);
	});
});
