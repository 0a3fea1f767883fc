import type { Browser, Page } from 'playwright-core';

import { startSandbox, type Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { openBrowser, openPage, screenshot } from './browser';

/** The list of phones on the handset page. */

const PHONES = 200;
const numberOf = (index: number) => `1757555${String(index).padStart(4, '0')}`;

let sandbox: Sandbox;
let browser: Browser;
let page: Page;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	browser = await openBrowser();
	page = await openPage(browser);
});
afterAll(async () => {
	await browser?.close();
	await sandbox?.close();
});

/** Every phone has a text, the last one the newest. */
function fill() {
	for (let index = 0; index < PHONES; index++) {
		sandbox.messages.add({
			provider: 'cdyne',
			direction: 'in',
			kind: 'sms',
			from: numberOf(index),
			to: '17575449510',
			id: `message-${index}`,
			text: index === 17 ? 'I am sick, can I come later?' : `Text ${index}`,
			status: 'received',
		});
	}
}

const links = () => page.locator('#numbers a');
const shown = async () => await page.locator('#numbers .number').allTextContents();
const search = async (text: string) => await page.fill('#search', text);
const openPhone = async (text: string) => {
	await page.fill('#open-number', text);
	await page.click('#open button');
};
const title = async () => await page.locator('#phone-title').textContent();
const problem = async () => await page.locator('#open-problem').textContent();

describe('two hundred phones', () => {
	beforeAll(async () => {
		sandbox.reset();
		fill();
		await page.goto(sandbox.url);
		await until(async () => (await links().count()) === PHONES);
	});
	beforeEach(async () => await search(''));

	it('are a list with the newest text first', async () => {
		expect((await shown())[0]).toBe('+1 757 555 0199');
		await screenshot(page, 'phones');
	});

	it.each([
		['wide', { width: 1400, height: 900 }],
		['narrow', { width: 400, height: 800 }],
	])('scroll between the search and the field for another phone: %s', async (_, size) => {
		await page.setViewportSize(size);
		if (size.width < 500) await page.click('.tabs [data-show=numbers]');
		for (const selector of ['#search', '#open-number']) {
			const box = await page.locator(selector).boundingBox();
			expect(box!.y + box!.height).toBeLessThan(size.height);
		}
		await links().last().scrollIntoViewIfNeeded();
		expect(await links().last().isVisible()).toBe(true);
		await screenshot(page, `phones-${size.width}`);
		await page.setViewportSize({ width: 1400, height: 900 });
	});

	it.each([
		['+1 757 555 0142', ['+1 757 555 0142']],
		['(757) 555-0142', ['+1 757 555 0142']],
		['5550142', ['+1 757 555 0142']],
		['SICK', ['+1 757 555 0017']],
		['nobody wrote this', []],
	])('are searched for %j', async (text, expected) => {
		await search(text);
		expect(await shown()).toEqual(expected);
		expect(await page.locator('#found').textContent()).toBe(
			expected.length === 0 ? 'No phone is found.' : '1 of 200 phones',
		);
	});

	it('one that is found opens with a click', async () => {
		await search('0142');
		await links().first().click();
		expect(await title()).toBe('+1 757 555 0142');
		expect(page.url()).toBe(`${sandbox.url}/phone/${numberOf(142)}`);
	});
});

describe('another phone', () => {
	it.each(['hello', '12', '+1 757 555 0142 ext. 7', '0044', '1234567890123456'])(
		'is not opened for %j, which is not a phone number',
		async (text) => {
			await page.goto(`${sandbox.url}/phone/${numberOf(1)}`);
			await openPhone(text);
			expect(await problem()).toBe(
				`“${text}” is not a phone number. Enter one with its country code, such as +1 757 555 0142.`,
			);
			expect(await title()).toBe('+1 757 555 0001');
			expect(await page.inputValue('#open-number')).toBe(text);
		},
	);

	it.each(['+39 333 555 0101', '0039 (333) 555-0101', '011 39 333.555.0101'])(
		'is opened for %j',
		async (text) => {
			await openPhone('hello');
			await openPhone(text);
			expect([await title(), await problem()]).toEqual(['+39 333 555 0101', '']);
		},
	);

	it('is not opened by an address without a phone number', async () => {
		await page.goto(`${sandbox.url}/phone/somebody`);
		expect(await problem()).toContain('“somebody” is not a phone number.');
	});
});

it('connects again when the sandbox was restarted', async () => {
	await page.goto(`${sandbox.url}/phone/${numberOf(1)}`);
	const { url } = sandbox;
	const state = async () => await page.locator('#live').textContent();
	await until(async () => (await state()) === 'live');
	await sandbox.close();
	await until(async () => (await state()) === 'connection lost, reconnecting');
	await page.click('#quick button');
	await page.getByText('The sandbox does not respond. Is it still running?').waitFor();
	sandbox = await startSandbox({ port: Number(new URL(url).port) });
	await until(async () => (await state()) === 'live');
	// the messages of before are gone
	await until(async () => (await links().count()) === 1);
	await page.click('#quick button');
	await page.locator('#messages').getByText('YES', { exact: true }).waitFor();
});
