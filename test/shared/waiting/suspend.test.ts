import type { IDataObject, IExecuteData } from 'n8n-workflow';
import type { SuspensionPlan } from '../../../nodes/shared/provider/waitStrategy';
import { suspend } from '../../../nodes/shared/waiting/suspend';
import { contextWith } from '../../engine/harness/contexts';

/** What n8n stores of a suspended execution. */

const START = 1_900_000_000_000;
const UNTIL = new Date(START + 600_000);
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const redact = <T>(value: T): T =>
	JSON.parse(JSON.stringify(value).replaceAll('secret', '***')) as T;
const UUID = /^[\da-f-]{36}$/;
const waitIdIn = ({ suspended: wait }: IDataObject) => (wait as IDataObject).waitId;

interface Script extends Partial<SuspensionPlan> {
	entry?: object;
	store?: IDataObject;
	set?: (key: string, value: string) => void;
}

async function suspendWith({ entry: entryFields, store = {}, set, ...plan }: Script = {}) {
	const node = { name: 'Node', parameters: {}, alwaysOutputData: true };
	const entry = {
		node,
		data: { main: [[]] },
		source: null,
		...entryFields,
	} as unknown as IExecuteData;
	const limits: Date[] = [];
	const requests: IDataObject[] = [];
	const context = contextWith(
		{},
		{
			getContext: () => store,
			getExecuteData: () => entry,
			putExecutionToWait: async (until: Date) => void limits.push(until),
			customData: { set },
			helpers: { httpRequest: async (request: IDataObject) => void requests.push(request) },
			logger: {},
		},
	);
	const shown = await suspend(
		context,
		{
			state: { of: 'secret' },
			until: UNTIL,
			outputsAtLimit: [{ json: { limit: 'secret' }, output: 2 }],
			outputsWhileWaiting: [{ json: { id: 'secret' } }],
			...plan,
		},
		redact,
	);
	return { shown, entry, node, store, limits, requests };
}

it('returns the outputs to show while it waits, and waits until the limit', async () => {
	const { shown, limits } = await suspendWith();
	expect(shown).toEqual([[{ json: { id: '***' }, pairedItem: { item: 0 } }]]);
	expect(limits).toEqual([UNTIL]);
});

it('stores the state without secrets, with a new wait id', async () => {
	const [first, second] = [await suspendWith(), await suspendWith()];
	expect(first.store).toStrictEqual({
		suspended: { waitId: expect.stringMatching(UUID), state: { of: '***' } },
	});
	expect(waitIdIn(first.store)).not.toBe(waitIdIn(second.store));
});

it('stores the key of its resume URL', async () => {
	const { store } = await suspendWith({ store: { waitKey: 'k' } });
	expect(store.suspended).toMatchObject({ key: 'k' });
});

describe('the entry that n8n stores', () => {
	it('has the outputs at the limit as its input', async () => {
		const { entry } = await suspendWith();
		const outputs = [[], [], [{ json: { limit: '***' }, pairedItem: { item: 0 } }]];
		expect(entry.data).toEqual({ main: outputs });
	});

	it('keeps its input unless that is the main one', async () => {
		const { entry } = await suspendWith({ entry: { data: { ai_tool: [[]] } } });
		expect(entry.data).toStrictEqual({ ai_tool: [[]] });
	});

	it('passes on all its outputs and keeps its other metadata', async () => {
		const { entry } = await suspendWith({ entry: { metadata: { a: 1 } } });
		expect(entry.metadata).toEqual({ a: 1, forwardAllOutputs: true });
	});

	it('has a copy of the node without Always Output Data', async () => {
		const { entry, node } = await suspendWith();
		expect(node).toMatchObject({ alwaysOutputData: true, parameters: { options: {} } });
		expect(entry.node).toEqual({ ...node, alwaysOutputData: false });
		expect(entry.node).not.toBe(node);
	});

	const first = { previousNode: 'First' };
	it.each<[string, object | null, object | null]>([
		['no source', null, null],
		['no source of the main input', {}, {}],
		['an empty source', { main: [] }, { main: [] }],
		['a source without a node', { main: [null] }, { main: [null] }],
		['one source', { main: [first] }, { main: [first, first, first] }],
		['two sources', { main: [first, {}], more: 1 }, { main: [first, first, first], more: 1 }],
	])('with %s has the first one for each output', async (_, source, sources) => {
		const { entry } = await suspendWith({ entry: { source } });
		expect(entry.source).toEqual(sources);
	});
});

describe('the execution', () => {
	it('is named by the names that are not empty', async () => {
		const names: string[][] = [];
		const set = (...name: string[]) => void names.push(name);
		await suspendWith({
			set,
			executionNames: { messageId: 'm1', referenceId: null, other: '', last: 'l' },
		});
		expect(names).toEqual([
			['messageId', 'm1'],
			['last', 'l'],
		]);
	});

	it('has no name if there is none or n8n has no custom data', async () => {
		const set = jest.fn(() => {
			throw new Error('not available');
		});
		await suspendWith({ set });
		expect(set.mock.calls).toHaveLength(0);
		const { limits } = await suspendWith({ set, executionNames: { messageId: 'm1' } });
		expect(set.mock.calls).toHaveLength(1);
		expect(limits).toEqual([UNTIL]);
	});
});

it('schedules look-ups of the status if there is a URL for them', async () => {
	const { requests, store } = await suspendWith({ lookupUrl: 'https://n8n.example/1' });
	await jest.advanceTimersByTimeAsync(3_000);
	expect(requests).toMatchObject([{ url: 'https://n8n.example/1' }]);
	expect(JSON.parse(String(requests[0].body))).toMatchObject({
		waitId: waitIdIn(store),
		last: false,
	});
});

it('schedules no look-ups without a URL', async () => {
	const { requests } = await suspendWith();
	expect(jest.getTimerCount()).toBe(0);
	await jest.advanceTimersByTimeAsync(600_000);
	expect(requests).toEqual([]);
});
