/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { inspect } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { asFailure, wordsOf } from '../../nodes/shared/errors';
import { toNodeError } from '../../nodes/shared/nodeError';
import { Item } from '../../nodes/shared/item';
import { statusAddress } from '../../nodes/shared/statusAddress';
import type { WaitRule } from '../../nodes/shared/wait';
import { postbackTokens } from '../../nodes/shared/token';
import { park } from '../../nodes/shared/park';
import { resume } from '../../nodes/shared/resume';
import { resumeAddress } from '../../nodes/shared/resumeAddress';
import { startSandbox, type Sandbox } from '../../sandbox';
import { runProvider } from './operations';

/**
 * What the nodes take of n8n beside its interface for nodes is a convenience: without it they do
 * the same, more slowly or by asking, and where they cannot, they say so.
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
const waiting = (onEvents: WaitRule['onEvents']) => ({
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
	const address = (triggers: Record<string, string>) => {
		const context = {
			getNode: () => ({ ...NODE, parameters: {} }),
			getMode: () => 'trigger',
			getWorkflow: () => ({ id: 'w1', name: 'W', active: true }),
			getWorkflowStaticData: () => ({ smsTriggers: { [`${TYPE}Trigger`]: triggers } }),
			getNodeParameter: () => 'trigger',
		} as unknown as IExecuteFunctions;
		return statusAddress(new Item(context, 0), 'a-secret-of-the-user');
	};

	it('takes the address that the trigger left', () => {
		const url = 'https://n8n.example/webhook/t1/webhook';
		expect(address({ t1: url })).toBe(`${url}?token=a-secret-of-the-user`);
	});

	it('without one says that there is none, and sends nothing', () => {
		expect(() => address({})).toThrow(/has none that is active/);
	});
});

it('a context without a store of credentials has the token read for each request', async () => {
	const getCredentials = jest.fn(async () => ({ postbackToken: 'a-secret-of-the-user' }));
	const context = {
		getNode: () => ({ ...NODE, credentials: { cdyneApi: { id: '1', name: 'C' } } }),
		getWorkflow: () => ({ id: 'w1' }),
		getCredentials,
	} as unknown as IWebhookFunctions;
	for (const time of [1, 2, 3]) {
		const tokens = [];
		for await (const some of postbackTokens(context, 'cdyneApi')) tokens.push(...some);
		expect(tokens).toEqual(['a-secret-of-the-user']);
		expect(getCredentials).toHaveBeenCalledTimes(time);
	}
});

describe('a context without the data of the execution', () => {
	const go = async (evaluateExpression: (text: string) => unknown) => {
		const context = {
			getNode: () => ({ ...NODE, name: 'Ask "them"', parameters: {} }),
			getNodeParameter: () => 'send',
			getHeaderData: () => ({ 'content-type': 'text/plain' }),
			getRequestObject: () => ({ rawBody: Buffer.from('hello') }),
			evaluateExpression,
			logger: { warn: () => {} },
		} as unknown as IWebhookFunctions;
		const seen: unknown[] = [];
		const onEvents = async ({ state }: { state: unknown }) => {
			seen.push(state);
			return [{ json: { ended: true } }];
		};
		const { workflowData } = await resume(context, waiting(onEvents));
		return { workflowData, seen };
	};

	it('asks for what was parked by an expression', async () => {
		const asked: string[] = [];
		const { workflowData, seen } = await go((text) => {
			asked.push(text);
			return JSON.stringify({ wait: 'w', state: { a: 1 } });
		});
		expect(asked).toEqual(['{{ JSON.stringify($node["Ask \\"them\\""].context.parked) }}']);
		expect(seen).toEqual([{ a: 1 }]);
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
	])('and where that gives %s, it keeps waiting', async (_, evaluate) => {
		const { workflowData, seen } = await go(evaluate);
		expect(workflowData).toBeUndefined();
		expect(seen).toEqual([]);
	});
});

describe('a resume address', () => {
	const addressed = (resumeUrl: string, store: object) => {
		const context = {
			evaluateExpression: () => resumeUrl,
			getNode: () => NODE,
			getContext: () => store,
			getExecuteData: () => ({ data: { main: [[]] }, node: { ...NODE }, source: null }),
			putExecutionToWait: async () => undefined,
		} as unknown as IExecuteFunctions;
		return { context, address: resumeAddress(context) };
	};

	it('that n8n signs stays as it is', () => {
		const { address } = addressed('http://n8n.example/webhook-waiting/7?signature=abc', {});
		expect(address).toBe('http://n8n.example/webhook-waiting/7/n1?signature=abc');
	});

	it('that it does not sign gets a key, without which nothing ends the wait', async () => {
		const store: { parked?: object } = {};
		const { context, address } = addressed('http://n8n.example/webhook-waiting/7', store);
		expect(resumeAddress(context)).toBe(address);
		const parking = { state: { a: 1 }, until: new Date(), atLimit: [], meanwhile: [] };
		await park(context, parking, (value) => value);

		const answers: number[] = [];
		const response = { type: () => response, send: () => response };
		const post = async (query: object) => {
			const webhook = {
				getNode: () => NODE,
				getNodeParameter: () => 'send',
				getQueryData: () => query,
				getHeaderData: () => ({}),
				getRequestObject: () => ({ rawBody: Buffer.from('hello') }),
				getResponseObject: () => ({ status: (code: number) => (answers.push(code), response) }),
				evaluateExpression: () => JSON.stringify(store.parked),
			} as unknown as IWebhookFunctions;
			const onEvents = async () => [{ json: { ended: true } }];
			return await resume(webhook, waiting(onEvents));
		};
		const key = new URL(address).searchParams.get('key');
		expect(key).toMatch(/^[\da-f-]{36}$/);
		for (const wrong of [{}, { key: '' }, { key: 'x' }, { key: [key] }, { signature: key }]) {
			expect(await post(wrong)).toEqual({ noWebhookResponse: true });
		}
		expect(answers).toEqual([401, 401, 401, 401, 401]);
		expect(await post({ key })).toMatchObject({ workflowData: [[{ json: { ended: true } }]] });
	});
});

describe('the workflow that is stored with a parked execution', () => {
	const parking = { state: {}, until: new Date(), atLimit: [], meanwhile: [] };
	const parkIn = async (workflow?: object, parameters: object = {}) => {
		const node = { ...NODE, parameters };
		const context = {
			workflow,
			getContext: () => ({}),
			getExecuteData: () => ({ data: { main: [[]] }, node, source: null }),
			putExecutionToWait: async () => undefined,
		} as unknown as IExecuteFunctions;
		await park(context, parking, (value) => value);
		return node.parameters;
	};

	it('has the raw body switched on, beside what the user chose', async () => {
		const own = { ...NODE, parameters: { to: '1', options: { referenceId: 'a' } } };
		await parkIn({ nodes: { Send: own } });
		expect(own.parameters).toEqual({ to: '1', options: { referenceId: 'a', binaryData: true } });
	});

	it('is that of the entry where the host shows no other', async () => {
		expect(await parkIn(undefined, {})).toEqual({ options: { binaryData: true } });
	});

	it('is left alone where its options are an expression', async () => {
		const options = '={{ $json.options }}';
		expect(await parkIn(undefined, { options })).toEqual({ options });
	});
});

describe('timers of a wait', () => {
	const NAP = 30_000;
	const wait = async (amount: number, unit: string) => {
		const timer = jest.spyOn(globalThis, 'setTimeout');
		const { run } = await runProvider('cdyne', sandbox, {
			resource: 'message',
			operation: 'sendAndWaitForDelivery',
			to: '17575550142',
			message: 'Hi',
			resumeAmount: amount,
			resumeUnit: unit,
		} as never);
		expect(run.waitTill).toBeInstanceOf(Date);
		const made = timer.mock.calls.map(([, delay = 0], index) => ({
			delay,
			handle: timer.mock.results[index].value as NodeJS.Timeout,
		}));
		made.filter(({ delay }) => delay >= NAP).forEach(({ handle }) => clearTimeout(handle));
		return made.map(({ delay }) => delay);
	};
	it('are naps, so that none stays until the limit of one that is over', async () => {
		expect(Math.max(...(await wait(20, 'days')))).toBe(NAP);
	});

	it('do no harm where there is no global fetch', async () => {
		const rejected = jest.fn();
		process.on('unhandledRejection', rejected);
		const { fetch } = globalThis;
		try {
			Object.assign(globalThis, { fetch: undefined });
			await wait(0.05, 'minutes');
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

	it('is none by instanceof, and its words are told all the same', () => {
		expect(foreign instanceof Error).toBe(false);
		expect(wordsOf(foreign)).toBe('from elsewhere');
		expect(asFailure(foreign).message).toContain('from elsewhere');
		const error = toNodeError(foreign, { node: NODE as never, redact: (value) => value });
		expect(error.message).toBe('from elsewhere');
	});

	it.each(
		[undefined, null, 5, {}, { message: 5 }, Symbol('x'), { toString: 0 }].map(
			(one) => [inspect(one), one] as const,
		),
	)('%s, thrown, has words', (_, thrown) => expect(wordsOf(thrown)).toMatch(/./));
});
