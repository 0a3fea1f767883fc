import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import type { RunResult } from '../harness/engine';
import { misfits, missing } from '../harness/shape';
import {
	outputSchemaOf,
	inputOf,
	OPERATIONS,
	prepare,
	PROVIDERS,
	runProvider,
	titleOf,
} from '../tables/operations';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());

describe.each(OPERATIONS.map((row) => [titleOf(row), row] as const))('%s', (_title, row) => {
	let result: RunResult;
	let requested: string[];
	let texted: string[];
	beforeAll(async () => {
		const parameters = await prepare(row, sandbox);
		sandbox.requests.clear();
		const before = sandbox.messages.list({ direction: 'out' }).length;
		result = await runProvider(row.provider, sandbox, parameters, { input: inputOf(row) });
		requested = sandbox.requests.list().map(({ operation }) => operation);
		const sent = sandbox.messages.list({ direction: 'out' }).slice(before);
		texted = sent.map(({ handset }) => handset).sort();
	});
	afterAll(() => sandbox.reset());

	it('ends without an error', () => expect(result.error).toBeUndefined());

	it('outputs the expected items', () => {
		const expected = row.output.map((fields) => expect.objectContaining(fields));
		expect(result.json).toEqual(expect.arrayContaining(expected));
	});

	it('outputs what its schema declares', () => {
		const schema = outputSchemaOf(row.provider, row.parameters);
		expect(misfits(schema, result.json)).toEqual([]);
		expect(missing(schema, result.json)).toEqual([]);
	});

	it('makes each expected request once', () => expect(requested).toEqual(row.calls));

	it('texts the expected handsets and no other', () => expect(texted).toEqual(row.handsets));
});

describe('the table of operations', () => {
	it.each(Object.entries(PROVIDERS))('contains every operation of %s', (provider, { node }) => {
		const waits = ['sendAndWait', 'sendAndWaitForDelivery'];
		const offered = node.description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions, options = [] }) => {
				const [resource] = displayOptions?.show?.resource ?? [];
				return options.map((option) => `${resource}.${'value' in option && option.value}`);
			})
			.filter((name) => !waits.includes(name.split('.')[1]));
		const listed = OPERATIONS.filter((row) => row.provider === provider);
		const names = listed.map(({ name }) => name.split(' ')[0]);
		expect([...new Set(names)].sort()).toEqual(offered.sort());
	});

	it('uses each number in one row only', () => {
		const numbers = OPERATIONS.flatMap(({ handsets }) => handsets);
		expect(new Set(numbers).size).toBe(numbers.length);
	});
});
