import type { IWebhookFunctions } from 'n8n-workflow';
import type { PostbackEvent } from '../../nodes/shared/event';
import { resume } from '../../nodes/shared/resume';
import type { Waiting, WaitRule } from '../../nodes/shared/wait';

/** What a parked execution does with what comes for it. */

const PARKED = { wait: 'w1', state: { a: 1 } };

interface Script {
	parked?: object;
	/** By an expression in place of the execution; undefined for the execution. */
	expression?: unknown;
	body?: string;
	key?: string;
	operation?: string;
	rule?: Partial<WaitRule> | null;
	breaks?: boolean;
}

/** Posts to a parked execution. @returns what comes of it, what the rule heard and what was answered */
async function post(script: Script = {}) {
	const { parked = PARKED, expression, body = 'text', key, operation = 'ask', rule = {} } = script;
	const heard: Array<[Waiting, PostbackEvent[]]> = [];
	const looked: Array<[Waiting, boolean]> = [];
	const answers: unknown[] = [];
	const warnings: string[] = [];
	const asked: string[] = [];
	const response = {
		status: (code: number) => (answers.push(code), response),
		type: (type: string) => (answers.push(type), response),
		send: (text: string) => (answers.push(text), response),
	};
	const context = {
		...(!('expression' in script) && {
			runExecutionData: { executionData: { contextData: { 'node:My "Node"': { parked } } } },
		}),
		evaluateExpression: (text: string) => {
			asked.push(text);
			return expression;
		},
		getNode: () => ({ name: 'My "Node"' }),
		getNodeParameter: (name: string) => (name === 'operation' ? operation : undefined),
		getQueryData: () => ({ key }),
		getHeaderData: () => ({}),
		getRequestObject: () => ({ rawBody: Buffer.from(body) }),
		getResponseObject: () => response,
		logger: { warn: (text: string) => void warnings.push(text) },
	} as unknown as IWebhookFunctions;
	const wait = rule && {
		onEvents: async (waiting: Waiting, events: PostbackEvent[]) => {
			heard.push([waiting, events]);
			return [{ json: { of: 'events' }, output: 1 }];
		},
		onLookUp: async (waiting: Waiting, last: boolean) => {
			looked.push([waiting, last]);
			return [{ json: { of: 'look' } }];
		},
		...rule,
	};
	const result = await resume(context, {
		name: 'p',
		operations: [
			{ operation: 'send' },
			{ operation: 'ask' },
			{ operation: 'other', wait: { onEvents: async () => [{ json: { of: 'other' } }] } },
			...(wait ? [{ operation: 'ask', wait }] : []),
		],
		postbacks: {
			read: ({ text }) => [{ event: 'message.received', key: [text], raw: text, text }],
		},
	});
	return { result, heard, looked, answers, warnings, asked };
}

const pairedItem = { item: 0 };
const OF_EVENTS = { workflowData: [[], [{ json: { of: 'events' }, pairedItem }]] };
const OF_LOOK = { workflowData: [[{ json: { of: 'look' }, pairedItem }]] };
const question = (wait: unknown, last: unknown, smsGateways = 'lookUp') =>
	JSON.stringify({ smsGateways, wait, last });

it('goes on with what the rule of the operation makes of the events', async () => {
	const { result, heard, warnings } = await post();
	expect(result).toEqual(OF_EVENTS);
	const [[waiting, events]] = heard;
	expect(waiting).toMatchObject(PARKED);
	expect(waiting.context.getNode().name).toBe('My "Node"');
	expect(events).toMatchObject([{ provider: 'p', event: 'message.received', text: 'text' }]);
	expect(Math.abs(Date.parse(events[0].receivedAt) - Date.now())).toBeLessThan(10_000);
	expect(warnings).toEqual([]);
});

it('keeps waiting where the rule says nothing', async () => {
	const { result } = await post({ rule: { onEvents: async () => undefined } });
	expect(result).toEqual({});
});

describe('what was kept', () => {
	it('is read by an expression where the host does not show the execution', async () => {
		const { result, heard, asked } = await post({ expression: JSON.stringify(PARKED) });
		expect(result).toEqual(OF_EVENTS);
		expect(heard[0][0]).toMatchObject(PARKED);
		expect(asked).toEqual(['{{ JSON.stringify($node["My \\"Node\\""].context.parked) }}']);
	});

	it.each([undefined, 5])(
		'is nothing where that gives %j: it keeps waiting',
		async (expression) => {
			const { result, heard, warnings } = await post({ expression });
			expect({ result, heard, warnings }).toEqual({ result: {}, heard: [], warnings: [] });
		},
	);

	it('has a key, which the request needs', async () => {
		const parked = { ...PARKED, key: 'k' };
		expect((await post({ parked, key: 'k' })).result).toEqual(OF_EVENTS);
		const { result, heard, answers } = await post({ parked, key: 'l' });
		expect(result).toEqual({ noWebhookResponse: true });
		expect(answers).toEqual([401, 'text/plain', 'The key is missing or wrong']);
		expect(heard).toEqual([]);
	});
});

it.each<[string, Script]>([
	['another operation', { operation: 'send' }],
	['an operation that does not wait', { rule: null }],
	['an operation that is gone', { operation: 'gone' }],
])('keeps waiting with %s', async (_, script) => {
	const { result, heard, warnings } = await post(script);
	expect({ result, heard, warnings }).toEqual({ result: {}, heard: [], warnings: [] });
});

it('goes by the rule of the operation that is chosen', async () => {
	const { result } = await post({ operation: 'other' });
	expect(result).toEqual({ workflowData: [[{ json: { of: 'other' }, pairedItem }]] });
});

it.each([true, false])('looks up where it is asked to, the last time: %s', async (last) => {
	const { result, looked, heard } = await post({ body: question('w1', last) });
	expect(result).toEqual(OF_LOOK);
	expect(looked).toEqual([[expect.objectContaining(PARKED), last]]);
	expect(heard).toEqual([]);
});

it.each<[string, Script]>([
	['by another wait', { body: question('w0', true) }],
	['by no wait', { body: question(undefined, true) }],
	['where nothing can be looked up', { body: question('w1', true), rule: { onLookUp: undefined } }],
])('does not look up %s', async (_, script) => {
	const { result, looked, heard, warnings } = await post(script);
	expect({ result, looked, heard, warnings }).toEqual({
		result: {},
		looked: [],
		heard: [],
		warnings: [],
	});
});

it('takes what is no question of ours for a postback', async () => {
	expect((await post({ body: question('w1', true, 'other') })).result).toEqual(OF_EVENTS);
});

it('keeps waiting, and says so, where something breaks', async () => {
	const onEvents = async () => {
		throw new Error('broken');
	};
	const { result, warnings } = await post({ rule: { onEvents } });
	expect(result).toEqual({});
	expect(warnings).toEqual([
		'"My "Node"" keeps waiting: something that came could not be worked off',
	]);
});
