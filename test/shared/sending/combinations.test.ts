import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import { createBatches } from '../../../nodes/shared/http/batcher';
import { createHttp } from '../../../nodes/shared/http/request';
import { sendRequest } from '../../../nodes/shared/http/sendRequest';
import { Item } from '../../../nodes/shared/input/item';
import type { SmsStatus } from '../../../nodes/shared/model/message';
import { accepted, failed, type Outcome } from '../../../nodes/shared/model/outcome';
import { messageOutput, type Output } from '../../../nodes/shared/model/output';
import type {
	Found,
	FoundMessage,
	Intent,
	SendPlan,
} from '../../../nodes/shared/provider/sendPlan';
import { ItemSends } from '../../../nodes/shared/sending/itemSends';
import { Ledger } from '../../../nodes/shared/sending/ledger';
import { contextWith, messageWith } from '../../engine/harness/contexts';

/** Sends that combine tries, retries, cancels, lost responses and shared references. */

const START = 1_900_000_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const sentAs = (messageId: string | null, to: string | null = null): Outcome =>
	accepted([messageOutput(messageWith({ messageId, to }))]);
const lost = () => failed(new Failure({ kind: 'ambiguous', message: 'No response' }));
const rejected = () =>
	failed(new Failure({ kind: 'rejected', message: 'Rejected', nothingAccepted: true }));
const found = (messageId: string, recipient: string | null): FoundMessage => ({
	message: messageWith({ messageId, sentAt: new Date(Date.now()).toISOString(), status: 'sent' }),
	raw: {},
	recipient,
});
const all = (messages: FoundMessage[]): Found => ({
	messages,
	isComplete: true,
	clock: { min: 0, max: 999 },
});

/** What n8n stores of an execution, as a retry in another process reads it. */
const reread = (store: object) => JSON.parse(JSON.stringify(store)) as object;

interface Setting {
	/** What earlier tries stored. */
	store?: object;
	mode?: string;
	options?: IDataObject;
	members?: object;
	index?: number;
	/** The ledger of the run, if it has several items. */
	ledger?: Ledger;
}

const contextOf = ({ store = {}, mode = 'trigger', options = {}, members = {} }: Setting) =>
	contextWith(
		{ options },
		{
			getMode: () => mode,
			getContext: () => store,
			evaluateExpression: () => 'https://n8n.example/7?signature=s',
			...members,
		},
	);
const ledgerOf = (context = contextOf({})) => new Ledger(context, 'p', (value) => value);

function sendsOf(setting: Setting = {}): ItemSends {
	const context = contextOf(setting);
	const { ledger = ledgerOf(context), index = 0 } = setting;
	return new ItemSends(new Item(context, index), ledger, createBatches(1));
}

const intentsOf = (names: string): Intent[] =>
	[...names].map((recipient) => ({ recipient, reference: `r-${recipient}` }));

/** Lets a minute pass, in which the work ends. */
async function finish<T>(work: Promise<T>): Promise<T> {
	const [result] = await Promise.all([work, jest.advanceTimersByTimeAsync(60_000)]);
	return result;
}

/** The outputs or the error that the next try has without a send; undefined if it sends. */
function recalledBy(setting: Setting): unknown {
	try {
		const outputs = sendsOf(setting).recall();
		return outputs?.map(({ json }) => json);
	} catch (error) {
		return error;
	}
}

describe('Cancel, at which n8n stores the execution while the node is still sending', () => {
	/** What n8n stores if it cancels a send after some milliseconds. */
	async function storedAfter(ms: number, mode: string, plan: SendPlan): Promise<object> {
		const store = {};
		const sending = Promise.allSettled([sendsOf({ store, mode }).send(plan)]);
		await jest.advanceTimersByTimeAsync(ms);
		const stored = reread(store);
		await finish(sending);
		return stored;
	}

	it('in a retry that has found one recipient: the next retry sends to the others', async () => {
		// the execution crashed after the message to a was accepted; this is its retry
		const store = await storedAfter(1_000, 'retry', {
			intents: intentsOf('abc'),
			send: async () => await sleep(5_000).then(() => [rejected(), rejected()]),
			find: async (reference) => all(reference === 'r-a' ? [found('m1', 'a')] : []),
		});
		expect(recalledBy({ store, mode: 'retry' })).toBeUndefined();
	});

	it('in the look-up of a lost message: the next retry sends to those who were rejected', async () => {
		const store = await storedAfter(1_500, 'trigger', {
			intents: intentsOf('ab'),
			send: async () => [lost(), rejected()],
			find: async () => all([]),
		});
		expect(recalledBy({ store, mode: 'retry' })).toBeUndefined();
	});
});

describe('a request that is cancelled before anything was accepted', () => {
	/** Makes a send that n8n can cancel. A response rejects it for 5 seconds. */
	const sendWith = async (cancel: AbortController, httpRequest: (order: never) => unknown) => {
		const context = {
			helpers: { httpRequest },
			getExecutionCancelSignal: () => cancel.signal,
		};
		const facts = { message: 'Too many', retryAfter: 5_000, httpStatus: 429 };
		const read = () => {
			throw new Failure({ kind: 'rateLimited', nothingAccepted: true, ...facts });
		};
		const request = { method: 'POST', url: 'https://p.example/' } as const;
		return await sendRequest(createHttp(context as never, []), request, 1, read);
	};

	it('is rejected for certain during the pause after HTTP 429', async () => {
		const cancel = new AbortController();
		const response = { statusCode: 429, headers: {}, body: '' };
		const sending = sendWith(cancel, async () => response);
		await jest.advanceTimersByTimeAsync(1_000);
		cancel.abort();
		expect(await finish(sending)).toMatchObject([{ kind: 'refused' }]);
	});

	it('is rejected for certain if it has not begun, because it waited for its turn', async () => {
		const cancel = new AbortController();
		cancel.abort();
		// n8n's HTTP helper makes no request if the signal is aborted
		const canceled = { name: 'CanceledError', code: 'ERR_CANCELED' };
		const sending = sendWith(cancel, async ({ abortSignal }: { abortSignal?: AbortSignal }) => {
			if (abortSignal?.aborted) throw Object.assign(new Error('canceled'), canceled);
			return { statusCode: 200, headers: {}, body: '' };
		});
		expect(await finish(sending)).toMatchObject([{ kind: 'refused' }]);
	});
});

describe('a retry of an execution', () => {
	it('does not repeat the call of a tool of an agent that ended well', async () => {
		const parameters = { options: {} };
		const members = {
			getNode: () => ({ id: 'n', type: 'cdyneTool', parameters }),
			isToolExecution: () => true,
		};
		/** The references of the messages that the provider accepted. */
		const references: string[] = [];
		const call = async (setting: Setting) => {
			const sends = sendsOf({ members, ...setting });
			const reference = sends.generateReference('a');
			const plan: SendPlan = {
				intents: [{ recipient: 'a', reference }],
				send: async () => [sentAs(`m${references.push(reference)}`, 'a')],
				find: async (wanted) => {
					const position = references.indexOf(wanted);
					return all(position < 0 ? [] : [found(`m${position + 1}`, 'a')]);
				},
			};
			if (!sends.recall()) await finish(sends.send(plan));
			sends.close(false);
		};
		const store = {};
		await call({ store });
		// the agent fails afterwards, and n8n stores the execution
		await call({ store: reread(store), mode: 'retry' });
		expect(references).toHaveLength(1);
		// n8n crashes afterwards, and stores nothing
		await call({ mode: 'retry' });
		expect(references).toHaveLength(1);
	});

	it.each([
		['a generated reference', false],
		['the same reference of the user', true],
	])(
		'with another recipient and %s does not say that nothing was sent',
		async (_, isUserReference) => {
			// the execution texted a before it crashed, and its expression now returns b
			const sends = sendsOf({ mode: 'retry' });
			const reference = isUserReference ? 'order-7' : sends.generateReference('b');
			const sending = sends.send({
				intents: [{ recipient: 'b', reference }],
				isUserReference,
				send: async () => [rejected()],
				find: async () => all(isUserReference ? [found('m1', 'a')] : []),
			});
			await finish(Promise.allSettled([sending]));
			expect(sends.nothingSent).toBe(false);
		},
	);

	it('does not take the message that another of its items has sent, and whose response is lost', async () => {
		const context = contextOf({ mode: 'retry' });
		const ledger = ledgerOf(context);
		const intents = [{ recipient: 'a', reference: 'order-7' }];
		// without a time, so it is not certain that it is from this call
		const message = { ...found('m1', 'a'), message: messageWith({ messageId: 'm1' }) };
		let sent = 0;
		const statusOf = async (index: number) => {
			const sends = new ItemSends(new Item(context, index), ledger, createBatches(1));
			const plan: SendPlan = {
				intents,
				isUserReference: true,
				send: async () => [(sent += 1) === 1 ? lost() : sentAs('m2', 'a')],
				find: async () => all(sent === 0 ? [] : [message]),
			};
			const sending = sends.send(plan).then(([{ json }]) => json.messageId);
			const [result] = await finish(Promise.allSettled([sending]));
			return result.status === 'fulfilled' ? result.value : (result.reason as Failure).kind;
		};
		expect(await statusOf(0)).toBe('ambiguous');
		expect(await statusOf(1)).toBe('ambiguous');
		expect(sent).toBe(1);
	});
});

describe('several recipients', () => {
	it('of whom one is found have a result if the look-up of another one fails', async () => {
		const outputs = await finish(
			sendsOf().send({
				intents: intentsOf('ab'),
				send: async () => [lost(), lost()],
				find: async (reference) => {
					if (reference === 'r-b') throw new Failure({ kind: 'unavailable', message: 'Down' });
					return all([found('m1', 'a')]);
				},
			}),
		);
		expect(outputs.map(({ json }) => json.messageId ?? json.status)).toEqual(['m1', 'unknown']);
	});

	it('include in the next try those whose look-up was inconclusive', async () => {
		const store = {};
		await finish(
			sendsOf({ store, mode: 'retry' }).send({
				intents: intentsOf('ab'),
				send: async (intents) =>
					intents.map(({ recipient }) => sentAs(`m-${recipient}`, recipient)),
				find: async (reference) => ({ ...all([]), isComplete: reference !== 'r-a' }),
			}),
		);
		// another item failed, so n8n tries again
		const recalled = sendsOf({ store, mode: 'retry' }).recall();
		expect(recalled?.map(({ json }) => json.to) ?? ['a']).toContain('a');
	});

	it('are recalled completely and in their order', async () => {
		const store = {};
		const outcomes = [[rejected(), sentAs('mb', 'b')], [sentAs('ma', 'a')]];
		for (const each of outcomes) {
			await finish(sendsOf({ store }).send({ intents: intentsOf('ab'), send: async () => each }));
		}
		expect(recalledBy({ store })).toMatchObject([{ to: 'a' }, { to: 'b' }]);
	});

	it('with one generated reference do not get the messages of each other', async () => {
		const store = {};
		let visible: FoundMessage[] = [];
		const sendWith = async (outcomes: Outcome[]) => {
			const sends = sendsOf({ store });
			const reference = sends.generateReference('');
			const outputs = await finish(
				sends
					.send({
						intents: ['a', 'b'].map((recipient) => ({ recipient, reference })),
						send: async () => outcomes,
						find: async () => all(visible),
					})
					.catch((error: Failure) => error),
			);
			sends.close(true);
			return outputs;
		};
		await sendWith([lost(), rejected()]);
		// the message to a appears, but the provider does not tell its number
		visible = [found('message-to-a', null)];
		// the request for b is lost on its way
		expect(await sendWith([lost()])).toMatchObject({ kind: 'ambiguous' });
	});
});

describe('a group has a result in the next try', () => {
	it.each<[string, SmsStatus[]]>([
		['leaves open who got the message', ['unknown']],
		['leaves it open for one and rejects another', ['unknown', 'failed']],
	])('if the response %s', async (_, statuses) => {
		const store = {};
		const outcome: Outcome = {
			kind: 'unknown',
			failure: new Failure({ kind: 'ambiguous', message: 'No ID' }),
			outputs: statuses.map((status, index) =>
				messageOutput(messageWith({ messageId: null, to: `member ${index}`, status })),
			),
		};
		const intents = [{ recipient: 'g' }];
		await finish(sendsOf({ store }).send({ intents, isGroup: true, send: async () => [outcome] }));
		expect(recalledBy({ store })).toEqual(statuses.map(() => expect.anything()));
	});
});

describe('items with the same number and reference', () => {
	const shared = { intents: [{ recipient: 'a', reference: 'r' }], isUserReference: true };
	const idOf = ([{ json }]: Output[]) => json.messageId;

	it('do not get the same message', async () => {
		const ledger = ledgerOf();
		const known: string[] = [];
		const find = async () => {
			await sleep(100);
			const messages = known.map((id) => found(id, 'a'));
			await sleep(50);
			return all(messages);
		};
		// this request is lost on its way to the provider
		const first = sendsOf({ ledger })
			.send({ ...shared, find, send: async () => [lost()] })
			.then(idOf, (error: Failure) => error.message);
		// the look-up of the first message is under way
		await jest.advanceTimersByTimeAsync(50);
		const second = sendsOf({ ledger, index: 1 }).send({
			...shared,
			find,
			send: async () => {
				known.push('m2');
				await sleep(300);
				return [sentAs('m2', 'a')];
			},
		});
		expect(idOf(await finish(second))).not.toBe(await first);
	});

	it('do not take the message that another one has without an ID', async () => {
		const ledger = ledgerOf();
		await finish(sendsOf({ ledger }).send({ ...shared, send: async () => [sentAs(null)] }));
		const second = sendsOf({ ledger, index: 1 }).send({
			...shared,
			send: async () => [lost()],
			find: async () => all([found('m-of-0', 'a')]),
		});
		await expect(finish(second)).rejects.toThrow();
	});

	it('do not take the late message of another one that was lost', async () => {
		const ledger = ledgerOf();
		let visible: FoundMessage[] = [];
		const find = async () => all(visible);
		const first = sendsOf({ ledger }).send({ ...shared, find, send: async () => [lost()] });
		await finish(Promise.allSettled([first]));
		const second = sendsOf({ ledger, index: 1 }).send({
			...shared,
			find,
			send: async () => {
				// the provider accepts the message of item 0 late, and never receives this one
				visible = [found('m-of-0', 'a')];
				return [lost()];
			},
		});
		await expect(finish(second)).rejects.toThrow();
	});

	it('do not send again what was accepted if one of two lost messages was not', async () => {
		const ledger = ledgerOf();
		const options = { sendAgainIfNotFound: true };
		const texts: string[] = [];
		const sendText = async (index: number, text: string, arrives: boolean[]) =>
			await sendsOf({ options, ledger, index }).send({
				...shared,
				find: async () => all(texts.map((known, at) => found(`m${at} ${known}`, 'a'))),
				send: async () => {
					const isFirst = arrives.length === 2;
					if (arrives.shift()) texts.push(text);
					return [isFirst ? lost() : sentAs(`m${texts.length - 1} ${text}`, 'a')];
				},
			});
		const sending = [sendText(0, 'Paid', [false, true]), sendText(1, 'Shipped', [true, true])];
		await finish(Promise.allSettled(sending));
		expect(texts.filter((text) => text === 'Shipped')).toHaveLength(1);
	});
});
