import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { execute, fillIn, followExample, publishExamples, SPELLINGS } from './exampleWorkflows';
import { node, startN8n } from './instance';
import type { Live, N8n } from './instance';

const EXAMPLE = 'what-did-the-crashed-run-send';
const TEXTS = 60;

describe('The example workflow that finds out what a crashed run sent', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let live: Live;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		n8n = await startN8n({ sandbox });
		await publishExamples(n8n, sandbox, [EXAMPLE]);
		live = await followExample(n8n, EXAMPLE);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const sent = () => sandbox.messages.list({ direction: 'out' });

	/** Submits the form as a browser does, and returns the report. */
	async function reportOf(rows: Array<{ reference: string; to: string }>) {
		const lines = rows.map(({ reference, to }) => `${reference},${to}`);
		const csv = ['reference,to', ...lines].join('\n');
		const id = await fillIn(n8n, live, 'what-did-it-send', [{ csv }]);
		return (await n8n.finished(id)).json('Report');
	}

	it('a click reports two messages as sent and two as missing', async () => {
		const report = {
			asked: 4,
			wentOut: 2,
			stillToText: [
				{ reference: 'recall-17-2', to: '+1 757 555 0143' },
				{ reference: 'recall-17-4', to: '+39 333 555 0101' },
			],
			couldNotAsk: [],
		};
		const run = await execute(n8n, live);
		expect(run.error).toBeUndefined();
		expect(run.json('Report')).toEqual([report]);
		expect(sent()).toHaveLength(2);
	});

	it('after a real crash it lists exactly the messages that were not sent', async () => {
		const rows = Array.from({ length: TEXTS }, (_, index) => ({
			reference: `recall-18-${index}`,
			to: `1757${2_000_000 + index}`,
		}));
		const send = node('Send', 'cdyne', {
			resource: 'message',
			operation: 'send',
			to: '={{ $json.to }}',
			message: 'Please do not use the kettle.',
			options: { referenceId: '={{ $json.reference }}', concurrency: 1 },
		});
		sandbox.faults.add({ provider: 'cdyne', kind: 'delay', ms: 100, times: 'always' });
		const sender = await n8n.publish([send]);
		await sender.begin(rows);
		await until(() => sent().length > TEXTS / 4);
		await n8n.restart('crash');
		sandbox.faults.clear();
		const texted = new Set(sent().map(({ reference }) => reference));
		expect(texted.size).toBeLessThan(TEXTS);

		const stillToText = rows.filter(({ reference }) => !texted.has(reference));
		const report = { asked: TEXTS, wentOut: texted.size, stillToText, couldNotAsk: [] };
		expect(await reportOf(rows)).toEqual([report]);
	});

	it('a number in any spelling is looked up, and one that cannot be read is listed', async () => {
		const rows = [...SPELLINGS, 'unknown'].map((to, index) => ({
			reference: `recall-20-${index}`,
			to,
		}));
		const stillToText = rows.slice(0, SPELLINGS.length);
		const couldNotAsk = [
			{ reference: `recall-20-${SPELLINGS.length}`, error: expect.stringContaining('unknown') },
		];
		expect(await reportOf(rows)).toEqual([{ asked: 7, wentOut: 0, stillToText, couldNotAsk }]);
	});

	it('it lists the messages that it could not look up', async () => {
		sandbox.faults.add({ provider: 'cdyne', kind: 'status', status: 500, times: 'always' });
		expect(await reportOf([{ reference: 'recall-19-1', to: '17575550142' }])).toEqual([
			{
				asked: 1,
				wentOut: 0,
				stillToText: [],
				couldNotAsk: [{ reference: 'recall-19-1', error: expect.stringContaining('500') }],
			},
		]);
	});
});
