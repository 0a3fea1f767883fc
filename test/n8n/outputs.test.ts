import { startSandbox, type Sandbox } from '../../sandbox';
import { HOST_ROUTES, startN8n, type N8n, type Run } from './instance';
import { cdyne } from './workflow';

const HANDSET = '17575550142';
const UNDELIVERED = '17575550161';

/** The outputs by outcome. An n8n that passes on only one output after a wait has just the first. */
const FAILED = HOST_ROUTES ? 1 : 0;
const TIMED_OUT = HOST_ROUTES ? 2 : 0;
const ERROR = HOST_ROUTES ? 3 : 1;

describe('The outputs of items', () => {
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
		[0, 1, 2, 3].map((index) => (index === output ? count : 0));
	const sent = () => sandbox.messages.list({ direction: 'out' });

	const toErrors = { onError: 'continueErrorOutput' };
	const two = [
		{ to: HANDSET, name: 'Anna' },
		{ to: UNDELIVERED, name: 'Bert' },
	];

	it('two items for a wait both fail, with their fields, and nothing is sent', async () => {
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
		['a limit that is not a number', { options: { concurrency: 'many' } }],
	])('%s fails every item, and nothing is sent', async (_title, parameters) => {
		const run = await n8n.run([cdyne('SMS', 'send', parameters, toErrors)], two);
		expect(run.error).toBeUndefined();
		expect(outputsOf(run)).toEqual([0, 2, 0, 0]);
		expect(sent()).toEqual([]);
	});

	it('a limit that passes while the message is sent outputs the item with its ID', async () => {
		sandbox.faults.add({ operation: 'AdvancedSMSsend', kind: 'delay', when: 'after', ms: 4_000 });
		const maxDateAndTime = '={{ $now.plus({ seconds: 2 }).toISO() }}';
		const values = { limitType: 'atSpecifiedTime', maxDateAndTime };
		const options = { limitWaitTime: { values } };
		const run = await n8n.run([toWait({ options })], [{ to: HANDSET }]);
		expect(run.error).toBeUndefined();
		expect(outputsOf(run)).toEqual(only(TIMED_OUT));
		expect(run.json('SMS', TIMED_OUT)).toMatchObject([
			{ messageId: sent()[0].id, outcome: 'timedOut' },
		]);
	});

	it('Always Output Data adds no empty item to a failed one', async () => {
		const run = await n8n.run([toWait({}, { alwaysOutputData: true })], [{ to: UNDELIVERED }]);
		expect(outputsOf(run)).toEqual(only(FAILED));
		expect(run.json('SMS', FAILED)).toMatchObject([{ to: `+${UNDELIVERED}`, outcome: 'failed' }]);
	});

	it.each(['Ask {{customer}}', 'constructor', 'toString', 'valueOf', `"it's" \\ ${'`'}q${'`'} 👍`])(
		'a node named %s can wait',
		async (name) => {
			const run = await n8n.run([{ ...toWait(), name }], [{ to: HANDSET }]);
			expect(run.error).toBeUndefined();
			expect(run.json(name)).toMatchObject([{ to: `+${HANDSET}`, outcome: 'delivered' }]);
		},
	);

	it('an error item contains the details for decisions in the workflow', async () => {
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

	it('texts are accepted as booleans and numbers, because variables of n8n are texts', async () => {
		const parameters = {
			simplify: 'false',
			options: { skipIfReferenceExists: 'true', referenceId: 'r-1' },
		};
		const nodes = [cdyne('SMS', 'send', parameters)];
		await n8n.run(nodes, [{ to: HANDSET }]);
		const again = await n8n.run(nodes, [{ to: HANDSET }]);
		expect(sent()).toHaveLength(1);
		expect(again.json('SMS')).toMatchObject([{ alreadySent: true, raw: expect.anything() }]);
	});
});
