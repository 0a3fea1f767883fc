/** Loads the credentials for the sandbox and the workflows in examples/ into a running n8n. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { sandboxCredentials } from './credentials.mjs';
import { n8nVersion } from './instance.mjs';
import { webhookAddress, waitForWebhook } from './rest.mjs';

/**
 * @typedef {object} Example
 * @property {string} id
 * @property {string} name
 * @property {boolean} tryFirst whether it is marked as a good first example
 * @property {string[]} webhooks addresses of its Webhook nodes
 * @property {Record<string, string>} triggers addresses of this package's triggers, by type
 */

/**
 * Loads and publishes a workflow if it is new or its file has changed, so that changes made in the
 * editor are kept. A workflow with `"active": false` is loaded but not published, because it needs
 * something that only its user has, such as a credential.
 *
 * @param {Awaited<ReturnType<import('./rest.mjs').signIn>>} n8n
 * @param {object} options
 * @param {string} options.folder with the workflow files
 * @param {string} options.sandboxUrl
 * @param {string} options.webhookBase base of n8n's webhook addresses
 * @param {string} options.remembered file that records what was loaded
 * @param {string[]} [options.only] names of files, without `.json`; all by default
 * @param {(workflow: any) => any} [options.change] changes a workflow before it is loaded
 * @returns {Promise<Example[]>} the published workflows, those to try first at the top, once all
 *   their addresses respond
 */
export async function loadExamples(n8n, options) {
	const { folder, sandboxUrl, webhookBase, remembered, only } = options;
	const { change = (workflow) => workflow } = options;
	const loaded = await readFile(remembered, 'utf8').then(JSON.parse, () => ({}));
	const credentials = await loadCredentials(n8n, sandboxUrl);
	const tags = await n8n.call('GET', '/tags');
	const examples = new Set();
	const isSelected = (name) =>
		only?.map((basename) => `${basename}.json`).includes(name) ?? name.endsWith('.json');
	const read = async (file) => {
		const text = await readFile(join(folder, file), 'utf8');
		const example = JSON.parse(text);
		return { file, text, example, tryFirst: isTryFirst(example) };
	};
	const files = await Promise.all((await readdir(folder)).filter(isSelected).sort().map(read));
	// n8n lists the last ones first
	for (const { file, text, example } of files.sort((a, b) => a.tryFirst - b.tryFirst)) {
		if (!SUPPORTS_DATA_TABLES && text.includes('n8n-nodes-base.dataTable')) continue;
		const workflow = change(example);
		examples.add(workflow.id);
		const fingerprint = createHash('sha256').update(text).digest('hex');
		const exists = (await n8n.workflows()).some(({ id }) => id === workflow.id);
		if (exists && loaded[file] === fingerprint) {
			await reregister(n8n, workflow.id);
			continue;
		}
		const currentNodes = exists ? (await n8n.call('GET', `/workflows/${workflow.id}`)).nodes : [];
		const prepared = withWebhookIds(withCredentials(workflow, credentials), currentNodes);
		await n8n.saveWorkflow({ ...prepared, tags: await tagIds(n8n, tags, workflow.tags) });
		if (workflow.active !== false) await n8n.publish(workflow.id);
		loaded[file] = fingerprint;
	}
	await writeFile(remembered, JSON.stringify(loaded));
	const published = await publishedExamples(n8n, webhookBase, examples);
	await setSkycoreAddresses(sandboxUrl, published);
	return published;
}

/**
 * Publishes a workflow again if its trigger registers itself, because the sandbox loses
 * registrations when it ends, and n8n does not check them when it starts.
 */
async function reregister(n8n, id) {
	const { activeVersionId, activeVersion } = await n8n.call('GET', `/workflows/${id}`);
	if (!activeVersion?.nodes.some(registersItself)) return;
	await n8n.unpublish(id);
	await n8n.publish(id, activeVersionId);
}

const registersItself = ({ type, disabled, parameters }) =>
	!disabled && (type === WOOXY_TRIGGER || parameters.registerAutomatically);

/** Sets the postback address that an account holder enters on a web page of Skycore. */
async function setSkycoreAddresses(sandboxUrl, examples) {
	const candidates = examples.filter(({ triggers }) => triggers[SKYCORE_TRIGGER]);
	const example = candidates.find(({ id }) => id === SKYCORE_SHARE) ?? candidates[0];
	if (!example) return;
	const address = example.triggers[SKYCORE_TRIGGER];
	const { data } = sandboxCredentials(sandboxUrl).find(({ type }) => type === 'skycoreApi');
	const url = `${address}?token=${encodeURIComponent(data.postbackToken)}`;
	const response = await fetch(`${sandboxUrl}/control/settings/skycore`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ postbackUrl: url, moUrl: url }),
	});
	if (!response.ok) throw new Error(`The sandbox: ${response.status} ${await response.text()}`);
}

/** The files contain names of tags, whose ids differ in each n8n. */
async function tagIds(n8n, tags, required = []) {
	const ids = [];
	for (const { name } of required) {
		const existing = tags.find((tag) => tag.name === name);
		if (!existing) tags.push(await n8n.call('POST', '/tags', { name }));
		ids.push((existing ?? tags.at(-1)).id);
	}
	return ids;
}

async function loadCredentials(n8n, sandboxUrl) {
	const existing = await n8n.credentials();
	const ids = new Map();
	for (const { type, name, data } of sandboxCredentials(sandboxUrl)) {
		const found = existing.find(
			(credential) => credential.type === type && credential.name === name,
		);
		// updated each time, because the sandbox may use another port
		if (found) await n8n.updateCredential(found.id, type, name, data);
		ids.set(`${type} ${name}`, found?.id ?? (await n8n.createCredential(type, name, data)).id);
	}
	return ids;
}

/** The files contain names of credentials, whose ids differ in each n8n. */
function withCredentials(workflow, ids) {
	const nodes = workflow.nodes.map((node) => {
		const used = Object.entries(node.credentials ?? {}).map(([type, { name }]) => [
			type,
			{ id: ids.get(`${type} ${name}`), name },
		]);
		return used.length > 0 ? { ...node, credentials: Object.fromEntries(used) } : node;
	});
	return { ...workflow, nodes };
}

/**
 * Replaces the webhook ids in the files, which are public. An existing workflow keeps its ids.
 */
function withWebhookIds(workflow, currentNodes) {
	const ids = new Map(currentNodes.map(({ id, webhookId }) => [id, webhookId]));
	const nodes = workflow.nodes.map((node) =>
		node.webhookId ? { ...node, webhookId: ids.get(node.id) ?? randomUUID() } : node,
	);
	return { ...workflow, nodes };
}

async function publishedExamples(n8n, webhookBase, examples) {
	const active = (await n8n.workflows()).filter(({ id, active }) => active && examples.has(id));
	const published = await Promise.all(
		active.map(async ({ id, name }) => {
			await n8n.waitUntilPublished(id);
			const workflow = await n8n.call('GET', `/workflows/${id}`);
			const starts = workflow.nodes.filter((node) => isStart(node) && !node.disabled);
			await Promise.all(starts.map((node) => waitForWebhook(webhookAddress(webhookBase, node))));
			const addresses = starts.map((node) => [node.type, webhookAddress(webhookBase, node)]);
			const webhooks = addresses.flatMap(([type, url]) => (type === WEBHOOK ? url : []));
			const triggers = Object.fromEntries(addresses.filter(([type]) => type !== WEBHOOK));
			return { id, name, tryFirst: isTryFirst(workflow), webhooks, triggers };
		}),
	);
	const order = (a, b) => b.tryFirst - a.tryFirst || a.name.localeCompare(b.name);
	return published.sort(order);
}

/** n8n 1 cannot create data tables. */
const SUPPORTS_DATA_TABLES = !n8nVersion.startsWith('1.');
const TRY_FIRST = 'Try first';
const isTryFirst = ({ tags = [] }) => tags.some(({ name }) => name === TRY_FIRST);
const WEBHOOK = 'n8n-nodes-base.webhook';
const OUR_TRIGGER = /^n8n-nodes-sms-gateways\..*Trigger$/;
const WOOXY_TRIGGER = 'n8n-nodes-sms-gateways.wooxyTrigger';
const SKYCORE_TRIGGER = 'n8n-nodes-sms-gateways.skycoreTrigger';
/** The workflow that distributes Skycore's postbacks, which all have the same address. */
const SKYCORE_SHARE = 'skycoreShare';

/**
 * Whether a node is a trigger of this package or n8n's Webhook. Action nodes that can wait also
 * have a webhook id, but no address until they wait.
 */
const isStart = ({ type, webhookId }) => webhookId && (type === WEBHOOK || OUR_TRIGGER.test(type));
