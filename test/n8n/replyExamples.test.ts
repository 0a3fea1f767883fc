import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { changeExample, execute, followExample, publishExamples } from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n } from './instance';

const REMIND = 'remind-and-hear-the-answer';
const LATE = 'fetch-late-replies';
const ANNA = '17575550142';
const BEN = '17575550143';
const UNDELIVERED = '17575550161';
const CANCELLED = 'Your appointment is cancelled. Call 757 555 0100 for a new one.';
const READ = 'Thank you. We will read this, and call you if needed.';

describe('The example workflows that remind, and fetch late replies', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let reminding: Live;
	let late: Live;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 600, carrier: 100, delivered: 100 } });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox, [REMIND, LATE]);
		reminding = await followExample(n8n, REMIND);
		late = await followExample(n8n, LATE);
		await changeExample(n8n, late, { 'Wait a minute': { amount: 1 } });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	const reply = async (from: string, text: string) =>
		await sandbox.simulators.get('cdyne')!.reply!({ from, text });
	const texts = (handset: string) =>
		sandbox.messages.list({ direction: 'out', handset }).map(({ text }) => text);
	const isDelivered = (handset: string) =>
		sandbox.messages.list({ direction: 'out', handset, status: 'delivered' }).length > 0;
	/** The items of a node in all executions that have ended. */
	const told = async (node: string) => {
		const executions = await n8n.rest.executions(reminding.workflow.id);
		const ended = executions.filter(({ status }) => status === 'success');
		const runs = await Promise.all(ended.map(async ({ id }) => await n8n.finished(id)));
		return runs.flatMap((run) => run.json(node));
	};
	const fetchLate = async () => (await execute(n8n, late)).json('Tell the desk');

	it('C cancels, and any other reply is told to the desk', async () => {
		expect((await execute(n8n, reminding)).error).toBeUndefined();
		await until(async () => (await reminding.count('waiting')) === 2);
		await until(() => isDelivered(ANNA) && isDelivered(BEN));
		await reply(ANNA, 'c.');
		await reply(BEN, 'Can I come later?');
		await until(async () => (await told('Tell the desk')).length === 2);
		await until(() => texts(ANNA).length === 2 && texts(BEN).length === 2);
		expect(texts(ANNA)).toEqual([expect.stringContaining('Reply C to cancel'), CANCELLED]);
		expect(texts(BEN)).toEqual([expect.stringContaining('tomorrow at 14:30'), READ]);
		const desk = await told('Tell the desk');
		expect(desk.sort((a, b) => String(a.name).localeCompare(String(b.name)))).toMatchObject([
			{ what: 'Cancels', name: 'Anna', phone: `+${ANNA}`, text: 'c.' },
			{ what: 'Replies', name: 'Ben', phone: `+${BEN}`, text: 'Can I come later?' },
		]);
	});

	it('nobody is reminded twice', async () => {
		const before = sandbox.messages.list({ direction: 'out' }).length;
		const run = await execute(n8n, reminding);
		expect(run.json('Save the reminder')).toEqual([]);
		expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(before);
	});

	it('replies that a workflow has handled are not late, and others are, once', async () => {
		expect(await fetchLate()).toEqual([]);
		await reply(ANNA, 'Sorry, I can come');
		expect(await fetchLate()).toMatchObject([{ phone: `+${ANNA}`, text: 'Sorry, I can come' }]);
		expect(await fetchLate()).toEqual([]);
	});

	it('a reminder that fails is told to the desk once', async () => {
		const jsonOutput = `={{ { appointments: ['${UNDELIVERED}', 'unknown'].map((phone, index) => (
			{ id: 'failing ' + index, name: 'Chris', phone, at: $now.plus({ days: 1 }).toISO() }
		)) } }}`;
		await changeExample(n8n, reminding, { 'The appointments': { jsonOutput } });
		await execute(n8n, reminding);
		await until(async () => (await told('Call them instead')).length === 2);
		await until(async () => (await reminding.count('running', 'new', 'waiting')) === 0);
		const desk = await told('Call them instead');
		expect(desk.map(({ phone }) => phone).sort()).toEqual([UNDELIVERED, 'unknown']);
		expect(desk.every(({ reason }) => typeof reason === 'string' && reason !== '')).toBe(true);
	});
});
