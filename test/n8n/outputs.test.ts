import { startSandbox, type Sandbox } from '../../sandbox';
import { HOST_ROUTES, startN8n, type N8n, type Run } from './instance';
import { cdyne } from './workflow';

const HANDSET = '17575550142';
const UNDELIVERED = '17575550161';

/** Where the items of a wait leave: an n8n that passes on one output after a wait only has the one. */
const FAILED = HOST_ROUTES ? 1 : 0;
const NO_ANSWER = HOST_ROUTES ? 2 : 0;
const ERROR = HOST_ROUTES ? 3 : 1;

describe('By which output items leave', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 900, carrier: 300, delivered: 300 } });
		n8n = await startN8n({ sandbox });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const toWait = (parameters = {}, more = {}) =>
		cdyne('SMS', 'sendAndWaitForDelivery', parameters, more);
	const outputsOf = (run: Run) => [0, 1, 2, 3].map((output) => run.json('SMS', output).length);
	const only = (output: number, count = 1) =>
		[0, 1, 2, 3].map((one) => (one === output ? count : 0));
	const sent = () => sandbox.messages.list({ direction: 'out' });

	const toErrors = { onError: 'continueErrorOutput' };
	const two = [
		{ to: HANDSET, name: 'Anna' },
		{ to: UNDELIVERED, name: 'Bert' },
	];

	it('two items for a wait are errors of both, with their fields, and nothing is sent', async () => {
		const run = await n8n.run([toWait({}, toErrors)], two);
		expect(run.error).toBeUndefined();
		expect(outputsOf(run)).toEqual(only(ERROR, 2));
		expect(run.json('SMS', ERROR)).toMatchObject(
			two.map((item) => ({ ...item, details: { nothingSent: true } })),
		);
		expect(sent()).toEqual([]);
	});

	it.each([
		['an operation that does not exist', { operation: 'nonsense' }],
		['a Simplify that cannot be evaluated', { simplify: '={{ $("Nowhere").item.json.a }}' }],
		['a limit that is no number', { options: { concurrency: 'many' } }],
	])('%s is an error of each item, and nothing is sent', async (_title, parameters) => {
		const run = await n8n.run([cdyne('SMS', 'send', parameters, toErrors)], two);
		expect(run.error).toBeUndefined();
		expect(outputsOf(run)).toEqual([0, 2, 0, 0]);
		expect(sent()).toEqual([]);
	});

	it('a limit that passes while the message is sent lets the item go with its id', async () => {
		sandbox.faults.add({ operation: 'AdvancedSMSsend', kind: 'delay', when: 'after', ms: 4_000 });
		const maxDateAndTime = '={{ $now.plus({ seconds: 2 }).toISO() }}';
		const limit = { limitWaitTime: true, limitType: 'atSpecifiedTime', maxDateAndTime };
		const run = await n8n.run([toWait(limit)], [{ to: HANDSET }]);
		expect(run.error).toBeUndefined();
		expect(outputsOf(run)).toEqual(only(NO_ANSWER));
		expect(run.json('SMS', NO_ANSWER)).toMatchObject([
			{ messageId: sent()[0].id, outcome: 'noAnswer' },
		]);
	});

	it('Always Output Data adds no empty item beside one that failed', async () => {
		const run = await n8n.run([toWait({}, { alwaysOutputData: true })], [{ to: UNDELIVERED }]);
		expect(outputsOf(run)).toEqual(only(FAILED));
		expect(run.json('SMS', FAILED)).toMatchObject([{ to: UNDELIVERED, outcome: 'failed' }]);
	});

	it.each(['Ask {{customer}}', 'constructor', 'toString', `"it's" \\ ${'`'}q${'`'} 👍`])(
		'a node that is called %s waits like any other',
		async (name) => {
			const run = await n8n.run([{ ...toWait(), name }], [{ to: HANDSET }]);
			expect(run.error).toBeUndefined();
			expect(run.json(name)).toMatchObject([{ to: HANDSET, outcome: 'delivered' }]);
		},
	);

	it('an error item has the details that a workflow decides by', async () => {
		const items = [{ to: '12', name: 'Anna' }, { to: HANDSET }];
		const run = await n8n.run([cdyne('SMS', 'send', {}, toErrors)], items);
		const [{ error, details, name }] = run.json('SMS', 1);
		expect(name).toBe('Anna');
		expect(error.match(/\[item/gi)).toHaveLength(1);
		expect(details).toEqual({
			kind: 'rejected',
			code: null,
			description: expect.any(String),
			nothingSent: true,
		});
	});

	it('words for booleans and numbers, as variables are, mean what they say', async () => {
		const words = {
			simplify: 'false',
			options: { skipIfReferenceExists: 'true', referenceId: 'r-1' },
		};
		const nodes = [cdyne('SMS', 'send', words)];
		await n8n.run(nodes, [{ to: HANDSET }]);
		const again = await n8n.run(nodes, [{ to: HANDSET }]);
		expect(sent()).toHaveLength(1);
		expect(again.json('SMS')).toMatchObject([{ alreadySent: true, raw: expect.anything() }]);
	});
});
