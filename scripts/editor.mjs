/** Opens n8n's editor in Debian's Chromium to take screenshots. */
import { chromium } from 'playwright-core';

import { localOwner, temporaryPassword } from '../sandbox/n8n/rest.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** The duration of n8n's animations. */
const ANIMATION_MS = 500;

const testId = (name) => `[data-test-id=${name}]`;

/**
 * Opens the editor and signs in.
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
			// no other hosts, so that the screenshots do not depend on the network
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
		],
	});
	const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
	page.setDefaultTimeout(30_000);
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', localOwner.email);
	await page.fill('input[name=password]', temporaryPassword);
	await page.click(testId('form-submit-button'));
	await page.waitForURL(/home|workflow/);
	// the sign-in is followed by requests, which could navigate to another page
	await page.waitForLoadState('networkidle');

	const byTestId = (name) => page.locator(testId(name));

	async function waitForAnimations() {
		await page.waitForTimeout(ANIMATION_MS);
	}

	async function resize(width, height) {
		await page.setViewportSize({ width, height });
	}

	/** Takes a screenshot of the page or of an element. */
	async function screenshot(element) {
		await waitForAnimations();
		return await (element ?? page).screenshot();
	}

	/** Navigates with the editor's router, because a page load takes seconds. */
	async function goTo(path) {
		await page.evaluate(async (to) => {
			const app = document.querySelector('#app').__vue_app__;
			await app.config.globalProperties.$router.push(to);
		}, path);
	}

	async function openCanvas(id) {
		// a page load resets the zoom of the previous workflow
		await page.goto(`${url}/workflow/${id}`);
		await page.locator('.vue-flow__node').first().waitFor();
	}

	return {
		page,
		byTestId,
		resize,
		screenshot,
		openCanvas,

		/** Opens the panel of a node. */
		async openNode(workflowId, nodeId) {
			await page.goto(`${url}/workflow/${workflowId}/${nodeId}`);
			await byTestId('node-parameters').first().waitFor();
			await page
				.locator(`${testId('node-parameters')} .parameter-item`)
				.first()
				.waitFor();
		},

		/** Opens a credential. n8n tests it then. */
		async openCredential(id) {
			await goTo('/home/credentials');
			await goTo(`/home/credentials/${id}`);
			await byTestId('credential-edit-dialog').waitFor();
		},

		/** Takes a screenshot of a whole workflow, without the controls on the canvas. */
		async canvas(id, { width, height }) {
			await resize(width, height);
			await openCanvas(id);
			await page.addStyleTag({ content: CANVAS_ONLY });
			await page.keyboard.press('1');
			await waitForAnimations();
			// zooms out to show the names below the last row
			await page.keyboard.press('-');
			await waitForAnimations();
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

const CANVAS_ONLY = `
	.vue-flow__panel, ${testId('canvas-controls')}, ${testId('logs-panel')},
	${testId('logs-overview')}, [data-test-id^=execute-workflow-button],
	.el-popper, [data-radix-popper-content-wrapper], [role='dialog'] { display: none !important; }
`;

/** The names below the nodes are wider than the nodes. */
const MARGIN = 40;
/** The last nodes have a plus button on the right, and names below. */
const END_MARGIN = 80;

function around(boxes, { width, height }) {
	const left = Math.max(0, Math.min(...boxes.map((box) => box.left)) - MARGIN);
	const top = Math.max(0, Math.min(...boxes.map((box) => box.top)) - MARGIN);
	const right = Math.min(width, Math.max(...boxes.map((box) => box.right)) + END_MARGIN);
	const bottom = Math.min(height, Math.max(...boxes.map((box) => box.bottom)) + END_MARGIN);
	return { x: left, y: top, width: right - left, height: bottom - top };
}
