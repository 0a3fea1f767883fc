import { startSandbox, type Sandbox } from '../../sandbox';
import { describeOnNewHosts, execute, followExample, publishExamples } from './exampleWorkflows';
import { startN8n, type Live, type N8n } from './instance';

const EXAMPLE = 'send-to-a-list-from-a-csv';

describeOnNewHosts('The example workflow that sends to a list from a CSV', () => {
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
	});
});
