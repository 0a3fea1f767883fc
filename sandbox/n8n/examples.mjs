/** Loads the credentials for the sandbox and the workflows in examples/ into a running n8n. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { sandboxCredentials } from './credentials.mjs';
import { n8nVersion } from './instance.mjs';
import { webhookAddress, webhookAnswers } from './rest.mjs';

/**
 * @typedef {object} Example
 * @property {string} id
 * @property {string} name
 * @property {boolean} tryFirst marked as one of those to begin with
 * @property {string[]} webhooks addresses of its Webhook nodes
 * @property {Record<string, string>} triggers addresses of our triggers in it, by their type
 */

/**
 * A workflow is loaded and published when it is new or its file has changed since, so that what
 * somebody did to it in the editor stays. One that needs something first (a credential that only
 * its user has) says `"active": false` and is loaded without being published.
 *
 * @param {Awaited<ReturnType<import('./rest.mjs').signIn>>} n8n
 * @param {object} options
 * @param {string} options.folder with the workflow files
 * @param {string} options.sandboxUrl
 * @param {string} options.webhookBase where n8n answers to webhooks
 * @param {string} options.remembered file that remembers what was loaded
 * @param {string[]} [options.only] names of files, without `.json`; all where it is left out
 * @returns {Promise<Example[]>} the published ones, those to try first before the others, when all
 *   their addresses answer
 */
export async function loadExamples(n8n, { folder, sandboxUrl, webhookBase, remembered, only }) {
	const loaded = await readFile(remembered, 'utf8').then(JSON.parse, () => ({}));
	const credentials = await loadCredentials(n8n, sandboxUrl);
	const tags = await n8n.call('GET', '/tags');
	const examples = new Set();
	const wanted = (name) =>
		only?.map((one) => `${one}.json`).includes(name) ?? name.endsWith('.json');
	for (const file of (await readdir(folder)).filter(wanted).sort()) {
		const text = await readFile(join(folder, file), 'utf8');
		if (!CAN_MAKE_TABLES && text.includes('n8n-nodes-base.dataTable')) continue;
		const workflow = JSON.parse(text);
		examples.add(workflow.id);
		const fingerprint = createHash('sha256').update(text).digest('hex');
		const known = (await n8n.workflows()).some(({ id }) => id === workflow.id);
		if (known && loaded[file] === fingerprint) {
			await registerAgain(n8n, workflow.id);
			continue;
		}
		const present = known ? (await n8n.call('GET', `/workflows/${workflow.id}`)).nodes : [];
		const ready = withOwnAddresses(withCredentials(workflow, credentials), present);
		await n8n.saveWorkflow({ ...ready, tags: await tagIds(n8n, tags, workflow.tags) });
		if (workflow.active !== false) await n8n.publish(workflow.id);
		loaded[file] = fingerprint;
	}
	await writeFile(remembered, JSON.stringify(loaded));
	const all = await published(n8n, webhookBase, examples);
	await setSkycoreAddresses(sandboxUrl, all);
	return all;
}

/**
 * The sandbox forgets what was registered when it ends, and n8n asks no trigger about that when it
 * starts.
 */
async function registerAgain(n8n, id) {
	const { activeVersionId, activeVersion } = await n8n.call('GET', `/workflows/${id}`);
	if (!activeVersion?.nodes.some(registersItself)) return;
	await n8n.unpublish(id);
	await n8n.publish(id, activeVersionId);
}

const registersItself = ({ type, disabled, parameters }) =>
	!disabled && (type === WOOXY_TRIGGER || parameters.registerAutomatically);

/** Where Skycore posts to is set by hand, on a web page for the account. */
async function setSkycoreAddresses(sandboxUrl, examples) {
	const listening = examples.filter(({ triggers }) => triggers[SKYCORE_TRIGGER]);
	const chosen = listening.find(({ id }) => id === SHARES) ?? listening[0];
	if (!chosen) return;
	const address = chosen.triggers[SKYCORE_TRIGGER];
	const { data } = sandboxCredentials(sandboxUrl).find(({ type }) => type === 'skycoreApi');
	const url = `${address}?token=${encodeURIComponent(data.postbackToken)}`;
	const response = await fetch(`${sandboxUrl}/control/settings/skycore`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ postbackUrl: url, moUrl: url }),
	});
	if (!response.ok) throw new Error(`The sandbox: ${response.status} ${await response.text()}`);
}

/** The files name tags; each n8n has its own ids for them. */
async function tagIds(n8n, known, wanted = []) {
	const ids = [];
	for (const { name } of wanted) {
		const present = known.find((tag) => tag.name === name);
		if (!present) known.push(await n8n.call('POST', '/tags', { name }));
		ids.push((present ?? known.at(-1)).id);
	}
	return ids;
}

async function loadCredentials(n8n, sandboxUrl) {
	const present = await n8n.credentials();
	const ids = new Map();
	for (const { type, name, data } of sandboxCredentials(sandboxUrl)) {
		const known = present.find((one) => one.type === type && one.name === name);
		// again each time: the sandbox may listen on another port now
		if (known) await n8n.updateCredential(known.id, type, name, data);
		ids.set(`${type} ${name}`, known?.id ?? (await n8n.createCredential(type, name, data)).id);
	}
	return ids;
}

/** The files name credentials; each n8n has its own ids for them. */
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
 * The addresses in the files are known to everybody: each n8n gets its own, and keeps them when a
 * file has changed.
 */
function withOwnAddresses(workflow, present) {
	const ids = new Map(present.map(({ id, webhookId }) => [id, webhookId]));
	const nodes = workflow.nodes.map((node) =>
		node.webhookId ? { ...node, webhookId: ids.get(node.id) ?? randomUUID() } : node,
	);
	return { ...workflow, nodes };
}

async function published(n8n, webhookBase, examples) {
	const active = (await n8n.workflows()).filter(({ id, active }) => active && examples.has(id));
	const all = await Promise.all(
		active.map(async ({ id, name }) => {
			await n8n.settled(id);
			const { nodes, tags = [] } = await n8n.call('GET', `/workflows/${id}`);
			const tryFirst = tags.some((tag) => tag.name === TRY_FIRST);
			const listening = nodes.filter((node) => isStart(node) && !node.disabled);
			await Promise.all(listening.map((node) => webhookAnswers(webhookAddress(webhookBase, node))));
			const addresses = listening.map((node) => [node.type, webhookAddress(webhookBase, node)]);
			const webhooks = addresses.flatMap(([type, url]) => (type === WEBHOOK ? url : []));
			const triggers = Object.fromEntries(addresses.filter(([type]) => type !== WEBHOOK));
			return { id, name, tryFirst, webhooks, triggers };
		}),
	);
	const order = (a, b) => b.tryFirst - a.tryFirst || a.name.localeCompare(b.name);
	return all.sort(order);
}

/** A node of n8n 1 cannot. */
const CAN_MAKE_TABLES = !n8nVersion.startsWith('1.');
const TRY_FIRST = 'Try first';
const WEBHOOK = 'n8n-nodes-base.webhook';
const OUR_TRIGGER = /^n8n-nodes-sms-gateways\..*Trigger$/;
const WOOXY_TRIGGER = 'n8n-nodes-sms-gateways.wooxyTrigger';
const SKYCORE_TRIGGER = 'n8n-nodes-sms-gateways.skycoreTrigger';
/** The workflow that shares what Skycore posts to one address. */
const SHARES = 'skycoreShare';

/** Ours and n8n's Webhook. An action node that can wait has a webhook id too, but no address yet. */
const isStart = ({ type, webhookId }) => webhookId && (type === WEBHOOK || OUR_TRIGGER.test(type));
