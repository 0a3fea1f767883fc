import type { Browser, Page } from 'playwright-core';

import { startSandbox, type Sandbox } from '../../sandbox';
import { startN8n, type N8n } from '../n8n/instance';
import { enterEditor, openBrowser, openPage, screenshot } from './browser';

describe("n8n's editor", () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let browser: Browser;
	let page: Page & { blockedUrls: string[] };
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		n8n = await startN8n({ sandbox, editor: true });
		browser = await openBrowser();
		page = await openPage(browser);
		await enterEditor(page, n8n);
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await sandbox?.close();
	});

	const entry = (text: string | RegExp) =>
		page.locator('[data-test-id=node-creator-item-name]', { hasText: text });

	it('finds the node, shows its triggers and actions, and opens its panel', async () => {
		await page.goto(`${n8n.url}/workflow/new`);
		await page.click('[data-test-id=node-creator-plus-button]');
		await page.fill('[data-test-id=node-creator-search-bar]', 'cdyne');
		await entry('CDYNE').first().waitFor();
		await screenshot(page, 'node-creator');

		await entry('CDYNE').first().click();
		await page.getByText(/^Actions/).click();
		await entry(/^Send an SMS$/).waitFor();
		expect(await entry('On message received').count()).toBe(1);
		await screenshot(page, 'node-actions');

		await entry(/^Send an SMS$/).click();
		await page.locator('[data-test-id=parameter-input-to]').waitFor();
		await page.locator('[data-test-id=parameter-input-message]').waitFor();
		// n8n selects the only credential automatically
		const credential = page.locator('[data-test-id=node-credentials-select] input');
		expect(await credential.inputValue()).toBe('CDYNE sandbox');
		await screenshot(page, 'node-panel');
	});

	it('sends a text with Execute Step', async () => {
		await page.locator('[data-test-id=parameter-input-to] input').fill('+1 757 555 0142');
		await page.locator('[data-test-id=parameter-input-message] textarea').fill('From the editor');
		await page.click('[data-test-id=node-execute-button]');
		await page.locator('[data-test-id=output-panel]').getByText('queued').first().waitFor();
		await screenshot(page, 'node-executed');
		expect(sandbox.messages.list({ direction: 'out' })).toEqual([
			expect.objectContaining({ handset: '17575550142', text: 'From the editor' }),
		]);
	});

	it('loads nothing from other machines', () => {
		// n8n requests newer versions of a package when one of its nodes is opened
		const isVersionRequest = (url: string) => new URL(url).pathname === '/n8n-nodes-sms-gateways';
		expect(page.blockedUrls.filter((url) => !isVersionRequest(url))).toEqual([]);
	});
});
