/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test support, not a node */
/** The workflows in examples/, loaded into a test's n8n the way npm start loads them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { loadExamples } from '../../sandbox/n8n/examples.mjs';
import type { Live, N8n } from './instance';

const FOLDER = join(__dirname, '../../examples');

export async function publishExamples(n8n: N8n, sandbox: { url: string }) {
	await loadExamples(n8n.rest, {
		folder: FOLDER,
		sandboxUrl: sandbox.url,
		webhookBase: n8n.webhookBase,
		remembered: join(n8n.folder, 'loaded.json'),
	});
}

/** The executions of one of them, by the name of its file. */
export async function followExample(n8n: N8n, name: string): Promise<Live> {
	const { id } = JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8'));
	// as it is there: its addresses are its own
	return n8n.follow(await n8n.rest.call('GET', `/workflows/${id}`));
}
