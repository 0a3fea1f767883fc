import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { changeExample, execute, followExample, publishExamples, start } from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n } from './instance';

const EXAMPLE = 'alert-whoever-is-on-call';
const ANNA = '17575550142';
const BEN = '17575550143';
const CHRIS = '17575550144';
const DANA = '37255512345';
const LIST = 'Who is on call';
const TEAM = [ANNA, BEN, CHRIS, DANA];
const OTHERS = ['17575550151', '17575550152', '17575550153', '37255512346'];
const ALERT = 'Checkout answers with errors';

describe('The example workflow that alerts whoever is on call', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let live: Live;
	let silent: string;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 600, carrier: 100, delivered: 100 } });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox, [EXAMPLE]);
		live = await followExample(n8n, EXAMPLE);
		// nobody replies to this alert; n8n checks once a minute which waits have ended
		await onCall(0.02, OTHERS);
		sandbox.numbers.set(OTHERS[0], 'undelivered');
		sandbox.numbers.set(OTHERS[1], 'undelivered');
		silent = await raise();
		const { name, parameters } = live.workflow.nodes.find((node) => node.name === LIST)!;
		await changeExample(n8n, live, { [name]: parameters });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.faults.clear());

	/** Sets the minutes for each person, and their numbers. */
	const onCall = async (minutes: number, [anna, ben, chris, last]: string[]) => {
		const people = [anna, ben, chris].map((phone, index) => ({
			name: ['Anna', 'Ben', 'Chris'][index],
			phone,
			minutes,
		}));
		const list = { people, last: { name: 'Dana', phone: last, minutes: 0.2 } };
		// indented, because n8n reads two closing braces as the end of an expression
		const listJson = JSON.stringify(list, null, 1);
		const jsonOutput = `={{ { alert: $json.body.alert, ...${listJson} } }}`;
		await changeExample(n8n, live, { [LIST]: { jsonOutput } });
	};
	const raise = async () => await start(n8n, live, 'alert-on-call', { alert: ALERT });
	const texts = (handset: string) =>
		sandbox.messages.list({ direction: 'out', handset }).map(({ text }) => text);
	/** Waits until a handset has the question and the execution waits for the reply. */
	const untilAsked = async (id: string, handset: string) =>
		await until(async () => {
			const arrived = sandbox.messages.list({ direction: 'out', handset, status: 'delivered' });
			const { status } = await n8n.finished(id, 'waiting');
			return arrived.some(({ text }) => text.includes('Reply ACK')) && status === 'waiting';
		});
	const reply = async (from: string, text: string) =>
		await sandbox.simulators.get('cdyne')!.reply!({ from, text });

	it('a click: the first person acknowledges, and nobody else is texted', async () => {
		const { id } = await execute(n8n, live, { until: 'waiting' });
		await untilAsked(id, ANNA);
		await reply(ANNA, 'ack!');
		const run = await n8n.finished(id);
		expect(run.error).toBeUndefined();
		expect(texts(ANNA)).toEqual([
			`${ALERT}. Reply ACK to take it, within 10 minutes.`,
			`Anna has it: ${ALERT}`,
		]);
		expect([BEN, CHRIS, DANA].flatMap(texts)).toEqual([]);
	});

	it('the next person is texted after one who is not reached or texts STOP', async () => {
		await onCall(10, TEAM);
		sandbox.numbers.set(ANNA, 'undelivered');
		const id = await raise();
		await untilAsked(id, BEN);
		await reply(BEN, 'who is this');
		await reply(BEN, 'STOP');
		await untilAsked(id, CHRIS);
		await reply(CHRIS, 'ACK');
		const run = await n8n.finished(id);
		expect(run.error).toBeUndefined();
		const outcomes = (output: number) =>
			run.json('Text and wait for ACK', output).map(({ outcome }) => outcome);
		expect(outcomes(0)).toEqual(['declined', 'answered']);
		expect(outcomes(1)).toEqual(['failed']);
		expect(texts(CHRIS).at(-1)).toBe(`Chris has it: ${ALERT}`);
		expect(texts(ANNA).at(-1)).toBe(`Chris has it: ${ALERT}`);
		expect(texts(DANA)).toEqual([]);
	});

	it('if the last person is not reached either, the execution fails', async () => {
		await onCall(10, [...TEAM.slice(0, 3), '37255500161']);
		sandbox.faults.add({ kind: 'status', status: 429, provider: 'cdyne', times: 'always' });
		const run = await n8n.finished(await raise());
		expect(run.error?.message).toContain(`Nobody was reached: ${ALERT}`);
	});

	it('if nobody replies, each person is texted once, in order, and the last one by the other provider', async () => {
		await until(async () => (await n8n.finished(silent, 'waiting')).isOver, 90_000);
		const run = await n8n.finished(silent);
		expect(run.json('The last one has it')).toEqual([{ alert: ALERT, name: 'Dana' }]);
		const sent = sandbox.messages
			.list({ direction: 'out' })
			.filter(({ handset }) => OTHERS.includes(handset));
		expect(sent.map(({ handset, provider }) => `${handset} ${provider}`)).toEqual([
			`${OTHERS[0]} cdyne`,
			`${OTHERS[1]} cdyne`,
			`${OTHERS[2]} cdyne`,
			`${OTHERS[3]} wooxy`,
		]);
		expect(texts(OTHERS[3])).toEqual([
			`${ALERT}. Anna, Ben, Chris did not acknowledge: it is yours, Dana.`,
		]);
	});
});
