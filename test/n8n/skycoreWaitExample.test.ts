import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import {
	changeExample,
	execute,
	followExample,
	publishExamples,
	rowsOf,
	start,
} from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n, Run } from './instance';

const WAIT = 'wait-for-a-skycore-delivery';
const FOLLOW = 'send-with-skycore-and-follow-it';
const SHARE = 'share-what-skycore-posts';
const DELIVERED = '+1 757 555 0142';
const FAILED = '+1 757 555 0163';
const SILENT = '+1 757 555 0165';
const PATH = 'wait-with-skycore';
const TABLE = 'waiting for skycore';
const ENDS = ['It arrived', 'Nobody knows yet', 'It failed'];

describe.each(['regular', 'queue'] as const)(
	'Waiting for a Skycore delivery, in %s mode',
	(mode) => {
		let sandbox: Sandbox;
		let n8n: N8n;
		let waiting: Live;
		let sharing: Live;
		let silent: string;
		beforeAll(async () => {
			const settings = { skycore: { postbackEveryMs: 0 } };
			sandbox = await startSandbox({
				port: 0,
				pace: { sent: 900, carrier: 50, delivered: 50 },
				settings,
			});
			n8n = await startN8n({ mode });
			await publishExamples(n8n, sandbox, [WAIT, FOLLOW, SHARE]);
			waiting = await followExample(n8n, WAIT);
			sharing = await followExample(n8n, SHARE);
			if (mode === 'queue') return;
			// an execution without postbacks, which waits while the others are tested
			await changeExample(n8n, waiting, {
				'Wait for it': { resumeAmount: 1, resumeUnit: 'seconds' },
			});
			silent = await start(n8n, waiting, PATH, { to: SILENT, message: 'Hello?' });
			await changeExample(n8n, waiting, {
				'Wait for it': { resumeAmount: 1, resumeUnit: 'hours' },
			});
		});
		afterAll(async () => {
			await n8n?.stop();
			await sandbox?.close();
		});
		afterEach(() => {
			sandbox.clock.scale = 1;
			sandbox.faults.clear();
			Object.assign(sandbox.postbacks.options, { copies: 1 });
			Object.assign(sandbox.pace, { sent: 900 });
		});

		const resultsOf = (run: Run) =>
			ENDS.flatMap((name) => run.json(name)).map(({ result }) => result);
		/** Sends to a number and returns the results, and whether the execution waited for them. */
		const send = async (to: string) => {
			const run = await n8n.finished(await start(n8n, waiting, PATH, { to, message: 'Today' }));
			expect(run.error).toBeUndefined();
			return { results: resultsOf(run), waited: run.items('Look it up').length > 0 };
		};

		it.each([
			[DELIVERED, `Delivered to ${DELIVERED}`],
			[FAILED, `Not delivered to ${FAILED}`],
		])('%s: the execution continues with the delivery status', async (to, result) => {
			const { results, waited } = await send(to);
			expect(results).toEqual([expect.stringContaining(result)]);
			expect(waited).toBe(true);
			const rows = await rowsOf(n8n, TABLE);
			expect(rows.map(({ status }) => status).filter(Boolean)).toEqual([]);
		});

		it('a postback that arrives before the row is stored is found', async () => {
			sandbox.pace.sent = 0;
			// Skycore responds only after the postbacks were sent
			sandbox.faults.add({ kind: 'delay', ms: 3_000, when: 'after', provider: 'skycore' });
			expect(await send(DELIVERED)).toEqual({
				results: [`Delivered to ${DELIVERED}`],
				waited: false,
			});
		});

		it('a repeated postback changes nothing', async () => {
			sandbox.postbacks.options.copies = 2;
			const before = await sharing.count('success');
			expect(await send(DELIVERED)).toEqual({
				results: [`Delivered to ${DELIVERED}`],
				waited: true,
			});
			// two of N201 and two of N202
			await until(async () => (await sharing.count('success')) >= before + 4);
			expect(await sharing.count('error')).toBe(0);
		});

		it('can be tried with a click', async () => {
			expect(resultsOf(await execute(n8n, waiting))).toEqual([`Delivered to ${DELIVERED}`]);
		});

		// in one mode only, because it takes up to a minute
		const inRegular = mode === 'regular' ? it : () => undefined;
		inRegular('without a postback the limit ends the wait', async () => {
			// n8n checks once a minute which waits have ended
			await until(async () => (await n8n.finished(silent, 'waiting')).isOver, 90_000);
			const [result] = (await n8n.finished(silent)).json('Nobody knows yet');
			expect(result).toEqual({ result: `No word about ${SILENT} within an hour` });
		});

		it('n8n may be restarted during the wait', async () => {
			sandbox.clock.scale = 0;
			const id = await start(n8n, waiting, PATH, { to: DELIVERED, message: 'Later' });
			await until(async () => (await n8n.finished(id, 'waiting')).status === 'waiting');
			await n8n.restart();
			sandbox.clock.scale = 1;
			const run = await n8n.finished(id);
			expect(resultsOf(run)).toEqual([`Delivered to ${DELIVERED}`]);
		});
	},
);
