/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import {
	addRows,
	changeExample,
	execute,
	fillIn,
	followExample,
	publishExamples,
	rowsOf,
	selectModel,
	startedBy,
} from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n } from './instance';
import { startScriptedModel } from './scriptedModel';
import type { ModelRequest, ScriptedModel, Turn } from './scriptedModel';

const EXAMPLE = 'an-agent-that-answers-texts';
const RETURN = 'return-a-number-to-the-agent';
const CDYNE = '17575550100';
const ANNA = '17575550142';
const BEN = '17575550143';
const CHRIS = '17575550144';
const DANA = '17575550145';
const TEXTS = 'texts for the agent';
const COLLEAGUE = 'A colleague takes over and will reply soon.';
const HAND_OVER = 'Hand_over_to_a_person';

describe('The example workflow in which an agent replies to texts', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let model: ScriptedModel;
	let live: Live;
	let returning: Live;
	/** The next turns of the model. After the last one it replies with the number of the request. */
	let turns: Array<(request: ModelRequest) => Turn>;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 50, carrier: 50, delivered: 50 } });
		n8n = await startN8n();
		turns = [];
		model = await startScriptedModel((request) => {
			const turn = turns.shift() ?? (() => ({ text: `Reply ${model.requests.length}` }));
			return turn(request);
		});
		await publishExamples(n8n, sandbox, [EXAMPLE, RETURN]);
		await selectModel(n8n, EXAMPLE, model);
		live = await followExample(n8n, EXAMPLE);
		await limit({});
		live = await followExample(n8n, EXAMPLE);
		returning = await followExample(n8n, RETURN);
	});
	afterAll(async () => {
		await n8n?.stop();
		await model?.close();
		await sandbox?.close();
	});
	afterEach(() => {
		turns = [];
		model.requests.length = 0;
		sandbox.messages.clear();
		sandbox.postbacks.options.copies = 1;
	});

	const limit = async (changes: Record<string, number>) => {
		const limits = {
			secondsOfSilence: 2,
			repliesPerDay: 50,
			repliesInTenMinutes: 50,
			...changes,
		};
		const assignments = Object.entries(limits).map(([name, value]) => ({
			id: name,
			name,
			value,
			type: 'number',
		}));
		await changeExample(n8n, live, { Limits: { assignments: { assignments } } });
	};
	const receive = async (from: string, text: string) =>
		await sandbox.simulators.get('cdyne')!.reply!({ from, to: CDYNE, text });
	/** The execution that a text starts, once it has ended. */
	const runOf = async (from: string, text: string) => {
		const run = await n8n.finished(
			await startedBy(n8n, live, async () => await receive(from, text)),
		);
		expect(run.error).toBeUndefined();
		return run;
	};
	const texts = (handset: string) =>
		sandbox.messages.list({ direction: 'out', handset }).map(({ text }) => text);

	it('a click: the agent replies to a sample text', async () => {
		const run = await execute(n8n, live);
		expect(run.error).toBeUndefined();
		expect(texts(ANNA)).toEqual(['Reply 1']);
	});

	it('ten turns: each text gets one reply, and the agent remembers the earlier ones', async () => {
		const said = Array.from({ length: 10 }, (_, index) => `Question ${index + 1}`);
		for (const [index, text] of said.entries()) {
			await runOf(BEN, text);
			expect(texts(BEN)).toHaveLength(index + 1);
		}
		expect(texts(BEN)).toEqual(said.map((_, index) => `Reply ${index + 1}`));
		expect(model.requests.at(-1)?.prompt).toBe(said.join('\n'));
	});

	it('the conversation with another number is another one', async () => {
		await runOf(CHRIS, 'Are you open?');
		expect(model.requests.map(({ prompt }) => prompt)).toEqual(['Are you open?']);
		expect(texts(CHRIS)).toEqual(['Reply 1']);
	});

	it('quick texts are one question', async () => {
		const before = await live.count('success');
		const said = ['Hello', 'one more thing', 'what is a wash?'];
		for (const text of said) {
			await receive(DANA, text);
			// as fast as somebody types, because CDYNE posts texts of the same moment in any order
			await pause(600);
		}
		await until(async () => (await live.count('success')) === before + 3);
		expect(model.requests.map(({ prompt }) => prompt)).toEqual([said.join('\n')]);
		expect(texts(DANA)).toEqual(['Reply 1']);
	});

	it('a postback that is repeated gets one reply', async () => {
		sandbox.postbacks.options.copies = 2;
		const rows = async () =>
			(await rowsOf(n8n, TEXTS)).filter(({ text }) => text === 'Only once, please');
		const before = await live.count('success');
		await receive(CHRIS, 'Only once, please');
		await until(async () => (await live.count('success')) === before + 2);
		expect(model.requests).toHaveLength(1);
		expect(texts(CHRIS)).toEqual(['Reply 1']);
		expect(await rows()).toMatchObject([{ state: 'answered' }]);
	});

	it('STOP, HELP and START never reach the model', async () => {
		const words = ['HELP', 'Stop.', 'start'];
		for (const word of words) await receive('17575550146', word);
		await runOf(CHRIS, 'Is anybody there?');
		expect(model.requests).toHaveLength(1);
		const saved = await rowsOf(n8n, TEXTS);
		expect(saved.filter(({ phone }) => phone === '+17575550146')).toEqual([]);
	});

	it('HUMAN: a person takes over, and gives the number back', async () => {
		const taken = await runOf(ANNA, 'human!');
		expect(texts(ANNA)).toEqual([COLLEAGUE]);
		expect(taken.json('A person replies')).toMatchObject([{ phone: `+${ANNA}`, text: 'human!' }]);
		const silent = await runOf(ANNA, 'My hair is green');
		expect(silent.json('A person replies')).toEqual([
			{ phone: `+${ANNA}`, text: 'My hair is green', reason: 'A person has this thread' },
		]);
		expect(texts(ANNA)).toEqual([COLLEAGUE]);
		expect(model.requests).toEqual([]);

		const id = await fillIn(n8n, returning, 'return-to-the-agent', ['(757) 555-0142']);
		expect((await n8n.finished(id)).error).toBeUndefined();
		await runOf(ANNA, 'Thank you. When are you open?');
		expect(texts(ANNA)).toEqual([COLLEAGUE, 'Reply 1']);
	});

	it('the agent hands over with its tool, and its own reply is not sent', async () => {
		turns = [() => ({ calls: [{ tool: HAND_OVER, input: {} }] }), () => ({ text: 'Done' })];
		const run = await runOf(DANA, 'You burnt my ear');
		expect(texts(DANA)).toEqual([COLLEAGUE]);
		expect(run.json('A person replies')).toMatchObject([{ text: 'You burnt my ear' }]);
		await runOf(DANA, 'Hello?');
		expect(texts(DANA)).toEqual([COLLEAGUE]);
		expect(model.requests).toHaveLength(2);
	});

	it('a reply of more than two segments is not sent, and a person is told', async () => {
		turns = [() => ({ text: 'We are open. '.repeat(40) })];
		const run = await runOf(CHRIS, 'Tell me everything');
		expect(texts(CHRIS)).toEqual([]);
		expect(run.json('A person replies')).toEqual([
			{
				phone: `+${CHRIS}`,
				text: 'Tell me everything',
				reason: expect.stringContaining('Max Segments allows 2'),
			},
		]);
	});

	it('a model that fails leaves the text to a person', async () => {
		turns = [() => ({ status: 400 })];
		const run = await runOf(CHRIS, 'Still there?');
		expect(texts(CHRIS)).toEqual([]);
		expect(run.json('A person replies')).toMatchObject([{ text: 'Still there?' }]);
	});

	it('replies within ten minutes, and per day, are limited', async () => {
		const robot = '17575550147';
		await limit({ repliesInTenMinutes: 1 });
		await runOf(robot, 'Thank you');
		const second = await runOf(robot, 'Thank you very much');
		await limit({ repliesPerDay: 1 });
		const third = await runOf(robot, 'Thanks');
		await limit({});
		expect(texts(robot)).toEqual(['Reply 1']);
		expect([second, third].map((run) => run.json('A person replies')[0].reason)).toEqual([
			'The limit of replies in ten minutes',
			'The limit of replies for today',
		]);
	});

	it('a text whose execution crashed is left to a person, once', async () => {
		const lost = { eventId: 'lost', phone: `+${BEN}`, text: 'Are you open?', question: '' };
		await addRows(n8n, TEXTS, [{ ...lost, state: 'taken' }]);
		// all rows are old enough
		const conditions = ['answered', 'person'].map((keyValue) => ({
			keyName: 'state',
			condition: 'neq',
			keyValue,
		}));
		await changeExample(n8n, live, { 'Texts without a reply': { filters: { conditions } } });
		const look = async () =>
			(await execute(n8n, live, { from: 'Every five minutes' })).json('A person looks at it');
		expect(await look()).toMatchObject([{ phone: `+${BEN}`, text: 'Are you open?' }]);
		expect(await look()).toEqual([]);
		expect(texts(BEN)).toEqual([]);
	});
});
