/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test support, not a node */
/** Debian's Chromium, driven by playwright-core. Screenshots go to .work/screenshots. */
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

import { localOwner } from '../../sandbox/n8n/rest.mjs';
import type { N8n } from '../n8n/instance';

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

/** Opens a page that blocks and records requests to other machines. */
export async function openPage(browser: Browser): Promise<Page & { blockedUrls: string[] }> {
	const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
	const blockedUrls: string[] = [];
	await page.route(
		({ protocol, hostname }) => protocol.startsWith('http') && hostname !== '127.0.0.1',
		async (route) => {
			blockedUrls.push(route.request().url());
			await route.abort();
		},
	);
	return Object.assign(page, { blockedUrls });
}

export async function screenshot(page: Page, name: string) {
	// n8n's panels slide in
	await page.waitForTimeout(700);
	await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** Signs in to n8n's editor as the local owner. */
export async function enterEditor(page: Page, { url, password }: N8n) {
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', localOwner.email);
	await page.fill('input[name=password]', password);
	await page.click('[data-test-id=form-submit-button]');
	await page.waitForURL(/home|workflow/);
}
