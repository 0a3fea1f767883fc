import type { IWebhookFunctions } from 'n8n-workflow';
import type { PostbackEvent } from '../../../nodes/shared/model/event';
import type { ResumeContext, ResumeRule } from '../../../nodes/shared/provider/waitStrategy';
import { resume } from '../../../nodes/shared/waiting/resume';

/** What a suspended execution does with requests to its resume URL. */

const SUSPENDED = { waitId: 'w1', state: { a: 1 } };

interface Script {
	suspended?: object;
	/** The value of the expression that reads the wait if n8n does not show the execution. */
	expression?: unknown;
	body?: string;
	key?: string;
	operation?: string;
	rule?: Partial<ResumeRule> | null;
}

/** Posts to a suspended execution. @returns the result, the response, and the calls of the rule */
async function post(script: Script = {}) {
	const { suspended = SUSPENDED, expression, body = 'text', key, operation = 'ask' } = script;
	const { rule = {} } = script;
	const eventCalls: Array<[ResumeContext, PostbackEvent[]]> = [];
	const lookupCalls: Array<[ResumeContext, boolean]> = [];
	const responded: unknown[] = [];
	const warnings: string[] = [];
	const expressions: string[] = [];
	const response = {
		status: (code: number) => (responded.push(code), response),
		type: (type: string) => (responded.push(type), response),
		send: (text: string) => (responded.push(text), response),
	};
	const context = {
		...(!('expression' in script) && {
			runExecutionData: { executionData: { contextData: { 'node:My "Node"': { suspended } } } },
		}),
		evaluateExpression: (text: string) => {
			expressions.push(text);
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
		onEvents: async (resumeContext: ResumeContext, events: PostbackEvent[]) => {
			eventCalls.push([resumeContext, events]);
			return [{ json: { of: 'events' }, output: 1 }];
		},
		onLookUp: async (resumeContext: ResumeContext, last: boolean) => {
			lookupCalls.push([resumeContext, last]);
			return [{ json: { of: 'look-up' } }];
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
	return { result, eventCalls, lookupCalls, responded, warnings, expressions };
}

const pairedItem = { item: 0 };
const OF_EVENTS = { workflowData: [[], [{ json: { of: 'events' }, pairedItem }]] };
const OF_LOOKUP = { workflowData: [[{ json: { of: 'look-up' }, pairedItem }]] };
const lookupRequest = (waitId: unknown, last: unknown, smsGateways = 'lookUp') =>
	JSON.stringify({ smsGateways, waitId, last });

it('resumes with the outputs that the rule of the operation returns for the events', async () => {
	const { result, eventCalls, warnings } = await post();
	expect(result).toEqual(OF_EVENTS);
	const [[resumeContext, events]] = eventCalls;
	expect(resumeContext).toMatchObject(SUSPENDED);
	expect(resumeContext.context.getNode().name).toBe('My "Node"');
	expect(events).toMatchObject([{ provider: 'p', event: 'message.received', text: 'text' }]);
	expect(Math.abs(Date.parse(events[0].receivedAt) - Date.now())).toBeLessThan(10_000);
	expect(warnings).toEqual([]);
});

it('keeps waiting if the rule returns nothing', async () => {
	const { result } = await post({ rule: { onEvents: async () => undefined } });
	expect(result).toEqual({});
});

describe('the stored wait', () => {
	it('is read by an expression if n8n does not show the execution', async () => {
		const { result, eventCalls, expressions } = await post({
			expression: JSON.stringify(SUSPENDED),
		});
		expect(result).toEqual(OF_EVENTS);
		expect(eventCalls[0][0]).toMatchObject(SUSPENDED);
		expect(expressions).toEqual(['{{ JSON.stringify($node["My \\"Node\\""].context.suspended) }}']);
	});

	it.each([undefined, 5])(
		'is missing if the expression returns %j, so the wait continues',
		async (expression) => {
			const { result, eventCalls, warnings } = await post({ expression });
			expect({ result, eventCalls, warnings }).toEqual({
				result: {},
				eventCalls: [],
				warnings: [],
			});
		},
	);

	it('can have a key, which the request needs then', async () => {
		const suspended = { ...SUSPENDED, key: 'k' };
		expect((await post({ suspended, key: 'k' })).result).toEqual(OF_EVENTS);
		const { result, eventCalls, responded } = await post({ suspended, key: 'l' });
		expect(result).toEqual({ noWebhookResponse: true });
		expect(responded).toEqual([401, 'text/plain', 'The key is missing or wrong']);
		expect(eventCalls).toEqual([]);
	});
});

it.each<[string, Script]>([
	['another operation', { operation: 'send' }],
	['an operation that does not wait', { rule: null }],
	['an operation that does not exist', { operation: 'gone' }],
])('keeps waiting with %s', async (_, script) => {
	const { result, eventCalls, warnings } = await post(script);
	expect({ result, eventCalls, warnings }).toEqual({ result: {}, eventCalls: [], warnings: [] });
});

it('uses the rule of the chosen operation', async () => {
	const { result } = await post({ operation: 'other' });
	expect(result).toEqual({ workflowData: [[{ json: { of: 'other' }, pairedItem }]] });
});

it.each([true, false])('looks up for a look-up request with last %s', async (last) => {
	const { result, lookupCalls, eventCalls } = await post({ body: lookupRequest('w1', last) });
	expect(result).toEqual(OF_LOOKUP);
	expect(lookupCalls).toEqual([[expect.objectContaining(SUSPENDED), last]]);
	expect(eventCalls).toEqual([]);
});

it.each<[string, Script]>([
	[
		'that only asks whether the wait lasts',
		{ body: '{"smsGateways":"lookUp","waitId":"w1","last":true,"probe":true}' },
	],
	[
		'if the rule has no look-up',
		{ body: lookupRequest('w1', true), rule: { onLookUp: undefined } },
	],
])('ignores a look-up request %s', async (_, script) => {
	const { result, lookupCalls, eventCalls, warnings } = await post(script);
	expect({ result, lookupCalls, eventCalls, warnings }).toEqual({
		result: {},
		lookupCalls: [],
		eventCalls: [],
		warnings: [],
	});
});

it.each<[string, Script]>([
	['of another wait', { body: lookupRequest('w0', true) }],
	['that names no wait', { body: lookupRequest(undefined, true) }],
	['if there is no wait any more', { expression: undefined, body: lookupRequest('w1', true) }],
])('responds to a look-up request %s that the wait has ended', async (_, script) => {
	const { result, lookupCalls, eventCalls, responded } = await post(script);
	expect({ result, lookupCalls, eventCalls, responded }).toEqual({
		result: { noWebhookResponse: true },
		lookupCalls: [],
		eventCalls: [],
		responded: [410, 'text/plain', 'The wait has ended'],
	});
});

it('treats any other request as a postback', async () => {
	expect((await post({ body: lookupRequest('w1', true, 'other') })).result).toEqual(OF_EVENTS);
});

it('keeps waiting with a warning if the rule throws', async () => {
	const onEvents = async () => {
		throw new Error('broken');
	};
	const { result, warnings } = await post({ rule: { onEvents } });
	expect(result).toEqual({});
	expect(warnings).toEqual([
		'"My "Node"" keeps waiting: a request to its resume URL could not be processed',
	]);
});

it('masks the secrets of the address that the postback was sent to', async () => {
	const key = 'key-of-the-wait-'.repeat(2);
	const onEvents = async () => [{ json: { text: `posted to ?key=${key}` } }];
	const { result } = await post({ key, rule: { onEvents } });
	expect(result.workflowData?.[0][0].json).toEqual({ text: 'posted to ?key=***' });
});
