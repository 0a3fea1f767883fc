/** n8n's editor in Debian's Chromium, for pictures of it. */
import { chromium } from 'playwright-core';

import { localOwner, passingPassword } from '../sandbox/n8n/rest.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** What n8n slides in and fades. */
const SLIDES_MS = 500;

const testId = (name) => `[data-test-id=${name}]`;

/**
 * Opens the editor of an n8n, signed in.
 * @param {string} url of n8n, without a slash at the end
 */
export async function openEditor(url) {
	const browser = await chromium.launch({
		executablePath: CHROMIUM,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-background-networking',
			'--disable-sync',
			// nothing from anywhere but this machine, and so the same picture everywhere
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
		],
	});
	const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
	page.setDefaultTimeout(30_000);
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', localOwner.email);
	await page.fill('input[name=password]', passingPassword);
	await page.click(testId('form-submit-button'));
	await page.waitForURL(/home|workflow/);
	// signing in goes on by itself for a while, and would lead elsewhere
	await page.waitForLoadState('networkidle');

	const shown = (name) => page.locator(testId(name));

	async function settle() {
		await page.waitForTimeout(SLIDES_MS);
	}

	async function resize(width, height) {
		await page.setViewportSize({ width, height });
	}

	/** Takes a picture of everything, or of what an element takes up. */
	async function picture(of) {
		await settle();
		return await (of ?? page).screenshot();
	}

	/** By the editor's own router: to load all of it again takes seconds. */
	async function goTo(path) {
		await page.evaluate(async (to) => {
			const app = document.querySelector('#app').__vue_app__;
			await app.config.globalProperties.$router.push(to);
		}, path);
	}

	async function openCanvas(id) {
		// anew, so that the zoom of another one is forgotten
		await page.goto(`${url}/workflow/${id}`);
		await page.locator('.vue-flow__node').first().waitFor();
	}

	return {
		page,
		shown,
		resize,
		picture,
		openCanvas,

		/** The panel of a node. */
		async openNode(workflowId, nodeId) {
			await page.goto(`${url}/workflow/${workflowId}/${nodeId}`);
			await shown('node-parameters').first().waitFor();
			await page
				.locator(`${testId('node-parameters')} .parameter-item`)
				.first()
				.waitFor();
		},

		/** A credential, which n8n tests when it is opened. */
		async openCredential(id) {
			await goTo('/home/credentials');
			await goTo(`/home/credentials/${id}`);
			await shown('credential-edit-dialog').waitFor();
		},

		/** The whole of a workflow as large as it is at this zoom, without what lies over it. */
		async canvas(id, { width, height }) {
			await resize(width, height);
			await openCanvas(id);
			await page.addStyleTag({ content: NOTHING_BUT_THE_CANVAS });
			await page.keyboard.press('1');
			await settle();
			// leaves room for the names below the last row
			await page.keyboard.press('-');
			await settle();
			const boxes = await page
				.locator('.vue-flow__node')
				.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON()));
			return await page.screenshot({ clip: around(boxes, { width, height }) });
		},

		async close() {
			await browser.close();
		},
	};
}

const NOTHING_BUT_THE_CANVAS = `
	.vue-flow__panel, ${testId('canvas-controls')}, ${testId('logs-panel')},
	${testId('logs-overview')}, [data-test-id^=execute-workflow-button],
	.el-popper, [data-radix-popper-content-wrapper], [role='dialog'] { display: none !important; }
`;

/** Names of nodes stand below them, and are wider; a plus stands behind the last ones. */
const MARGIN = 40;
const BEHIND = 80;

function around(boxes, { width, height }) {
	const left = Math.max(0, Math.min(...boxes.map((box) => box.left)) - MARGIN);
	const top = Math.max(0, Math.min(...boxes.map((box) => box.top)) - MARGIN);
	const right = Math.min(width, Math.max(...boxes.map((box) => box.right)) + BEHIND);
	const bottom = Math.min(height, Math.max(...boxes.map((box) => box.bottom)) + BEHIND);
	return { x: left, y: top, width: right - left, height: bottom - top };
}
