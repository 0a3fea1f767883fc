import type { Browser, Page } from 'playwright-core';

import { startSandbox, type Sandbox } from '../../sandbox';
import { followExample, publishExamples } from '../n8n/exampleWorkflows';
import { startN8n, type N8n } from '../n8n/instance';
import { enterEditor, openBrowser, openPage, screenshot } from './browser';

const HANDSET = '17575550142';

describe('The handset page and the example workflows', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let browser: Browser;
	let page: Page & { blockedUrls: string[] };
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 50, carrier: 50, delivered: 50 } });
		n8n = await startN8n({ editor: true });
		await publishExamples(n8n, sandbox);
		browser = await openBrowser();
		page = await openPage(browser);
		await page.goto(`${sandbox.url}/phone/${HANDSET}`);
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await sandbox?.close();
	});

	const onThePhone = (text: string) => page.locator('#messages').getByText(text, { exact: true });

	it('a text that a workflow sends arrives without reloading', async () => {
		const response = await fetch(`${n8n.webhookBase}/webhook/send-an-sms`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ to: '+1 757 555 0142', message: 'Are you coming?' }),
		});
		expect(response.status).toBe(200);
		await onThePhone('Are you coming?').waitFor();
		// CDYNE only links replies to messages that are sent
		const following = await followExample(n8n, 'send-an-sms-and-follow-it');
		while ((await following.next()).items('Delivered or failed').length === 0);
	});

	it('a reply typed there starts the workflow that responds', async () => {
		const replying = await followExample(n8n, 'answer-incoming-sms');
		await page.fill('#text', 'Yes, at 8');
		await page.click('#reply button[type=submit]');
		const run = await replying.next();
		expect(run.json('What it says')).toEqual([
			{
				text: 'Yes, at 8',
				sender: `+${HANDSET}`,
				inReplyTo: sandbox.messages.list({ text: 'Are you coming?' })[0].id,
			},
		]);
		await onThePhone('Thank you. You wrote: Yes, at 8').waitFor();
		await screenshot(page, 'handset');
		expect(page.blockedUrls).toEqual([]);
	});

	it('the editor shows the example and its execution', async () => {
		await enterEditor(page, n8n);
		await page.goto(`${n8n.url}/workflow/cdyneSendAndFollow`);
		await page.getByText('Update received').first().waitFor();
		await screenshot(page, 'example-send-and-follow');
		await page.goto(`${n8n.url}/workflow/cdyneAnswerIncoming/executions`);
		await page.getByText('Succeeded').first().waitFor();
		await screenshot(page, 'example-reply');
	});
});
