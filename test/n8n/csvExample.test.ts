/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { execute, fillIn, followExample, publishExamples } from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n } from './instance';

const EXAMPLE = 'send-to-a-list-from-a-csv';
/** CSV_ROWS=10000 takes some minutes. */
const ROWS = Number(process.env.CSV_ROWS ?? 500);
const TIMEOUT_MS = 600_000;
const FIRST = 2_000_000;
const EVERY = { bad: 100, optedOut: 500 };

describe('The example workflow that sends to a list from a CSV', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let live: Live;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 0, carrier: 0, delivered: 0 } });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox, [EXAMPLE]);
		live = await followExample(n8n, EXAMPLE);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.faults.clear());

	const upload = async (csv: string) =>
		await fillIn(n8n, live, 'send-to-a-list', ['summer', 'Hello {name}!', { csv }]);
	/** The status of an execution; undefined if a very busy n8n drops the connection. */
	const statusOf = async (id: string) => {
		const executions = await n8n.rest.executions(live.workflow.id).catch(() => []);
		return executions.find((execution) => execution.id === id)?.status;
	};
	const sent = () => sandbox.messages.list({ direction: 'out' });
	/** The number of recipients by the number of their messages. */
	const textsPerRecipient = () => {
		const counts = new Map<string, number>();
		for (const { handset } of sent()) {
			counts.set(handset, (counts.get(handset) ?? 0) + 1);
		}
		const perCount: Record<number, number> = {};
		for (const count of counts.values()) perCount[count] = (perCount[count] ?? 0) + 1;
		return perCount;
	};

	it('a click sends to the valid recipients, and a second click to nobody', async () => {
		const [report] = (await execute(n8n, live)).json('Report');
		expect(report).toMatchObject({ rows: 4, texted: 2, textedBefore: 0, refused: 2 });
		const again = (await execute(n8n, live)).json('Report');
		expect(again).toMatchObject([{ rows: 4, texted: 0, textedBefore: 2, refused: 2 }]);
		expect(textsPerRecipient()).toEqual({ 1: 2 });
		sandbox.reset();
	});

	it(
		`sends one message to each of ${ROWS} rows, even if it is repeated after a crash`,
		async () => {
			const rows = Array.from({ length: ROWS }, (_, index) => {
				const phone = `1757${String(FIRST + index)}`;
				if (index % EVERY.optedOut === 1) sandbox.numbers.set(phone, 'optedOut');
				return `Person ${index},${index % EVERY.bad === 0 ? phone.slice(0, 6) : phone}`;
			});
			const csv = ['name,phone', ...rows].join('\n');
			const rejected = ROWS / EVERY.bad + ROWS / EVERY.optedOut;
			const good = ROWS - rejected;

			// every fifth response is lost, and n8n crashes in the middle
			const send = { provider: 'cdyne', operation: 'AdvancedSMSsend', times: 'always' as const };
			sandbox.faults.add({ ...send, kind: 'reset', when: 'after', every: 5 });
			await upload(csv);
			await until(() => sent().length > good / 3, TIMEOUT_MS);
			await n8n.restart('crash');
			const before = sent().length;
			expect(before).toBeLessThan(good);
			expect(textsPerRecipient()).toEqual({ 1: before });

			sandbox.faults.clear();
			const id = await upload(csv);
			// from the list, because the execution itself is large
			await until(async () => (await statusOf(id)) === 'success', TIMEOUT_MS);
			const [report] = (await n8n.finished(id)).json('Report');
			expect(report).toMatchObject({
				rows: ROWS,
				texted: good - before,
				textedBefore: before,
				refused: rejected,
				mayHaveGoneOut: 0,
			});
			expect(textsPerRecipient()).toEqual({ 1: good });
			// each message with the right name and reference
			const correct = sent().filter(({ handset, reference, text }) => {
				const index = Number(handset.slice(4)) - FIRST;
				return reference === `summer-${handset}` && text === `Hello Person ${index}!`;
			});
			expect(correct).toHaveLength(good);
		},
		2 * TIMEOUT_MS,
	);
});
