import { startSandbox, type Sandbox } from '../../sandbox';
import {
	start,
	changeExample,
	execute,
	followExample,
	publishExamples,
	until,
} from './exampleWorkflows';
import { startN8n, type Live, type N8n } from './instance';

const EXAMPLE = 'alert-whoever-is-on-call';
const ANNA = '17575550142';
const BEN = '17575550143';
const CHRIS = '17575550144';
const DANA = '37255512345';
const ALERT = 'Checkout answers with errors';

describe('The example workflow that alerts whoever is on call', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let live: Live;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 600, carrier: 100, delivered: 100 } });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox, [EXAMPLE]);
		live = await followExample(n8n, EXAMPLE);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	/** How many minutes each has, and who the last one is. */
	const patience = async (minutes: number, last = DANA) => {
		const people = [ANNA, BEN, CHRIS].map((phone, index) => ({
			name: ['Anna', 'Ben', 'Chris'][index],
			phone,
			minutes,
		}));
		const list = { people, last: { name: 'Dana', phone: last, minutes: 0.2 } };
		// n8n takes two closing braces for the end of an expression
		const given = JSON.stringify(list, null, 1);
		const jsonOutput = `={{ { alert: $json.body.alert, ...${given} } }}`;
		await changeExample(n8n, live, { 'Who is on call': { jsonOutput } });
	};
	const raise = async () => await start(n8n, live, 'alert-on-call', { alert: ALERT });
	const texts = (handset: string) =>
		sandbox.messages.list({ direction: 'out', handset }).map(({ text }) => text);
	const asked = async (handset: string) => {
		const isThere = () =>
			sandbox.messages
				.list({ direction: 'out', handset })
				.some(({ status, text }) => text.includes('Reply ACK') && status === 'delivered');
		await until(async () => isThere() && (await live.count('waiting')) > 0);
	};
	const reply = async (from: string, text: string) =>
		await sandbox.simulators.get('cdyne')!.reply!({ from, text });

	it('the first one takes it, and nobody else is texted', async () => {
		const running = execute(n8n, live);
		await asked(ANNA);
		await reply(ANNA, 'ack!');
		const run = await running;
		expect(run.error).toBeUndefined();
		expect(texts(ANNA)).toEqual([
			`${ALERT}. Reply ACK to take it, within 10 minutes.`,
			`Anna has it: ${ALERT}`,
		]);
		expect([BEN, CHRIS, DANA].flatMap(texts)).toEqual([]);
	});

	it('who is silent, texts STOP or is not reached is followed by the next one', async () => {
		await patience(5);
		sandbox.numbers.set(ANNA, 'undelivered');
		const id = await raise();
		await asked(BEN);
		await reply(BEN, 'who is this');
		await reply(BEN, 'STOP');
		await asked(CHRIS);
		await reply(CHRIS, 'ACK');
		const run = await n8n.finished(id);
		expect(run.error).toBeUndefined();
		expect(run.json('Text and wait for ACK').map(({ outcome }) => outcome)).toEqual([
			'failed',
			'declined',
			'answered',
		]);
		expect(texts(CHRIS).at(-1)).toBe(`Chris has it: ${ALERT}`);
		expect(texts(ANNA).at(-1)).toBe(`Chris has it: ${ALERT}`);
		expect(texts(DANA)).toEqual([]);
	});

	it('nobody answers: each is asked once, in order, and the last one by the other provider', async () => {
		await patience(0.02);
		sandbox.numbers.set(ANNA, 'undelivered');
		sandbox.numbers.set(BEN, 'undelivered');
		const id = await raise();
		await asked(CHRIS);
		// n8n looks once a minute for whose time is over, and when it starts
		await n8n.restart();
		const run = await n8n.finished(id);
		expect(run.json('The last one has it')).toEqual([{ alert: ALERT, name: 'Dana' }]);
		const all = sandbox.messages.list({ direction: 'out' });
		expect(all.map(({ handset, provider }) => `${handset} ${provider}`)).toEqual([
			`${ANNA} cdyne`,
			`${BEN} cdyne`,
			`${CHRIS} cdyne`,
			`${DANA} wooxy`,
		]);
		expect(texts(DANA)).toEqual([
			`${ALERT}. Anna, Ben, Chris did not acknowledge: it is yours, Dana.`,
		]);
	});

	it('the last one is not reached either: the execution fails', async () => {
		await patience(0.02, '37255500161');
		sandbox.faults.add({ kind: 'status', status: 429, provider: 'cdyne', times: 'always' });
		const run = await n8n.finished(await raise());
		expect(run.error?.message).toContain(`Nobody was reached: ${ALERT}`);
	});
});
