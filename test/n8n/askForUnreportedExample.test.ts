import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import {
	call,
	changeExample,
	execute,
	followExample,
	publishExamples,
	rowsOf,
} from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n } from './instance';

const EXAMPLE = 'ask-for-what-never-reported-back';
const TABLE = 'sent messages';

describe('The example workflow that looks up messages that never reported back', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let live: Live;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 900, carrier: 50, delivered: 50 } });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox, [EXAMPLE]);
		live = await followExample(n8n, EXAMPLE);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	const statuses = async () =>
		Object.fromEntries((await rowsOf(n8n, TABLE)).map(({ to, status }) => [to, status]));

	it('a click sends three texts and stores the reported statuses', async () => {
		const run = await execute(n8n, live);
		expect(run.error).toBeUndefined();
		await until(async () => Object.values(await statuses()).includes('delivered'));
		await until(async () => (await statuses())['+17575550142'] === 'delivered');
		await until(async () => (await statuses())['+37255512345'] === 'delivered');
		expect((await statuses())['+37255500161']).toBe('queued');
	});

	it('nothing is looked up within the first hour', async () => {
		sandbox.requests.clear();
		const run = await execute(n8n, live, { from: 'Every hour' });
		expect(run.error).toBeUndefined();
		expect(run.json('Report')).toEqual([]);
		expect(sandbox.requests.list()).toEqual([]);
	});

	it('after an hour a hundred texts of Wooxy are looked up in one request, and the rest is reported', async () => {
		// no status is posted for these
		const silent = Array.from({ length: 98 }, (_, index) => ({
			to: `+37255510${100 + index}`,
			message: 'Your table is free.',
		}));
		for (const { to } of silent) sandbox.numbers.set(to, 'undelivered');
		silent.push({ to: '+372 5550 0165', message: 'Your table is free.' });
		silent.push({ to: '+1 757 555 0165', message: 'Your table is free.' });
		const before = await live.count('success');
		await call(n8n, 'send-and-note', { texts: silent });
		await until(async () => (await live.count('success')) > before);
		await changeExample(n8n, live, {
			'Not final after an hour': {
				filters: { conditions: [{ keyName: 'isFinal', condition: 'isFalse' }] },
			},
		});
		const ended = (status: string) => sandbox.messages.list({ status: status as 'undelivered' });
		await until(() => ended('undelivered').length === 99);

		sandbox.requests.clear();
		const run = await execute(n8n, live, { from: 'Every hour' });
		expect(run.error).toBeUndefined();
		expect(sandbox.requests.list().map(({ operation }) => operation)).toEqual(
			expect.arrayContaining(['sms/info', 'GetMessageStatus']),
		);
		expect(sandbox.requests.list().filter(({ provider }) => provider === 'wooxy')).toHaveLength(1);
		const [report] = run.json('Report');
		expect(report.asked).toBe(101);
		expect(report.open.map(({ to }: { to: string }) => to).sort()).toEqual([
			'+17575550165',
			'+37255500165',
		]);
		expect(report.perStatus).toEqual(
			expect.arrayContaining([
				{ label: 'delivered', value: 2 },
				{ label: 'undelivered', value: 99 },
				{ label: 'sent', value: 2 },
			]),
		);
		expect(report.perProvider).toEqual(
			expect.arrayContaining([
				{ label: 'cdyne', value: 2 },
				{ label: 'wooxy', value: 101 },
			]),
		);
		expect(
			report.perDay.reduce((sum: number, { value }: { value: number }) => sum + value, 0),
		).toBe(103);
	});
});
