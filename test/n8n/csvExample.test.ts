/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { startSandbox, type Sandbox } from '../../sandbox';
import { execute, fillIn, followExample, publishExamples } from './exampleWorkflows';
import { startN8n, type Live, type N8n } from './instance';
import { until } from './until';

const EXAMPLE = 'send-to-a-list-from-a-csv';
/** CSV_ROWS=10000 takes some minutes. */
const ROWS = Number(process.env.CSV_ROWS ?? 500);
const PATIENCE_IN_MS = 600_000;
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
	/** An n8n that is so busy lets go of connections. */
	const statusOf = async (id: string) => {
		const all = await n8n.rest.executions(live.workflow.id).catch(() => []);
		return all.find((one) => one.id === id)?.status;
	};
	const sent = () => sandbox.messages.list({ direction: 'out' });
	/** How many recipients have how many texts. */
	const textsPerRecipient = () => {
		const counts = new Map<string, number>();
		for (const { handset } of sent()) {
			counts.set(handset, (counts.get(handset) ?? 0) + 1);
		}
		const perCount: Record<number, number> = {};
		for (const count of counts.values()) perCount[count] = (perCount[count] ?? 0) + 1;
		return perCount;
	};

	it('a click sends to those it can, and once', async () => {
		const [report] = (await execute(n8n, live)).json('Report');
		expect(report).toMatchObject({ rows: 4, texted: 2, textedBefore: 0, refused: 2 });
		const again = (await execute(n8n, live)).json('Report');
		expect(again).toMatchObject([{ rows: 4, texted: 0, textedBefore: 2, refused: 2 }]);
		expect(textsPerRecipient()).toEqual({ 1: 2 });
		sandbox.reset();
	});

	it(
		`${ROWS} rows, and again after a crash on the way: everybody has one text`,
		async () => {
			const rows = Array.from({ length: ROWS }, (_, index) => {
				const phone = `1757${String(FIRST + index)}`;
				if (index % EVERY.optedOut === 1) sandbox.numbers.set(phone, 'optedOut');
				return `Person ${index},${index % EVERY.bad === 0 ? phone.slice(0, 6) : phone}`;
			});
			const csv = ['name,phone', ...rows].join('\n');
			const refused = ROWS / EVERY.bad + ROWS / EVERY.optedOut;
			const good = ROWS - refused;

			// every fifth answer is lost, and in the middle n8n crashes
			const send = { provider: 'cdyne', operation: 'AdvancedSMSsend', times: 'always' as const };
			sandbox.faults.add({ ...send, kind: 'reset', when: 'after', every: 5 });
			await upload(csv);
			await until(() => sent().length > good / 3, PATIENCE_IN_MS);
			await n8n.restart('crash');
			const before = sent().length;
			expect(before).toBeLessThan(good);
			expect(textsPerRecipient()).toEqual({ 1: before });

			sandbox.faults.clear();
			const id = await upload(csv);
			// by the list: the execution itself is large
			await until(async () => (await statusOf(id)) === 'success', PATIENCE_IN_MS);
			const [report] = (await n8n.finished(id)).json('Report');
			expect(report).toMatchObject({
				rows: ROWS,
				texted: good - before,
				textedBefore: before,
				refused,
				mayHaveGoneOut: 0,
			});
			expect(textsPerRecipient()).toEqual({ 1: good });
			// each with its own name and reference
			const own = sent().filter(({ handset, reference, text }) => {
				const index = Number(handset.slice(4)) - FIRST;
				return reference === `summer-${handset}` && text === `Hello Person ${index}!`;
			});
			expect(own).toHaveLength(good);
		},
		2 * PATIENCE_IN_MS,
	);
});
