import type { IDataObject, IExecuteData } from 'n8n-workflow';
import { park } from '../../nodes/shared/park';
import type { Parking } from '../../nodes/shared/wait';
import { contextWith } from './contexts';

/** What n8n stores of an execution that waits. */

const START = 1_900_000_000_000;
const UNTIL = new Date(START + 600_000);
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const secretless = <T>(value: T): T =>
	JSON.parse(JSON.stringify(value).replaceAll('secret', '***')) as T;
const UUID = /^[\da-f-]{36}$/;

interface Script extends Partial<Parking> {
	entry?: object;
	store?: IDataObject;
	set?: (key: string, value: string) => void;
}

async function parked({ entry: given, store = {}, set, ...parking }: Script = {}) {
	const node = { name: 'Node', parameters: {}, alwaysOutputData: true };
	const entry = { node, data: { main: [[]] }, source: null, ...given } as unknown as IExecuteData;
	const waits: Date[] = [];
	const asked: IDataObject[] = [];
	const context = contextWith(
		{},
		{
			getContext: () => store,
			getExecuteData: () => entry,
			putExecutionToWait: async (until: Date) => void waits.push(until),
			customData: { set },
			helpers: { httpRequest: async (request: IDataObject) => void asked.push(request) },
			logger: {},
		},
	);
	const shown = await park(
		context,
		{
			state: { of: 'secret' },
			until: UNTIL,
			atLimit: [{ json: { limit: 'secret' }, output: 2 }],
			meanwhile: [{ json: { id: 'secret' } }],
			...parking,
		},
		secretless,
	);
	return { shown, entry, node, store, waits, asked };
}

it('shows what it shows meanwhile, and waits until the limit', async () => {
	const { shown, waits } = await parked();
	expect(shown).toEqual([[{ json: { id: '***' }, pairedItem: { item: 0 } }]]);
	expect(waits).toEqual([UNTIL]);
});

it('keeps the state without secrets, under a name of its own', async () => {
	const [one, other] = [await parked(), await parked()];
	expect(one.store).toStrictEqual({
		parked: { wait: expect.stringMatching(UUID), state: { of: '***' } },
	});
	expect((one.store.parked as IDataObject).wait).not.toBe((other.store.parked as IDataObject).wait);
});

it('keeps the key of its address', async () => {
	const { store } = await parked({ store: { waitKey: 'k' } });
	expect(store.parked).toMatchObject({ key: 'k' });
});

describe('the entry that n8n stores', () => {
	it('has what leaves at the limit for its input', async () => {
		const { entry } = await parked();
		const leaving = [[], [], [{ json: { limit: '***' }, pairedItem: { item: 0 } }]];
		expect(entry.data).toEqual({ main: leaving });
	});

	it('has none for an input that is not the main one', async () => {
		const { entry } = await parked({ entry: { data: { ai_tool: [[]] } } });
		expect(entry.data).toStrictEqual({ ai_tool: [[]] });
	});

	it('says that all of it leaves, beside what was said before', async () => {
		const { entry } = await parked({ entry: { metadata: { a: 1 } } });
		expect(entry.metadata).toEqual({ a: 1, forwardAllOutputs: true });
	});

	it('has a node of its own, which adds nothing', async () => {
		const { entry, node } = await parked();
		expect(node).toMatchObject({ alwaysOutputData: true, parameters: { options: {} } });
		expect(entry.node).toEqual({ ...node, alwaysOutputData: false });
		expect(entry.node).not.toBe(node);
	});

	const first = { previousNode: 'First' };
	it.each<[string, object | null, object | null]>([
		['none', null, null],
		['none of the main input', {}, {}],
		['an empty one', { main: [] }, { main: [] }],
		['one without a node', { main: [null] }, { main: [null] }],
		['one', { main: [first] }, { main: [first, first, first] }],
		['two', { main: [first, {}], more: 1 }, { main: [first, first, first], more: 1 }],
	])('has its first source for each output, of %s', async (_, source, sources) => {
		const { entry } = await parked({ entry: { source } });
		expect(entry.source).toEqual(sources);
	});
});

describe('the execution', () => {
	it('is named by what there is', async () => {
		const names: string[][] = [];
		const set = (...name: string[]) => void names.push(name);
		await parked({ set, names: { messageId: 'm1', referenceId: null, other: '', last: 'l' } });
		expect(names).toEqual([
			['messageId', 'm1'],
			['last', 'l'],
		]);
	});

	it('has no name where nobody gives one, or this n8n takes none', async () => {
		const set = jest.fn(() => {
			throw new Error('not here');
		});
		await parked({ set });
		expect(set.mock.calls).toHaveLength(0);
		const { waits } = await parked({ set, names: { messageId: 'm1' } });
		expect(set.mock.calls).toHaveLength(1);
		expect(waits).toEqual([UNTIL]);
	});
});

it('has the status looked up where that can be done', async () => {
	const { asked, store } = await parked({ lookUpAt: 'https://n8n.example/1' });
	await jest.advanceTimersByTimeAsync(3_000);
	expect(asked).toMatchObject([{ url: 'https://n8n.example/1' }]);
	expect(JSON.parse(String(asked[0].body))).toMatchObject({
		wait: (store.parked as IDataObject).wait,
		last: false,
	});
});

it('has nothing looked up where that cannot be done', async () => {
	const { asked } = await parked();
	expect(jest.getTimerCount()).toBe(0);
	await jest.advanceTimersByTimeAsync(600_000);
	expect(asked).toEqual([]);
});
