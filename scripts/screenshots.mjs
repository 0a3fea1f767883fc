/**
 * `npm run screenshots`: pictures of everything that these nodes show in n8n's editor, in
 * .work/screenshots, and those of the documentation in docs/pictures. Starts the sandbox and a real
 * n8n of its own. Names of parts take only these: `npm run screenshots -- panels examples`.
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

import { loadExamples } from '../sandbox/n8n/examples.mjs';
import { sandboxCredentials } from '../sandbox/n8n/credentials.mjs';
import { freePorts, startInstance } from '../sandbox/n8n/instance.mjs';
import { installIntoN8n } from '../sandbox/n8n/package.mjs';
import { signIn } from '../sandbox/n8n/rest.mjs';
import { buildAndPack } from './build.mjs';
import { project, work } from './command.mjs';
import { openEditor } from './editor.mjs';
import { examplesPage } from './examplesPage.mjs';
import { installN8n, installProject } from './install.mjs';
import { smaller } from './png.mjs';
import { PlainError, runScript, step } from './progress.mjs';
import { startSandbox } from './sandboxProcess.mjs';

const folder = join(work, 'screenshots');
const documented = join(project, 'docs/pictures');
const userFolder = join(work, 'screenshots-n8n');
const PACKAGE = 'n8n-nodes-sms-gateways';
const load = createRequire(import.meta.url);

/** What people type who look for these nodes. */
const WORDS = [
	'send sms',
	'sms',
	'text message',
	'delivery',
	'delivery status',
	'delivery report',
	'opt out',
	'unsubscribe',
	'wait for reply',
	'approval',
	'notify',
];

const PARTS = { examples, search, errors, credentials, triggers, panels };

const toStop = [];
const wanted = process.argv.slice(2);

await runScript(async () => {
	const unknown = wanted.find((name) => !PARTS[name]);
	if (unknown) {
		throw new PlainError(
			`There is no part ${unknown}; there are ${Object.keys(PARTS).join(', ')}.`,
		);
	}
	await installProject();
	const tarball = await buildAndPack();
	await installN8n();
	try {
		const host = await step('Starting the sandbox, n8n and the browser', () => start(tarball));
		for (const [name, part] of Object.entries(PARTS)) {
			if (wanted.length > 0 && !wanted.includes(name)) continue;
			await step(`Pictures: ${name}`, (report) => part(host, report));
		}
	} finally {
		for (const running of toStop.reverse()) await running.stop();
	}
	console.log(`\nThe pictures are in ${folder}, those of the documentation in ${documented}.`);
});

async function start(tarball) {
	const logs = join(work, 'logs');
	await rm(userFolder, { recursive: true, force: true });
	await mkdir(userFolder, { recursive: true, mode: 0o700 });
	await mkdir(documented, { recursive: true });
	const [port, brokerPort, sandboxPort] = await freePorts(3);
	const sandbox = await startSandbox({ port: sandboxPort, logFile: join(logs, 'sandbox.log') });
	toStop.push(sandbox);
	await installIntoN8n([tarball], userFolder);
	const logFile = join(logs, 'screenshots-n8n.log');
	const n8n = await startInstance({ userFolder, port, brokerPort, logFile });
	toStop.push(n8n);
	const rest = await signIn(n8n.url);
	await loadExamples(rest, {
		folder: join(project, 'examples'),
		sandboxUrl: sandbox.url,
		webhookBase: n8n.url,
		remembered: join(userFolder, 'loaded.json'),
	});
	const editor = await openEditor(n8n.url);
	toStop.push({ stop: () => editor.close() });
	return { sandbox, rest, editor, known: await rest.credentials() };
}

async function keep(name, png) {
	const file = join(folder, `${name}.png`);
	await mkdir(join(file, '..'), { recursive: true });
	await writeFile(file, png);
}

/** One that the documentation shows. */
async function publish(name, png) {
	await keep(name.replaceAll('/', '-'), png);
	await writeFile(join(documented, `${name}.png`), smaller(png));
}

/** The nodes of this package, with their descriptions. */
async function ourNodes() {
	const { n8n } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
	return n8n.nodes.map((file) => {
		const { description } = new (load(join(project, file))[basename(file, '.node.js')])();
		return { ...description, type: `${PACKAGE}.${description.name}` };
	});
}

/** Whether a field belongs to an operation. */
function belongs({ displayOptions }, { resource, operation }) {
	const { show = {} } = displayOptions ?? {};
	return show.resource?.includes(resource) && show.operation?.includes(operation);
}

/** Every operation of an action node. */
function operationsOf({ properties }) {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions: { show }, options }) =>
			options.map(({ value }) => ({ resource: show.resource[0], operation: value })),
		);
}

/** With everything in its collections that one can add, as it is when it is added. */
function opened(fields) {
	const collections = fields.filter(({ type }) => type === 'collection');
	return Object.fromEntries(
		collections.map(({ name, options }) => [
			name,
			Object.fromEntries(
				options.filter(({ type }) => type !== 'hidden').map((one) => [one.name, one.default]),
			),
		]),
	);
}

function withCredentials({ credentials = [] }, known) {
	const used = credentials.flatMap(({ name }) => {
		const found = known.find(({ type }) => type === name);
		return found ? [[name, { id: found.id, name: found.name }]] : [];
	});
	return Object.fromEntries(used);
}

/** A workflow of one node for each of these parameters. */
async function workflowOf({ rest, known }, node, all) {
	const nodes = all.map(({ id, name, parameters }, place) => ({
		id,
		name,
		type: node.type,
		typeVersion: 1,
		position: [240 * (place % 8), 200 * Math.floor(place / 8)],
		parameters,
		credentials: withCredentials(node, known),
	}));
	const saved = { id: `pictures${node.name}`, name: node.displayName, nodes, connections: {} };
	await rest.saveWorkflow({ ...saved, settings: {} });
	return saved.id;
}

/** The panel of each operation, with all its options. */
async function panels(host, report) {
	const { editor } = host;
	const actions = (await ourNodes()).filter(({ group }) => !group.includes('trigger'));
	const all = [];
	for (const node of actions) {
		const shown = operationsOf(node).flatMap((parameters) => {
			const title = `${parameters.resource}.${parameters.operation}`;
			const fields = node.properties.filter((field) => belongs(field, parameters));
			// n8n opens the first node whose id begins so: none may begin like another
			const id = `${title}-`;
			return [{ id, name: title, parameters: { ...parameters, ...opened(fields) } }];
		});
		const id = await workflowOf(host, node, shown);
		all.push(
			...shown.map((one) => ({ workflow: id, node: one.id, name: `${node.name}/${one.name}` })),
		);
	}
	for (const [place, { workflow, node, name }] of all.entries()) {
		await editor.resize(1400, 1900);
		await editor.openNode(workflow, node);
		await keep(`panels/${name}`, await editor.picture(editor.shown('node-parameters').first()));
		report((place + 1) / all.length);
	}
}

async function triggers(host) {
	const { editor } = host;
	const nodes = (await ourNodes()).filter(({ group }) => group.includes('trigger'));
	for (const node of nodes) {
		const id = await workflowOf(host, node, [
			{ id: 'usual', name: node.displayName, parameters: {} },
			{
				id: 'all',
				name: `${node.displayName} with all`,
				parameters: {
					...opened(node.properties),
					events: node.properties.find(({ name }) => name === 'events').options.map((o) => o.value),
				},
			},
		]);
		for (const one of ['usual', 'all']) {
			await editor.resize(1400, 1100);
			await editor.openNode(id, one);
			await keep(`triggers/${node.name}-${one}`, await editor.picture());
		}
	}
}

/** Each credential as its test passes, and as it fails. */
async function credentials({ editor, rest, known, sandbox }) {
	await editor.resize(1400, 1000);
	for (const { type, data } of sandboxCredentials(sandbox.url)) {
		const { baseUrl, ...secrets } = data;
		const wrong = Object.fromEntries(
			Object.keys(secrets).map((name) => [name, 'wrong-'.repeat(4)]),
		);
		// the gateway of Namirial checks no password: only another address fails
		const elsewhere = type === 'namirialSmsGatewayApi' ? `${sandbox.url}/nowhere` : baseUrl;
		const bad = await rest.createCredential(type, `${type} that is wrong`, {
			...wrong,
			baseUrl: elsewhere,
		});
		const good = known.find((one) => one.type === type);
		for (const [name, { id }] of Object.entries({ passing: good, failing: bad })) {
			await editor.openCredential(id);
			// n8n tests it now
			await editor.page.waitForTimeout(1_500);
			const dialog = editor.shown('credential-edit-dialog');
			await keep(`credentials/${type}-${name}`, await editor.picture(dialog));
		}
	}
}

/** What n8n's node creator finds for the words that people type. */
async function search({ editor, rest }, report) {
	await editor.resize(1400, 1300);
	const start = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const id = 'picturesSearch';
	await rest.saveWorkflow({ id, name: 'Search', nodes: [start], connections: {}, settings: {} });
	await editor.openCanvas(id);
	await editor.page.keyboard.press('n');
	const bar = editor.shown('node-creator-search-bar');
	const found = {};
	for (const [place, word] of WORDS.entries()) {
		await bar.fill(word);
		const name = word.replaceAll(' ', '-');
		await keep(`search/${name}`, await editor.picture(editor.shown('node-creator')));
		found[word] = await editor.shown('node-creator-item-name').allInnerTexts();
		report((place + 1) / WORDS.length);
	}
	await writeFile(join(folder, 'search/found.json'), JSON.stringify(found, null, '\t'));
	await bar.fill('cdyne');
	await editor.page.getByText('CDYNE SMS Notify!', { exact: true }).first().click();
	await keep('search/actions', await editor.picture(editor.shown('node-creator')));
}

/** A send that is refused, and one that is taken. */
async function errors(host) {
	const { editor } = host;
	const node = (await ourNodes()).find(({ name }) => name === 'cdyne');
	const send = { resource: 'message', operation: 'send', message: 'Your order is ready' };
	const id = await workflowOf(host, node, [
		{ id: 'refused', name: 'Refused', parameters: { ...send, to: '+1 757 555 0162' } },
		{ id: 'taken', name: 'Send an SMS', parameters: { ...send, to: '+1 757 555 0142' } },
		{ id: 'number', name: 'No number', parameters: { ...send, to: '0142' } },
	]);
	await editor.resize(1400, 800);
	for (const one of ['refused', 'number', 'taken']) {
		await editor.openNode(id, one);
		await editor.shown('node-execute-button').click();
		const output = editor.shown('output-panel');
		await output
			.getByText(one === 'taken' ? 'queued' : /Error details|refused|not/)
			.first()
			.waitFor();
		// all fields below one another
		if (one === 'taken') {
			await output.getByText('Schema', { exact: true }).click();
			await editor.page.locator('.el-notification').first().waitFor({ state: 'hidden' });
		}
		const png = await editor.picture();
		await (one === 'taken' ? publish('send', png) : keep(`errors/${one}`, png));
	}
}

/** The canvas of each example, and the page that shows them. */
async function examples({ editor }, report) {
	const files = (await readdir(join(project, 'examples'))).filter((file) => file.endsWith('.json'));
	for (const [place, file] of files.entries()) {
		const { id } = JSON.parse(await readFile(join(project, 'examples', file), 'utf8'));
		await publish(
			`${basename(file, '.json')}`,
			await editor.canvas(id, { width: 1700, height: 1100 }),
		);
		report((place + 1) / files.length);
	}
	await writeFile(join(project, 'docs/examples.md'), examplesPage());
}
