/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { execute, fillIn, followExample, publishExamples, SPELLINGS } from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n } from './instance';

const EXAMPLE = 'send-to-a-list-from-a-csv';
/** CSV_ROWS=10000 takes some minutes. */
const ROWS = Number(process.env.CSV_ROWS ?? 500);
const TIMEOUT_MS = 600_000;
const FIRST = 2_000_000;
const e164 = (digits: string) => `+${digits.replace(/\D/g, '')}`;
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

	const upload = async (csv: string | Buffer, text = 'Hello {name}!', campaign = 'summer') =>
		await fillIn(n8n, live, 'send-to-a-list', [campaign, text, { csv }]);
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
		expect(report).toMatchObject({ rows: 4, texted: 2, textedBefore: 0, rejected: 2 });
		const again = (await execute(n8n, live)).json('Report');
		expect(again).toMatchObject([{ rows: 4, texted: 0, textedBefore: 2, rejected: 2 }]);
		expect(textsPerRecipient()).toEqual({ 1: 2 });
		sandbox.reset();
	});

	describe('lists as people save them', () => {
		afterEach(() => sandbox.reset());

		const texts = () => sent().map(({ handset, text }) => `${e164(handset)}: ${text}`);
		const runOf = async (...upload_: Parameters<typeof upload>) =>
			await n8n.finished(await upload(...upload_));

		it.each([
			['commas', 'name,phone\nJosé,+1 757 555 0142\n'],
			['semicolons', 'name;phone\nJosé;+1 757 555 0142\n'],
			['tabs', 'name\tphone\nJosé\t+1 757 555 0142\n'],
			["Excel's CSV UTF-8", '\uFEFFphone;name\r\n+1 757 555 0142;José\r\n;\r\n'],
			['a mark and quotes', '\uFEFF"phone","name, first"\n"+1 757 555 0142",José\n'],
			[
				"Excel's CSV in Western Europe",
				Buffer.from('name;phone\r\nJosé;17575550142\r\n', 'latin1'),
			],
		])('%s', async (title, csv) => {
			const text = title === 'a mark and quotes' ? 'Hello {Name, first}!' : 'Hello {name}!';
			const run = await runOf(csv, text);
			expect(run.json('Report')).toMatchObject([{ rows: 1, texted: 1, rejected: 0 }]);
			expect(texts()).toEqual(['+17575550142: Hello José!']);
		});

		it.each([
			['First Name', '{First Name}'],
			['first_name', '{First Name}'],
			['Prénom', '{prenom}'],
			['PRENOM', '{prénom}'],
			['first name', '{first-name}'],
			['FirstName', '{ first name }'],
			['имя', '{Имя}'],
			['constructor', '{constructor}'],
			['__proto__', '{__proto__}'],
			['toString', '{toString}'],
			['hasOwnProperty', '{hasOwnProperty}'],
		])('the column %s fills %s', async (column, placeholder) => {
			const run = await runOf(`${column},Phone\nAnna,+1 757 555 0142`, `Hello ${placeholder}!`);
			expect(run.error).toBeUndefined();
			expect(texts()).toEqual(['+17575550142: Hello Anna!']);
		});

		it.each([
			['Hello {nmae}!', 'name,phone', /no column for {nmae}.*name, phone/],
			['Hello {toString}!', 'name,phone', /no column for {toString}/],
			['Hello {constructor}!', 'name,phone', /no column for {constructor}/],
			[
				'Hello {First-Name}!',
				'First Name,first_name,phone',
				/more than one column for {First-Name}/,
			],
			['Hello {name}!', 'name,mobile', /no column phone.*name, mobile/],
		])(
			'%s with the columns %s is rejected before anything is sent',
			async (text, header, reason) => {
				const cells = header
					.split(',')
					.map((column) => (column === 'phone' ? '17575550142' : 'Anna'));
				const run = await runOf(`${header}\n${cells.join(',')}`, text);
				expect(run.error?.message).toMatch(reason);
				expect(sent()).toEqual([]);
			},
		);

		it('one person in six spellings, in one list or several, gets one text', async () => {
			const rows = SPELLINGS.map((phone, index) => `Person ${index};${phone}`);
			const run = await runOf(['name;phone', ...rows].join('\n'));
			const report = { rows: 6, texted: 1, textedBefore: 0, sameNumber: 5, rejected: 0 };
			expect(run.json('Report')).toMatchObject([report]);
			for (const phone of SPELLINGS) {
				const again = await runOf(`name;phone\nAnna;${phone}`, undefined, ' Summer');
				expect(again.json('Report')).toMatchObject([{ rows: 1, texted: 0, textedBefore: 1 }]);
			}
			expect(texts()).toEqual(['+17575550142: Hello Person 0!']);
		});

		it('a number that cannot be read is in the report, and the others get their text', async () => {
			const run = await runOf('name,phone\nAnna,+1 757 555 0142\nBen,unknown\nChris,');
			expect(run.json('Report')).toMatchObject([{ rows: 3, texted: 1, rejected: 2 }]);
			expect(run.json('People without a text')).toHaveLength(2);
			const none = await runOf('name,phone\nBen,unknown', 'Hello {name}!', 'autumn');
			expect(none.json('Report')).toMatchObject([{ rows: 1, texted: 0, rejected: 1 }]);
		});
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
				rejected,
				mayHaveBeenSent: 0,
			});
			expect(textsPerRecipient()).toEqual({ 1: good });
			// each message with the right name and reference
			const correct = sent().filter(({ handset, reference, text }) => {
				const index = Number(handset.slice(4)) - FIRST;
				return reference === `summer-${e164(handset)}` && text === `Hello Person ${index}!`;
			});
			expect(correct).toHaveLength(good);
		},
		2 * TIMEOUT_MS,
	);
});
