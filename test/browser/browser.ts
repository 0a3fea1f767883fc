/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test support, not a node */
/** Debian's Chromium, driven by playwright-core. Screenshots go to .work/screenshots. */
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

import { localOwner, passingPassword } from '../../sandbox/n8n/rest.mjs';

const SCREENSHOTS = join(__dirname, '../../.work/screenshots');

export async function openBrowser(): Promise<Browser> {
	return await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

/** A page that notes what it wanted from anywhere but this machine, and gets none of it. */
export async function openPage(browser: Browser): Promise<Page & { wantedOutside: string[] }> {
	const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
	const wantedOutside: string[] = [];
	await page.route(
		({ protocol, hostname }) => protocol.startsWith('http') && hostname !== '127.0.0.1',
		async (route) => {
			wantedOutside.push(route.request().url());
			await route.abort();
		},
	);
	return Object.assign(page, { wantedOutside });
}

export async function screenshot(page: Page, name: string) {
	// n8n's panels slide in
	await page.waitForTimeout(700);
	await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** Signs in to n8n's editor as the local owner. */
export async function enterEditor(page: Page, url: string) {
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', localOwner.email);
	await page.fill('input[name=password]', passingPassword);
	await page.click('[data-test-id=form-submit-button]');
	await page.waitForURL(/home|workflow/);
}
