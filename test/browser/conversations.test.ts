/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

import { startSandbox, type Sandbox } from '../../sandbox';
import { reduceColors } from '../../scripts/png.mjs';
import { until } from '../engine/harness/until';
import {
	call,
	execute,
	fillIn,
	followExample,
	publishExamples,
	selectModel,
} from '../n8n/exampleWorkflows';
import { type N8n, startN8n } from '../n8n/instance';
import { type ScriptedModel, startScriptedModel, type Turn } from '../n8n/scriptedModel';
import { cdyne } from '../n8n/workflow';
import { openBrowser, openPage, screenshot } from './browser';

/**
 * The conversations of docs/conversations.md, played on the page of the handset. With PICTURES, a
 * folder, the pictures of that page are made.
 */

const ANNA = '17575550142';
const BEN = '17575550143';
const CHRIS = '17575550144';
const DANA = '17575550145';
const PICTURES = process.env.PICTURES;

let sandbox: Sandbox;
let n8n: N8n;
let model: ScriptedModel;
let turns: Turn[] = [];
let browser: Browser;
let page: Page;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 300, carrier: 100, delivered: 100 } });
	n8n = await startN8n({ sandbox, editor: true });
	model = await startScriptedModel(() => turns.shift() ?? { text: 'Done.' });
	browser = await openBrowser();
	page = await openPage(browser);
});
afterAll(async () => {
	await browser?.close();
	await model?.close();
	await n8n?.stop();
	await sandbox?.close();
});

/** Waits for a text on the open phone. It can be replied to once it is sent. */
async function arrives(text: string | RegExp) {
	await page
		.locator('.message.out:is([data-status=sent], [data-status=delivered])')
		.filter({ hasText: text })
		.last()
		.waitFor();
}

async function reply(text: string) {
	await page.fill('#text', text);
	await page.click('#reply button[type=submit]');
	await page.locator('.message.in').filter({ hasText: text }).last().waitFor();
}

const openPhone = async (number: string) => await page.goto(`${sandbox.url}/phone/${number}`);

/** The texts on the open phone, with `>` before those that were sent from it. */
async function conversation(): Promise<string[]> {
	const bubbles = page.locator('.message');
	return await bubbles.evaluateAll((messages) =>
		messages.map((message) => {
			const text = message.querySelector('.bubble')!.textContent!;
			return message.classList.contains('in') ? `> ${text}` : text;
		}),
	);
}

/** Saves a picture of the open phone. */
async function picture(name: string) {
	await screenshot(page, `conversation-${name}`);
	if (PICTURES === undefined) return;
	const png = await page.locator('.phone').screenshot();
	await writeFile(join(PICTURES, `conversation-${name}.png`), reduceColors(png));
}

it('a reply that is no choice gets the help text, and the workflow has it as well', async () => {
	const live = await n8n.publish([
		cdyne('Ask', 'sendAndWait', {
			message: 'Your appointment is tomorrow at 14:30. Reply C to cancel, M to move it.',
			responseType: 'choices',
			choices: 'C, M',
			appendInstructions: false,
		}),
	]);
	const { id } = await live.start([{ to: ANNA }], 'waiting');
	await openPhone(ANNA);
	await arrives('Your appointment');
	await reply('I am sick, can I come later?');
	await arrives('Please reply C or M.');
	await reply('m');
	const run = await n8n.finished(id);
	await live.unpublish();
	expect(run.json('Ask')).toMatchObject([
		{
			outcome: 'answered',
			choice: 'M',
			unmatchedReplies: [{ text: 'I am sick, can I come later?' }],
		},
	]);
	await picture('choices');
});

it('replies with codes go to their questions', async () => {
	const live = await n8n.publish([
		cdyne('Ask', 'sendAndWait', {
			message: '={{ $json.message }}',
			responseType: 'approval',
			options: { askForCode: true },
		}),
	]);
	await openPhone(BEN);
	const ids: string[] = [];
	for (const message of ['Book the room for Monday?', 'Order lunch for twelve?']) {
		ids.push((await live.start([{ to: BEN, message }], 'waiting')).id);
		await arrives(message);
	}
	const codes = (await conversation()).map((text) => /followed by (\d{3})/.exec(text)?.[1]);
	await reply(`Yes ${codes[0]}`);
	await reply(`No ${codes[1]}`);
	const runs = await Promise.all(ids.map(async (id) => await n8n.finished(id)));
	await live.unpublish();
	const outcomes = runs.map((run) =>
		[0, 1].flatMap((output) => run.json('Ask', output)).map(({ outcome }) => outcome),
	);
	expect(outcomes).toEqual([['answered'], ['declined']]);
	expect(await conversation()).toHaveLength(4);
	await picture('two-questions');
});

describe('the examples', () => {
	beforeAll(async () => {
		await publishExamples(n8n, sandbox, [
			'remind-and-hear-the-answer',
			'approve-an-agents-tool-by-sms',
			'an-agent-that-answers-texts',
			'return-a-number-to-the-agent',
			'ask-with-skycore',
			'send-with-skycore-and-follow-it',
			'share-what-skycore-posts',
		]);
	});
	beforeEach(() => sandbox.messages.clear());

	it('a reminder hears the answer', async () => {
		const live = await followExample(n8n, 'remind-and-hear-the-answer');
		await execute(n8n, live);
		await openPhone(ANNA);
		await arrives('Reply C to cancel');
		await reply('C');
		await arrives('Your appointment is cancelled.');
		await openPhone(BEN);
		await arrives('Reply C to cancel');
		await reply('Can I come at 4?');
		await arrives('Thank you. We will read this');
		await picture('reminder');
	});

	it('a person approves what an agent is about to do', async () => {
		await selectModel(n8n, 'approve-an-agents-tool-by-sms', model);
		const live = await followExample(n8n, 'approve-an-agents-tool-by-sms');
		const text = 'Your order is late. It arrives on Friday.';
		turns = [{ calls: [{ tool: 'Text_the_customer', input: { text } }] }];
		const task = 'Tell the customer that the order arrives on Friday.';
		await call(n8n, 'ask-the-agent', { task, boss: CHRIS, customer: DANA });
		await openPhone(CHRIS);
		await arrives(text);
		await reply('Yes');
		expect((await live.next()).error).toBeUndefined();
		await picture('approval');
		await openPhone(DANA);
		await arrives(text);
	});

	it('an agent replies, a person takes over and gives the number back', async () => {
		await selectModel(n8n, 'an-agent-that-answers-texts', model);
		const returning = await followExample(n8n, 'return-a-number-to-the-agent');
		turns = [
			{ text: 'We are open from 9 to 18, Tuesday to Saturday.' },
			{ text: 'A cut is 35 dollars. Shall I book one for you?' },
		];
		await openPhone(ANNA);
		await reply('When are you open?');
		await arrives('We are open from 9');
		await reply('HUMAN');
		await arrives('A colleague takes over');
		await fillIn(n8n, returning, 'return-to-the-agent', ['(757) 555-0142']);
		await until(async () => (await returning.count('success')) === 1);
		await reply('What is a cut?');
		await arrives('A cut is 35 dollars.');
		await picture('agent');
	});

	it('Skycore asks with two workflows', async () => {
		const live = await followExample(n8n, 'ask-with-skycore');
		sandbox.configure('skycore', { postbackEveryMs: 0 });
		await call(n8n, 'ask-with-skycore', { to: DANA, message: 'Do you come on Friday? YES or NO' });
		await openPhone(DANA);
		await arrives('Do you come on Friday?');
		await until(async () => (await live.count('waiting')) === 1);
		await reply('yes!');
		await until(async () => (await live.count('success')) === 1);
		const run = await live.next();
		expect(run.json('They come')).toEqual([{ result: `${DANA} said yes` }]);
		await picture('skycore');
	});
});
