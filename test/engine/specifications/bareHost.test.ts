/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { inspect } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { toFailure, messageOf } from '../../../nodes/shared/errors/failure';
import { toNodeError } from '../../../nodes/shared/errors/nodeError';
import { Item } from '../../../nodes/shared/input/item';
import type { ResumeRule } from '../../../nodes/shared/provider/waitStrategy';
import { statusCallbackUrl } from '../../../nodes/shared/receiving/statusCallbackUrl';
import { verifyByToken } from '../../../nodes/shared/receiving/verifyToken';
import { resume } from '../../../nodes/shared/waiting/resume';
import { resumeUrl } from '../../../nodes/shared/waiting/resumeUrl';
import { suspend } from '../../../nodes/shared/waiting/suspend';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { runProvider } from '../tables/operations';

/**
 * The nodes use some internals of n8n for convenience. Without them the nodes do the same with more
 * requests, or fail with an error that explains why.
 */

const TYPE = 'n8n-nodes-sms-gateways.cdyne';
const NODE = {
	id: 'n1',
	name: 'Send',
	type: TYPE,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A provider whose operation `send` waits. */
const waiting = (onEvents: ResumeRule['onEvents']) => ({
	name: 'p',
	operations: [{ operation: 'send', wait: { onEvents } }],
	postbacks: { read: () => [] },
});

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => {
	jest.restoreAllMocks();
	sandbox.reset();
});

describe('a context without the nodes of the workflow', () => {
	const callbackUrl = (triggers: Record<string, string>) => {
		const context = {
			getNode: () => ({ ...NODE, parameters: {} }),
			getMode: () => 'trigger',
			getWorkflow: () => ({ id: 'w1', name: 'W', active: true }),
			getWorkflowStaticData: () => ({ smsTriggers: { [`${TYPE}Trigger`]: triggers } }),
			getNodeParameter: () => 'trigger',
		} as unknown as IExecuteFunctions;
		return statusCallbackUrl(new Item(context, 0), 'a-secret-of-the-user');
	};

	it('uses the URL that the trigger stored', () => {
		const url = 'https://n8n.example/webhook/t1/webhook';
		expect(callbackUrl({ t1: url })).toBe(`${url}?token=a-secret-of-the-user`);
	});

	it('fails before it sends if no trigger stored a URL', () => {
		expect(() => callbackUrl({})).toThrow(/has no active trigger/);
	});
});

it('a context without the cache of credentials reads the token for each request', async () => {
	const getCredentials = jest.fn(async () => ({ postbackToken: 'a-secret-of-the-user' }));
	const context = {
		getNode: () => ({ ...NODE, credentials: { cdyneApi: { id: '1', name: 'C' } } }),
		getWorkflow: () => ({ id: 'w1' }),
		getCredentials,
		getQueryData: () => ({ token: 'a-secret-of-the-user' }),
	} as unknown as IWebhookFunctions;
	for (const time of [1, 2, 3]) {
		const secrets = await verifyByToken('cdyneApi').secretsOf(context);
		expect(secrets).toEqual(['a-secret-of-the-user']);
		expect(getCredentials).toHaveBeenCalledTimes(time);
	}
});

describe('a context without the data of the execution', () => {
	const resumeWith = async (evaluateExpression: (text: string) => unknown) => {
		const context = {
			getNode: () => ({ ...NODE, name: 'Ask "them"', parameters: {} }),
			getNodeParameter: () => 'send',
			getHeaderData: () => ({ 'content-type': 'text/plain' }),
			getQueryData: () => ({}),
			getRequestObject: () => ({ rawBody: Buffer.from('hello') }),
			evaluateExpression,
			logger: { warn: () => {} },
		} as unknown as IWebhookFunctions;
		const states: unknown[] = [];
		const onEvents = async ({ state }: { state: unknown }) => {
			states.push(state);
			return [{ json: { ended: true } }];
		};
		const { workflowData } = await resume(context, waiting(onEvents));
		return { workflowData, states };
	};

	it('reads the suspended state with an expression', async () => {
		const expressions: string[] = [];
		const { workflowData, states } = await resumeWith((text) => {
			expressions.push(text);
			return JSON.stringify({ waitId: 'w', state: { a: 1 } });
		});
		expect(expressions).toEqual([
			'{{ JSON.stringify($node["Ask \\"them\\""].context.suspended) }}',
		]);
		expect(states).toEqual([{ a: 1 }]);
		expect(workflowData).toMatchObject([[{ json: { ended: true } }]]);
	});

	it.each([
		['nothing', () => undefined],
		[
			'an error',
			() => {
				throw new Error('no such node');
			},
		],
	])('keeps waiting if the expression results in %s', async (_, evaluate) => {
		const { workflowData, states } = await resumeWith(evaluate);
		expect(workflowData).toBeUndefined();
		expect(states).toEqual([]);
	});
});

describe('a resume URL', () => {
	const resumeUrlFor = (url: string, store: object) => {
		const context = {
			evaluateExpression: () => url,
			getNode: () => NODE,
			getContext: () => store,
			getExecuteData: () => ({ data: { main: [[]] }, node: { ...NODE }, source: null }),
			putExecutionToWait: async () => undefined,
		} as unknown as IExecuteFunctions;
		return { context, resumeAt: resumeUrl(context) };
	};

	it('that n8n signs is unchanged', () => {
		const { resumeAt } = resumeUrlFor('http://n8n.example/webhook-waiting/7?signature=abc', {});
		expect(resumeAt).toBe('http://n8n.example/webhook-waiting/7/n1?signature=abc');
	});

	it('that n8n does not sign gets a key, without which no request ends the wait', async () => {
		const store: { suspended?: object } = {};
		const { context, resumeAt } = resumeUrlFor('http://n8n.example/webhook-waiting/7', store);
		expect(resumeUrl(context)).toBe(resumeAt);
		const suspension = {
			state: { a: 1 },
			until: new Date(),
			outputsAtLimit: [],
			outputsWhileWaiting: [],
		};
		await suspend(context, suspension, (value) => value);

		const statuses: number[] = [];
		const response = { type: () => response, send: () => response };
		const post = async (query: object) => {
			const webhook = {
				getNode: () => NODE,
				getNodeParameter: () => 'send',
				getQueryData: () => query,
				getHeaderData: () => ({}),
				getRequestObject: () => ({ rawBody: Buffer.from('hello') }),
				getResponseObject: () => ({ status: (code: number) => (statuses.push(code), response) }),
				evaluateExpression: () => JSON.stringify(store.suspended),
			} as unknown as IWebhookFunctions;
			const onEvents = async () => [{ json: { ended: true } }];
			return await resume(webhook, waiting(onEvents));
		};
		const key = new URL(resumeAt).searchParams.get('key');
		expect(key).toMatch(/^[\da-f-]{36}$/);
		for (const wrong of [{}, { key: '' }, { key: 'x' }, { key: [key] }, { signature: key }]) {
			expect(await post(wrong)).toEqual({ noWebhookResponse: true });
		}
		expect(statuses).toEqual([401, 401, 401, 401, 401]);
		expect(await post({ key })).toMatchObject({ workflowData: [[{ json: { ended: true } }]] });
	});
});

describe('the workflow that is stored with a suspended execution', () => {
	const suspension = { state: {}, until: new Date(), outputsAtLimit: [], outputsWhileWaiting: [] };
	const suspendIn = async (workflow?: object, parameters: object = {}) => {
		const node = { ...NODE, parameters };
		const context = {
			workflow,
			getContext: () => ({}),
			getExecuteData: () => ({ data: { main: [[]] }, node, source: null }),
			putExecutionToWait: async () => undefined,
		} as unknown as IExecuteFunctions;
		await suspend(context, suspension, (value) => value);
		return node.parameters;
	};

	it('has the raw body switched on in addition to the options of the user', async () => {
		const stored = { ...NODE, parameters: { to: '1', options: { referenceId: 'a' } } };
		await suspendIn({ nodes: { Send: stored } });
		expect(stored.parameters).toEqual({ to: '1', options: { referenceId: 'a', binaryData: true } });
	});

	it('is changed in the entry of the execution if the host shows no workflow', async () => {
		expect(await suspendIn(undefined, {})).toEqual({ options: { binaryData: true } });
	});

	it('is unchanged if the options are an expression', async () => {
		const options = '={{ $json.options }}';
		expect(await suspendIn(undefined, { options })).toEqual({ options });
	});
});

describe('timers of a wait', () => {
	const MAX_TIMER_MS = 30_000;
	const delaysOf = async (amount: number, unit: string) => {
		const timer = jest.spyOn(globalThis, 'setTimeout');
		const { run } = await runProvider('cdyne', sandbox, {
			resource: 'message',
			operation: 'sendAndWaitForDelivery',
			to: '17575550142',
			message: 'Hi',
			options: { limitWaitTime: { values: { resumeAmount: amount, resumeUnit: unit } } },
		} as never);
		expect(run.waitTill).toBeInstanceOf(Date);
		const timers = timer.mock.calls.map(([, delay = 0], index) => ({
			delay,
			handle: timer.mock.results[index].value as NodeJS.Timeout,
		}));
		timers
			.filter(({ delay }) => delay >= MAX_TIMER_MS)
			.forEach(({ handle }) => clearTimeout(handle));
		return timers.map(({ delay }) => delay);
	};
	it('are short, so that none remains long after its wait has ended', async () => {
		expect(Math.max(...(await delaysOf(20, 'days')))).toBe(MAX_TIMER_MS);
	});

	it('cause no unhandled rejection if there is no global fetch', async () => {
		const rejected = jest.fn();
		process.on('unhandledRejection', rejected);
		const { fetch } = globalThis;
		try {
			Object.assign(globalThis, { fetch: undefined });
			await delaysOf(0.05, 'minutes');
			await new Promise((resolve) => setTimeout(resolve, 3_500));
			expect(rejected).not.toHaveBeenCalled();
		} finally {
			globalThis.fetch = fetch;
			process.off('unhandledRejection', rejected);
		}
	});
});

describe('an error of another realm', () => {
	const foreign = runInContext('new TypeError("from elsewhere")', createContext()) as Error;

	it('is not an instance of Error here, but its message is used', () => {
		expect(foreign instanceof Error).toBe(false);
		expect(messageOf(foreign)).toBe('from elsewhere');
		expect(toFailure(foreign).message).toContain('from elsewhere');
		const error = toNodeError(foreign, { node: NODE as never, redact: (value) => value });
		expect(error.message).toBe('from elsewhere');
	});

	it.each(
		[undefined, null, 5, {}, { message: 5 }, Symbol('x'), { toString: 0 }].map(
			(thrown) => [inspect(thrown), thrown] as const,
		),
	)('%s, if thrown, has a message', (_, thrown) => expect(messageOf(thrown)).toMatch(/./));
});
