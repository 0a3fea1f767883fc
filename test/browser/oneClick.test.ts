import type { Browser, Page } from 'playwright-core';

import { startSandbox, type Sandbox } from '../../sandbox';
import { examples } from '../../scripts/examplesPage.mjs';
import { until } from '../engine/harness/until';
import { followExample, publishExamples, selectModel } from '../n8n/exampleWorkflows';
import { startN8n, type N8n } from '../n8n/instance';
import { startScriptedModel, type ScriptedModel } from '../n8n/scriptedModel';
import { preselectedTrigger } from '../n8n/workflow';
import { enterEditor, openBrowser, openPage } from './browser';

const NAMES = examples().map(({ name }) => name);
const NEED_MODEL = ['an-agent-that-answers-texts', 'approve-an-agents-tool-by-sms'];

/** Opens another page of the editor, without loading the editor again. */
const navigate = async (page: Page, path: string) =>
	await page.evaluate(
		`history.pushState({}, '', '${path}'); dispatchEvent(new PopStateEvent('popstate', { state: {} }))`,
	);

describe('A click on Execute workflow, without another choice', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let model: ScriptedModel;
	let browser: Browser;
	let page: Page;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 600, carrier: 50, delivered: 50 } });
		n8n = await startN8n({ editor: true });
		await publishExamples(n8n, sandbox);
		model = await startScriptedModel(() => ({ text: 'We are open from 9 to 17.' }));
		for (const name of NEED_MODEL) await selectModel(n8n, name, model);
		browser = await openBrowser();
		page = await openPage(browser);
		await enterEditor(page, n8n);
		await page.goto(`${n8n.url}/workflow/new`);
		await page.locator('[data-test-id=node-creator-plus-button]').waitFor();
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await model?.close();
		await sandbox?.close();
	});

	it.each(NAMES)('runs %s to its end, or until it waits', async (name) => {
		const { workflow } = await followExample(n8n, name);
		const manual = async () =>
			(await n8n.rest.executions(workflow.id)).filter(({ mode }) => mode === 'manual');
		const { name: trigger } = preselectedTrigger(workflow.nodes);
		await navigate(page, `/workflow/${workflow.id}`);
		await page.waitForFunction(`document.title.includes(${JSON.stringify(workflow.name)})`);
		await page.locator(`[data-test-id=canvas-node][data-node-name="${trigger}"]`).waitFor();
		const button = page.locator('[data-test-id=execute-workflow-button]:not([disabled])');
		await button.waitFor();
		// with several triggers the button names the one it starts
		const label = await button.innerText();
		if (/\bfrom\b/.test(label)) {
			expect(label).toContain(trigger.slice(0, 20));
		}
		await button.click();
		await until(async () => (await manual()).length === 1);
		const [{ id }] = await manual();
		const run = await n8n.finished(id, 'waiting');
		expect(run.error).toBeUndefined();
		expect(['success', 'waiting']).toContain(run.status);
	});
});
