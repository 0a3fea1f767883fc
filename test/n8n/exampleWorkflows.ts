/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test support, not a node */
/** The workflows in examples/, loaded into a test's n8n the way npm start loads them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { loadExamples } from '../../sandbox/n8n/examples.mjs';
import { type Live, type N8n, type Run } from './instance';
import type { NodeOfWorkflow } from './workflow';
import { until } from './until';

const FOLDER = join(__dirname, '../../examples');

/** @param only names of files; all where it is left out */
export async function publishExamples(n8n: N8n, sandbox: { url: string }, only?: string[]) {
	await loadExamples(n8n.rest, {
		folder: FOLDER,
		sandboxUrl: sandbox.url,
		webhookBase: n8n.webhookBase,
		remembered: join(n8n.folder, 'loaded.json'),
		only,
	});
}

/** The executions of one of them, by the name of its file. */
export async function followExample(n8n: N8n, name: string): Promise<Live> {
	const { id } = JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8'));
	// as it is there: its addresses are its own
	return n8n.follow(await n8n.rest.call('GET', `/workflows/${id}`));
}

/** Publishes one of them with other parameters, by the names of their nodes, as its user would. */
export async function changeExample(
	n8n: N8n,
	{ workflow: { id } }: Live,
	changes: Record<string, Record<string, unknown>>,
) {
	const loaded = await n8n.rest.call('GET', `/workflows/${id}`);
	const nodes = (loaded.nodes as NodeOfWorkflow[]).map((node) => ({
		...node,
		parameters: { ...node.parameters, ...changes[node.name] },
	}));
	await n8n.rest.saveWorkflow({ ...loaded, nodes });
	await n8n.rest.publish(id);
}

/** Runs one of them as *Execute workflow* does, from the trigger of this name. */
export async function execute(
	n8n: N8n,
	{ workflow }: Live,
	trigger = 'Try it',
	until: 'ended' | 'waiting' = 'ended',
): Promise<Run> {
	const start = { triggerToStartFrom: { name: trigger } };
	const { executionId } = await n8n.rest.call('POST', `/workflows/${workflow.id}/run`, start);
	return await n8n.finished(executionId, until);
}

/** Posts this to one of their webhooks. */
export async function call(n8n: N8n, path: string, body: object): Promise<Response> {
	const response = await fetch(`${n8n.webhookBase}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (response.status >= 500) throw new Error(`${response.status} ${await response.text()}`);
	return response;
}

/** The id of the execution that this starts. */
export async function started(n8n: N8n, { workflow }: Live, act: () => Promise<unknown>) {
	const ids = async () => (await n8n.rest.executions(workflow.id)).map(({ id }) => id);
	const before = await ids();
	await act();
	let mine: string | undefined;
	// an n8n that is very busy lets go of connections
	const now = async () => await ids().catch(() => before);
	await until(async () => (mine = (await now()).find((id) => !before.includes(id))));
	return mine!;
}

/** The id of the execution that this call of a webhook starts. */
export async function start(n8n: N8n, live: Live, path: string, body: object) {
	return await started(n8n, live, async () => await call(n8n, path, body));
}

/** Fills in a form, as a browser does. @returns the id of the execution that this starts */
export async function fillIn(
	n8n: N8n,
	live: Live,
	path: string,
	fields: Array<string | { csv: string }>,
) {
	const form = new FormData();
	fields.forEach((field, index) => {
		if (typeof field === 'string') form.set(`field-${index}`, field);
		else form.set(`field-${index}`, new Blob([field.csv], { type: 'text/csv' }), 'list.csv');
	});
	return await started(n8n, live, async () => {
		const address = `${n8n.webhookBase}/form/${path}`;
		expect((await fetch(address, { method: 'POST', body: form })).status).toBe(200);
	});
}

/** The rows of a data table, oldest first. */
export async function rowsOf(n8n: N8n, name: string): Promise<Array<Record<string, unknown>>> {
	const { id } = await n8n.rest.call('GET', '/projects/personal');
	const filter = encodeURIComponent(JSON.stringify({ name }));
	const tables = await n8n.rest.call('GET', `/projects/${id}/data-tables?filter=${filter}`);
	const [table] = tables.data as Array<{ id: string }>;
	if (!table) return [];
	const path = `/projects/${id}/data-tables/${table.id}/rows?take=100`;
	return (await n8n.rest.call('GET', path)).data;
}
