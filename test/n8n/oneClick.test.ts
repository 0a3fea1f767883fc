import { startSandbox, type Sandbox } from '../../sandbox';
import { examples } from '../../scripts/examplesPage.mjs';
import { execute, followExample, publishExamples } from './exampleWorkflows';
import { startN8n, type N8n } from './instance';

/** Needs the API key of a model. */
const NEEDS_MODEL = 'approve-an-agents-tool-by-sms';
const NAMES = examples()
	.map(({ name }) => name)
	.filter((name) => name !== NEEDS_MODEL);

describe('Execute workflow', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 600, carrier: 50, delivered: 50 } });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	it.each(NAMES)('runs %s, to its end or until it waits', async (name) => {
		const live = await followExample(n8n, name);
		const run = await execute(n8n, live, 'Try it', 'waiting');
		expect(run.error).toBeUndefined();
		expect(['success', 'waiting']).toContain(run.status);
	});
});
