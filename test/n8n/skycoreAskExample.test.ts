import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { execute, followExample, publishExamples, rowsOf, start } from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n, Run } from './instance';

const ASK = 'ask-with-skycore';
const FOLLOW = 'send-with-skycore-and-follow-it';
const SHARE = 'share-what-skycore-posts';
const ANNA = '17575550142';
const BEN = '17575550143';
const CHRIS = '17575550144';
const TABLE = 'questions with skycore';
const ENDS = [
	'They come',
	'They do not come',
	'No reply',
	'Text them no more',
	'A person reads it',
	'Another question is open',
	'Not sent',
];

describe.each(['regular', 'queue'] as const)('Asking with Skycore, in %s mode', (mode) => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let asking: Live;
	let sharing: Live;
	beforeAll(async () => {
		const settings = { skycore: { postbackEveryMs: 0 } };
		sandbox = await startSandbox({
			port: 0,
			pace: { sent: 50, carrier: 50, delivered: 50 },
			settings,
		});
		n8n = await startN8n({ mode });
		await publishExamples(n8n, sandbox, [ASK, FOLLOW, SHARE]);
		asking = await followExample(n8n, ASK);
		sharing = await followExample(n8n, SHARE);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => Object.assign(sandbox.postbacks.options, { copies: 1 }));

	const ask = async (to: string) =>
		await start(n8n, asking, 'ask-with-skycore', { to, message: 'Yes or no?' });
	const reply = async (from: string, text: string) =>
		await sandbox.simulators.get('skycore')!.reply!({ from, text });
	const untilAsked = async (id: string) =>
		await until(async () => (await n8n.finished(id, 'waiting')).status === 'waiting');
	const resultsOf = (run: Run) => {
		expect(run.error).toBeUndefined();
		return ENDS.flatMap((name) => run.json(name).map(({ result }) => [name, result]));
	};

	it.each([
		[ANNA, ' yes! ', 'They come', `${ANNA} said yes`],
		[BEN, 'No', 'They do not come', `${BEN} said no`],
		[BEN, 'Maybe', 'A person reads it', `${BEN} replied: Maybe`],
	])('%s replies %s: %s', async (number, text, end, result) => {
		const id = await ask(number);
		await untilAsked(id);
		await reply(number, text);
		expect(resultsOf(await n8n.finished(id))).toEqual([[end, result]]);
		expect(await rowsOf(n8n, TABLE)).toEqual([]);
	});

	it('a repeated postback changes nothing', async () => {
		sandbox.postbacks.options.copies = 2;
		const id = await ask(ANNA);
		await untilAsked(id);
		await reply(ANNA, 'YES');
		expect(resultsOf(await n8n.finished(id))).toEqual([['They come', `${ANNA} said yes`]]);
		await until(async () => (await sharing.count('running', 'new')) === 0);
		// the copy is not taken for the reply to the next question
		sandbox.postbacks.options.copies = 1;
		const next = await ask(ANNA);
		await untilAsked(next);
		await reply(ANNA, 'NO');
		expect(resultsOf(await n8n.finished(next))).toEqual([['They do not come', `${ANNA} said no`]]);
	});

	it('a second question to the same number is not sent while the first is open', async () => {
		const first = await ask(CHRIS);
		await untilAsked(first);
		const second = await n8n.finished(await ask('+1 (757) 555-0144'));
		expect(resultsOf(second)).toEqual([['Another question is open', expect.any(String)]]);
		expect(sandbox.messages.list({ direction: 'out', handset: CHRIS })).toHaveLength(1);
		await n8n.restart();
		await reply(CHRIS, 'YES');
		expect(resultsOf(await n8n.finished(first))).toEqual([['They come', `${CHRIS} said yes`]]);
	});

	it('STOP ends the wait', async () => {
		const id = await execute(n8n, asking, { until: 'waiting' }).then((run) => run.id);
		await untilAsked(id);
		await reply(ANNA, 'STOP');
		expect(resultsOf(await n8n.finished(id))).toEqual([
			['Text them no more', '+1 757 555 0142 opted out'],
		]);
	});
});
