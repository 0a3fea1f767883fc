/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a test, not a node */
import { readFile } from 'node:fs/promises';
import { startSandbox, type Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { clockText, minuteOfDay } from '../../nodes/shared/input/wallClock';
import {
	addRows,
	changeExample,
	execute,
	fillIn,
	followExample,
	publishExamples,
} from './exampleWorkflows';
import { type Live, type N8n, startN8n } from './instance';

const EXAMPLE = 'run-a-campaign';
/** CAMPAIGN_SIZE=10000 runs a large campaign, and prints what it needed. */
const PEOPLE = Number(process.env.CAMPAIGN_SIZE ?? 1_500);
const TIMEOUT_MS = 1_800_000;
/** The heap of n8n on a small server. */
const HEAP_MIB = 512;

const REPORT_TO = '17575550142';
/** What becomes of the six people of the sample, who stay in the table. */
const SAMPLE = { texted: 2, sameNumber: 1, notTexted: 3 };
const numberOf = (index: number) => String(17572000000 + index);
/** Of every hundred people one has opted out, and one is in the list twice. */
const isOptedOut = (index: number) => index % 100 === 7;
const isTwice = (index: number) => index % 100 === 29;

describe('The example workflow that runs a campaign', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let live: Live;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, clockScale: 0 });
		n8n = await startN8n({ env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}` } });
		await publishExamples(n8n, sandbox, [EXAMPLE]);
		live = await followExample(n8n, EXAMPLE);
	}, TIMEOUT_MS);
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	const sent = (handset?: string) => sandbox.messages.list({ direction: 'out', handset });
	const optionsOf = (name: string) =>
		live.workflow.nodes.find((node) => node.name === name)!.parameters.options as object;
	/** Quiet hours in Virginia that begin in so many hours and last one. */
	const quietIn = (hours: number) => {
		const clock = (later: number) =>
			clockText(minuteOfDay('America/New_York', Date.now() + later * 3_600_000));
		return { from: clock(hours), to: clock(hours + 1), timeZone: 'recipient' };
	};
	const setQuietHours = async (hours: number) => {
		const window = quietIn(hours);
		const scheduled = { window: { ...window, during: 'schedule' } };
		await changeExample(n8n, live, {
			'Text them': { options: { ...optionsOf('Text them'), quietHours: scheduled } },
			'Text them through Namirial': {
				options: { ...optionsOf('Text them through Namirial'), quietHours: { window } },
			},
		});
	};
	const executions = async () => await n8n.rest.executions(live.workflow.id);
	/** Submits the form. @returns the ID of the execution, not of those that it starts in turn */
	const start = async (campaign: string) => {
		const before = (await executions()).map(({ id }) => id);
		const text = 'Hello {name}, we open on Friday.';
		await fillIn(n8n, live, 'campaign', [campaign, text, REPORT_TO]);
		const started = (await executions()).filter(({ id }) => !before.includes(id));
		return started.find(({ mode }) => mode === 'webhook')!.id;
	};
	const reportOf = async (id: string) => {
		const isRunning = ({ id: other, status }: { id: string; status: string }) =>
			other === id && ['new', 'running'].includes(status);
		await until(async () => !(await executions()).some(isRunning), TIMEOUT_MS);
		const run = await n8n.finished(id);
		expect(run.error).toBeUndefined();
		const [report] = run.json('Report');
		return report as Record<string, unknown> & {
			reasons: Array<{ reason: string; count: number; names: string[] }>;
		};
	};

	it('a click: six sample people, and the reasons why some get no text', async () => {
		await setQuietHours(6);
		const run = await execute(n8n, live);
		expect(run.error).toBeUndefined();
		const [report] = run.json('Report');
		expect(report).toMatchObject({ people: 6, ...SAMPLE });
		const texts = sent().map(({ text }) => text);
		expect(texts.filter((text) => text.startsWith('Hello'))).toHaveLength(2);
		expect(texts.at(-1)).toBe(report.text);
	});

	it('in quiet hours everybody is scheduled for their end', async () => {
		await setQuietHours(-0.5);
		const report = await reportOf(await start('quiet'));
		expect(report).toMatchObject({ texted: 0, scheduled: 2 });
	});

	it(
		'killed in the middle and started again, it texts everybody once',
		async () => {
			await setQuietHours(6);
			sandbox.messages.clear();
			const indexes = Array.from({ length: PEOPLE }, (_, index) => index);
			const people = indexes.flatMap((index) => {
				const number = numberOf(index);
				if (isOptedOut(index)) sandbox.numbers.set(number, 'optedOut');
				const [name, digits] = [`Person ${index}`, number.slice(1)];
				const row = { name, phone: `+${number}` };
				const typed = `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`;
				return isTwice(index) ? [row, { name: `${name} again`, phone: typed }] : [row];
			});
			// CDYNE refuses every request with this number
			const refused = { kind: 'status', status: 429, when: 'before', provider: 'cdyne' } as const;
			const number = numberOf(Math.floor(PEOPLE / 2));
			sandbox.faults.add({ ...refused, operation: 'AdvancedSMSsend', number, times: 'always' });
			await addRows(n8n, 'campaign people', people);

			const begin = Date.now();
			await start('Summer');
			await until(() => sent().length >= PEOPLE / 3, TIMEOUT_MS);
			await n8n.restart('crash');
			const id = await start('Summer');
			const report = await reportOf(id);
			const peakMiB = await peakMemory(n8n.processes.get('main')!.pid);
			const seconds = Math.round((Date.now() - begin) / 1_000);
			if (process.env.CAMPAIGN_SIZE) console.log({ people: people.length, seconds, peakMiB });

			const counts = new Map<string, number>();
			for (const { handset } of sent()) counts.set(handset, (counts.get(handset) ?? 0) + 1);
			const isWrong = (index: number) =>
				(counts.get(numberOf(index)) ?? 0) !== (isOptedOut(index) ? 0 : 1);
			expect(indexes.filter(isWrong)).toEqual([]);
			expect(sent().some(({ provider }) => provider === 'namirial')).toBe(true);
			const optedOut = indexes.filter(isOptedOut);
			const texted = PEOPLE - optedOut.length + SAMPLE.texted;
			expect(report).toMatchObject({
				campaign: 'summer',
				people: people.length + 6,
				texted,
				scheduled: 0,
				sameNumber: people.length - PEOPLE + SAMPLE.sameNumber,
				notTexted: optedOut.length + SAMPLE.notTexted,
				mayHaveBeenSent: 0,
			});
			// those that CDYNE refused have opted out at Namirial, which says it in its own words
			expect(report.reasons[0].reason).toBe('Opted out');
			const names = report.reasons
				.flatMap((group) => group.names)
				.filter((name) => name.startsWith('Person'));
			expect(names.sort()).toEqual(optedOut.map((index) => `Person ${index}`).sort());
			expect((await n8n.rest.execution(id)).customData).toMatchObject({ campaign: 'summer' });

			expect(await reportOf(await start('Summer'))).toMatchObject({ texted });
			expect(sent().filter(({ text }) => text.startsWith('Hello'))).toHaveLength(texted);
		},
		TIMEOUT_MS,
	);
});

/** The largest resident memory that a process has had, in MiB. */
async function peakMemory(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Math.round(Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) / 1024);
}
