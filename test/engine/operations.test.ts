import { startSandbox, type Sandbox } from '../../sandbox';
import type { RunResult } from './engine';
import {
	givenBy,
	inputOf,
	OPERATIONS,
	prepare,
	PROVIDERS,
	runProvider,
	titleOf,
} from './operations';
import { misfits, missing } from './shape';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());

describe.each(OPERATIONS.map((row) => [titleOf(row), row] as const))('%s', (_title, row) => {
	let result: RunResult;
	let asked: string[];
	let texted: string[];
	beforeAll(async () => {
		const parameters = await prepare(row, sandbox);
		sandbox.requests.clear();
		const before = sandbox.messages.list({ direction: 'out' }).length;
		result = await runProvider(row.provider, sandbox, parameters, { input: inputOf(row) });
		asked = sandbox.requests.list().map(({ operation }) => operation);
		const sent = sandbox.messages.list({ direction: 'out' }).slice(before);
		texted = sent.map(({ handset }) => handset).sort();
	});
	afterAll(() => sandbox.reset());

	it('ends without an error', () => expect(result.error).toBeUndefined());

	it('gives what it should', () => {
		const wanted = row.output.map((one) => expect.objectContaining(one));
		expect(result.json).toEqual(expect.arrayContaining(wanted));
	});

	it('gives what its output schema says', () => {
		const gives = givenBy(row.provider, row.parameters);
		expect(misfits(gives, result.json)).toEqual([]);
		expect(missing(gives, result.json)).toEqual([]);
	});

	it('asks the provider for what it needs, once', () => expect(asked).toEqual(row.calls));

	it('texts whom it should and nobody else', () => expect(texted).toEqual(row.handsets));
});

describe('the table of operations', () => {
	it.each(Object.entries(PROVIDERS))('leaves no operation of %s out', (provider, { node }) => {
		const waiting = ['sendAndWait', 'sendAndWaitForDelivery'];
		const offered = node.description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions, options = [] }) => {
				const [resource] = displayOptions?.show?.resource ?? [];
				return options.map((option) => `${resource}.${'value' in option && option.value}`);
			})
			.filter((name) => !waiting.includes(name.split('.')[1]));
		const listed = OPERATIONS.filter((row) => row.provider === provider);
		const names = listed.map(({ name }) => name.split(' ')[0]);
		expect([...new Set(names)].sort()).toEqual(offered.sort());
	});

	it('gives each row a number of its own', () => {
		const numbers = OPERATIONS.flatMap(({ handsets }) => handsets);
		expect(new Set(numbers).size).toBe(numbers.length);
	});
});
