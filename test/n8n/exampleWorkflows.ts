/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test support, not a node */
/**
 * The workflows in examples/, loaded into n8n as npm start does, except that their schedules start no
 * run between those that a test starts.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadExamples } from '../../sandbox/n8n/examples.mjs';
import { until } from '../engine/harness/until';
import type { Live, N8n, Run } from './instance';
import type { ScriptedModel } from './scriptedModel';
import { preselectedTrigger, withDistantSchedules, type NodeOfWorkflow } from './workflow';

const FOLDER = join(__dirname, '../../examples');

/** One number, as people type it. */
export const SPELLINGS = [
	'+1 757 555 0142',
	'(757) 555-0142',
	'757.555.0142',
	'17575550142',
	'001 757 555 0142',
	'1-757-555-0142',
];

/** @param only names of files; all if omitted */
export async function publishExamples(n8n: N8n, sandbox: { url: string }, only?: string[]) {
	await loadExamples(n8n.rest, {
		folder: FOLDER,
		sandboxUrl: sandbox.url,
		webhookBase: n8n.webhookBase,
		remembered: join(n8n.folder, 'loaded.json'),
		only,
		change: withDistantSchedules,
	});
}

/** An example that is already published, by the name of its file. */
export async function followExample(n8n: N8n, name: string): Promise<Live> {
	const { id } = JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8'));
	// as stored in n8n, because the file has other addresses
	return n8n.follow(await n8n.rest.call('GET', `/workflows/${id}`));
}

/** Publishes an example with changed parameters. @param changes by the names of the nodes */
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

/** Selects a credential for the chat model of an example and publishes it, as its user does. */
export async function selectModel(n8n: N8n, name: string, { credential }: ScriptedModel) {
	const { workflow } = await followExample(n8n, name);
	const loaded = await n8n.rest.call('GET', `/workflows/${workflow.id}`);
	const openAi = await n8n.credential('openAiApi', credential);
	const nodes = (loaded.nodes as NodeOfWorkflow[]).map((node) =>
		node.name === 'OpenAI Chat Model' ? { ...node, credentials: openAi } : node,
	);
	await n8n.rest.saveWorkflow({ ...loaded, nodes });
	await n8n.rest.publish(workflow.id);
}

/** Runs an example as *Execute workflow* does. @param from by default the trigger that n8n preselects */
export async function execute(
	n8n: N8n,
	{ workflow }: Live,
	{ from, until: end = 'ended' }: { from?: string; until?: 'ended' | 'waiting' } = {},
): Promise<Run> {
	const name = from ?? preselectedTrigger(workflow.nodes).name;
	const start = { triggerToStartFrom: { name } };
	const { executionId } = await n8n.rest.call('POST', `/workflows/${workflow.id}/run`, start);
	return await n8n.finished(executionId, end);
}

/** Posts a body to a webhook of an example. */
export async function call(n8n: N8n, path: string, body: object): Promise<Response> {
	const response = await fetch(`${n8n.webhookBase}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (response.status >= 500) throw new Error(`${response.status} ${await response.text()}`);
	return response;
}

/** The ID of the execution that an action starts. */
export async function startedBy(n8n: N8n, { workflow }: Live, act: () => Promise<unknown>) {
	const ids = async () => (await n8n.rest.executions(workflow.id)).map(({ id }) => id);
	const before = await ids();
	await act();
	let startedId: string | undefined;
	// a very busy n8n drops connections
	const current = async () => await ids().catch(() => before);
	await until(async () => (startedId = (await current()).find((id) => !before.includes(id))));
	return startedId!;
}

/** The ID of the execution that a call of a webhook starts. */
export async function start(n8n: N8n, live: Live, path: string, body: object) {
	return await startedBy(n8n, live, async () => await call(n8n, path, body));
}

/** Submits a form as a browser does. @returns the ID of the execution that this starts */
export async function fillIn(
	n8n: N8n,
	live: Live,
	path: string,
	fields: Array<string | { csv: string | Buffer }>,
) {
	const form = new FormData();
	fields.forEach((field, index) => {
		if (typeof field === 'string') form.set(`field-${index}`, field);
		else form.set(`field-${index}`, new Blob([field.csv], { type: 'text/csv' }), 'list.csv');
	});
	return await startedBy(n8n, live, async () => {
		const address = `${n8n.webhookBase}/form/${path}`;
		expect((await fetch(address, { method: 'POST', body: form })).status).toBe(200);
	});
}

/** The rows of a data table, oldest first; at most a hundred. */
export async function rowsOf(n8n: N8n, name: string): Promise<Array<Record<string, unknown>>> {
	const address = await addressOfTable(n8n, name);
	return address ? (await n8n.rest.call('GET', `${address}/rows?take=100`)).data : [];
}

/** The number of rows of a data table. */
export async function countRows(n8n: N8n, name: string): Promise<number> {
	const address = await addressOfTable(n8n, name);
	return address ? (await n8n.rest.call('GET', `${address}/rows?take=1`)).count : 0;
}

/** Adds rows to a data table that an example has created. */
export async function addRows(n8n: N8n, name: string, rows: object[]) {
	const address = await addressOfTable(n8n, name);
	const PER_REQUEST = 1_000;
	for (let start = 0; start < rows.length; start += PER_REQUEST) {
		const data = rows.slice(start, start + PER_REQUEST);
		await n8n.rest.call('POST', `${address}/insert`, { data, returnType: 'count' });
	}
}

async function addressOfTable(n8n: N8n, name: string): Promise<string | undefined> {
	const { id } = await n8n.rest.call('GET', '/projects/personal');
	const filter = encodeURIComponent(JSON.stringify({ name }));
	const tables = await n8n.rest.call('GET', `/projects/${id}/data-tables?filter=${filter}`);
	const [table] = tables.data as Array<{ id: string }>;
	return table && `/projects/${id}/data-tables/${table.id}`;
}
