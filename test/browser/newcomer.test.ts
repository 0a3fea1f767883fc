import type { Browser, Page } from 'playwright-core';

import { startSandbox, type Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { startN8n, type N8n } from '../n8n/instance';
import { enterEditor, openBrowser, openPage, screenshot } from './browser';

/**
 * Somebody who has never seen these nodes builds a reminder on an empty canvas: the patient cancels
 * by SMS, and the desk hears of it and of texts that are not delivered. Every click is counted.
 */

const MOST_CLICKS = 25;
const PATIENT = '17575550142';
const DESK = '17575550143';
const CANCELS = '{{ $json.from }} cancels: {{ $json.text }}';
const FAILS = '{{ $json.from }} has no reminder: {{ $json.reason }}';
const ASKS = 'Your appointment is tomorrow at 14:30. Reply C to cancel.';

describe('A reminder that is built from an empty canvas', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let browser: Browser;
	let page: Page;
	let clicks = 0;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 100, carrier: 50, delivered: 50 } });
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

	const click = async (selector: string, text?: string | RegExp) => {
		clicks++;
		await page.locator(selector, { hasText: text }).first().click();
	};
	const field = (name: string) =>
		page.locator(
			`[data-test-id=parameter-input-${name}] input, [data-test-id=parameter-input-${name}] textarea`,
		);
	const workflowId = () => /\/workflow\/(\w+)/.exec(page.url())![1];
	const savedWorkflow = async () =>
		await n8n.rest.call('GET', `/workflows/${workflowId()}`).catch(() => undefined);
	/** Typing an equals sign begins an expression. The editor saves by itself. */
	async function writeExpression(name: string, text: string) {
		await field(name).press('=');
		await page.locator(`[data-test-id=parameter-input-${name}] .cm-content`).waitFor();
		await page.keyboard.insertText(text);
		await page.locator('[data-test-id=inline-expression-editor-output]').waitFor();
		await page.keyboard.press('Tab');
		await until(async () => JSON.stringify(await savedWorkflow()).includes(text));
	}
	const search = async (words: string) =>
		await page.fill('[data-test-id=node-creator-search-bar]', words);
	const pick = async (name: string | RegExp) =>
		await click('[data-test-id=node-creator-item-name]', name);
	const backToCanvas = async () => await click('[data-test-id=ndv-close-button]');

	/** Adds a node after the first output of another that leads nowhere yet. */
	async function addAfter(name: string, words: string, action: string | RegExp) {
		clicks++;
		await page
			.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`)
			.locator('xpath=..')
			.locator('[data-test-id=canvas-handle-plus]')
			.first()
			.click();
		await search(words);
		await pick('CDYNE');
		await pick(action);
	}

	/** Adds a text to the desk after the first output that leads nowhere yet. */
	async function tellTheDesk(after: string, message: string) {
		await addAfter(after, 'send text', /^Send an SMS$/);
		await field('to').fill(`+${DESK}`);
		await writeExpression('message', message);
		await backToCanvas();
	}

	const texts = (handset: string) => sandbox.messages.list({ direction: 'out', handset });
	const isSent = (handset: string) =>
		texts(handset).some(({ status }) => ['sent', 'delivered'].includes(status));
	const endOf = async (count: number) => {
		const ended = async () =>
			(await n8n.rest.executions(workflowId())).filter(({ status }) => status === 'success').length;
		await until(async () => (await ended()) === count);
	};

	it(`takes at most ${MOST_CLICKS} clicks, with a cancellation and a failure`, async () => {
		await page.goto(`${n8n.url}/workflow/new`);
		await click('[data-test-id=node-creator-plus-button]');
		await search('manually');
		await pick(/manually/);

		const trigger = 'When clicking ‘Execute workflow’';
		await addAfter(trigger, 'reminder', /wait for the reply/);
		await field('to').fill(`+${PATIENT}`);
		await field('message').fill(ASKS);
		await click('[data-test-id=parameter-input-responseType]');
		await click('.el-select-dropdown__item', 'Choices');
		await field('choices').fill('C');
		await backToCanvas();

		const reminder = 'Send an SMS and wait for the reply';
		await tellTheDesk(reminder, CANCELS);
		await tellTheDesk(reminder, FAILS);

		await click('[data-test-id=execute-workflow-button]');
		await until(() => isSent(PATIENT));
		const phone = await openPage(browser);
		await phone.goto(`${sandbox.url}/phone/${PATIENT}`);
		await phone.fill('#text', 'c');
		clicks++;
		await phone.click('#reply button[type=submit]');
		await endOf(1);
		expect(texts(DESK).map(({ text }) => text.trim())).toEqual([`+${PATIENT} cancels: c`]);

		// and once to a phone that cannot be reached
		clicks++;
		await phone.locator('#outcome').selectOption('undelivered');
		await click('[data-test-id=execute-workflow-button]');
		await endOf(2);
		expect(texts(DESK)).toHaveLength(2);
		expect(texts(DESK)[1].text).toContain(`+${PATIENT} has no reminder: `);
		await screenshot(page, 'newcomer');
		expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
	});
});
