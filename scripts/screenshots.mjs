/**
 * `npm run screenshots`: takes screenshots of everything that these nodes show in n8n's editor, in
 * .work/screenshots, and those of the documentation in docs/pictures. It starts a sandbox and n8n.
 * The names of parts select only these: `npm run screenshots -- panels examples`.
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
import { node, project, work } from './command.mjs';
import { openEditor } from './editor.mjs';
import { examplesPage } from './examplesPage.mjs';
import { installN8n, installProject } from './install.mjs';
import { reduceColors } from './png.mjs';
import { PlainError, runScript, step } from './progress.mjs';
import { SEARCH_TERMS } from './searchTerms.mjs';
import { startSandbox } from './sandboxProcess.mjs';

const folder = join(work, 'screenshots');
const docsFolder = join(project, 'docs/pictures');
const userFolder = join(work, 'screenshots-n8n');
const PACKAGE = 'n8n-nodes-sms-gateways';
const load = createRequire(import.meta.url);

const PARTS = { examples, search, errors, credentials, triggers, panels };

/** The part that a test with an n8n of its own takes. */
const CONVERSATIONS = 'conversations';

const toStop = [];
const selected = process.argv.slice(2);

await runScript(async () => {
	const all = [...Object.keys(PARTS), CONVERSATIONS];
	const unknown = selected.find((name) => !all.includes(name));
	if (unknown) {
		throw new PlainError(`There is no part "${unknown}". The parts are: ${all.join(', ')}.`);
	}
	const parts = selected.length > 0 ? selected : all;
	await installProject();
	const tarball = await buildAndPack();
	await installN8n();
	if (parts.includes(CONVERSATIONS)) {
		await step('Screenshots: conversations', () => conversations(tarball));
	}
	if (parts.some((name) => PARTS[name])) await takeParts(parts, tarball);
	console.log(`\nThe screenshots are in ${folder}, those of the documentation in ${docsFolder}.`);
});

async function takeParts(parts, tarball) {
	try {
		const host = await step('Starting the sandbox, n8n and the browser', () => start(tarball));
		for (const [name, part] of Object.entries(PARTS)) {
			if (parts.includes(name)) await step(`Screenshots: ${name}`, (report) => part(host, report));
		}
	} finally {
		for (const running of toStop.reverse()) await running.stop();
	}
}

/** Plays the conversations, and takes the phones in them. */
async function conversations(tarball) {
	const args = ['--config', 'jest.n8n.config.js', 'test/browser/conversations'];
	await node('jest/bin/jest.js', args, {
		env: { PACKAGE_TARBALL: tarball, PICTURES: docsFolder },
	});
}

async function start(tarball) {
	const logs = join(work, 'logs');
	await rm(userFolder, { recursive: true, force: true });
	await mkdir(userFolder, { recursive: true, mode: 0o700 });
	await mkdir(docsFolder, { recursive: true });
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
	return { sandbox, rest, editor, savedCredentials: await rest.credentials() };
}

async function save(name, png) {
	const file = join(folder, `${name}.png`);
	await mkdir(join(file, '..'), { recursive: true });
	await writeFile(file, png);
}

/** Saves a picture for the documentation. */
async function publish(name, png) {
	await save(name.replaceAll('/', '-'), png);
	await writeFile(join(docsFolder, `${name}.png`), reduceColors(png));
}

/** Returns the descriptions of this package's nodes. */
async function packageNodes() {
	const { n8n } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
	return n8n.nodes.map((file) => {
		const { description } = new (load(join(project, file))[basename(file, '.node.js')])();
		return { ...description, type: `${PACKAGE}.${description.name}` };
	});
}

/** Returns whether a field belongs to an operation. */
function belongs({ displayOptions }, { resource, operation }) {
	const { show = {} } = displayOptions ?? {};
	return show.resource?.includes(resource) && show.operation?.includes(operation);
}

/** Returns every operation of an action node. */
function operationsOf({ properties }) {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions: { show }, options }) =>
			options.map(({ value }) => ({ resource: show.resource[0], operation: value })),
		);
}

/** Returns collections with all their options added, with default values. */
function withAllOptions(fields) {
	const collections = fields.filter(({ type }) => type === 'collection');
	return Object.fromEntries(
		collections.map(({ name, options }) => [
			name,
			Object.fromEntries(
				options
					.filter(({ type }) => type !== 'hidden')
					.map((option) => [option.name, option.default]),
			),
		]),
	);
}

function withCredentials({ credentials = [] }, savedCredentials) {
	const used = credentials.flatMap(({ name }) => {
		const found = savedCredentials.find(({ type }) => type === name);
		return found ? [[name, { id: found.id, name: found.name }]] : [];
	});
	return Object.fromEntries(used);
}

/** Saves a workflow with a node for each of these variants. */
async function saveWorkflow({ rest, savedCredentials }, node, variants) {
	const nodes = variants.map(({ id, name, parameters }, index) => ({
		id,
		name,
		type: node.type,
		typeVersion: 1,
		position: [240 * (index % 8), 200 * Math.floor(index / 8)],
		parameters,
		credentials: withCredentials(node, savedCredentials),
	}));
	const workflow = { id: `pictures${node.name}`, name: node.displayName, nodes, connections: {} };
	await rest.saveWorkflow({ ...workflow, settings: {} });
	return workflow.id;
}

/** Takes the panel of each operation, with all options. */
async function panels(host, report) {
	const { editor } = host;
	const actions = (await packageNodes()).filter(({ group }) => !group.includes('trigger'));
	const all = [];
	for (const node of actions) {
		const variants = operationsOf(node).flatMap((parameters) => {
			const title = `${parameters.resource}.${parameters.operation}`;
			const fields = node.properties.filter((field) => belongs(field, parameters));
			// n8n opens the first node whose id has this prefix, so no id may be a prefix of another
			const id = `${title}-`;
			return [{ id, name: title, parameters: { ...parameters, ...withAllOptions(fields) } }];
		});
		const id = await saveWorkflow(host, node, variants);
		all.push(
			...variants.map((variant) => ({
				workflow: id,
				node: variant.id,
				name: `${node.name}/${variant.name}`,
			})),
		);
	}
	for (const [index, { workflow, node, name }] of all.entries()) {
		await editor.resize(1400, 1900);
		await editor.openNode(workflow, node);
		await save(
			`panels/${name}`,
			await editor.screenshot(editor.byTestId('node-parameters').first()),
		);
		report((index + 1) / all.length);
	}
}

async function triggers(host) {
	const { editor } = host;
	const nodes = (await packageNodes()).filter(({ group }) => group.includes('trigger'));
	for (const node of nodes) {
		const id = await saveWorkflow(host, node, [
			{ id: 'default', name: node.displayName, parameters: {} },
			{
				id: 'all',
				name: `${node.displayName} with all`,
				parameters: {
					...withAllOptions(node.properties),
					events: node.properties.find(({ name }) => name === 'events').options.map((o) => o.value),
				},
			},
		]);
		for (const variant of ['default', 'all']) {
			await editor.resize(1400, 1100);
			await editor.openNode(id, variant);
			await save(`triggers/${node.name}-${variant}`, await editor.screenshot());
		}
	}
}

/** Takes each credential with a passing and a failing test. */
async function credentials({ editor, rest, savedCredentials, sandbox }) {
	await editor.resize(1400, 1000);
	for (const { type, data } of sandboxCredentials(sandbox.url)) {
		const { baseUrl, ...secrets } = data;
		const wrong = Object.fromEntries(
			Object.keys(secrets).map((name) => [name, 'wrong-'.repeat(4)]),
		);
		// the test of Namirial's gateway does not check the password, so only a wrong address fails
		const failingUrl = type === 'namirialSmsGatewayApi' ? `${sandbox.url}/nowhere` : baseUrl;
		const bad = await rest.createCredential(type, `Wrong ${type}`, {
			...wrong,
			baseUrl: failingUrl,
		});
		const good = savedCredentials.find((credential) => credential.type === type);
		for (const [name, { id }] of Object.entries({ passing: good, failing: bad })) {
			await editor.openCredential(id);
			// wait for the test
			await editor.page.waitForTimeout(1_500);
			const dialog = editor.byTestId('credential-edit-dialog');
			await save(`credentials/${type}-${name}`, await editor.screenshot(dialog));
		}
	}
}

/** Takes the results of n8n's node creator for each search term. */
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
	const bar = editor.byTestId('node-creator-search-bar');
	const found = {};
	for (const [index, term] of Object.keys(SEARCH_TERMS).entries()) {
		await bar.fill(term);
		const name = term.replaceAll(' ', '-');
		await save(`search/${name}`, await editor.screenshot(editor.byTestId('node-creator')));
		found[term] = await editor.byTestId('node-creator-item-name').allInnerTexts();
		report((index + 1) / Object.keys(SEARCH_TERMS).length);
	}
	await writeFile(join(folder, 'search/found.json'), JSON.stringify(found, null, '\t'));
	await bar.fill('cdyne');
	await editor.page.getByText('CDYNE SMS Notify!', { exact: true }).first().click();
	await save('search/actions', await editor.screenshot(editor.byTestId('node-creator')));
}

/** Takes a rejected, an invalid and an accepted send. */
async function errors(host) {
	const { editor } = host;
	const node = (await packageNodes()).find(({ name }) => name === 'cdyne');
	const send = { resource: 'message', operation: 'send', message: 'Your order is ready' };
	const id = await saveWorkflow(host, node, [
		{ id: 'rejected', name: 'Rejected', parameters: { ...send, to: '+1 757 555 0162' } },
		{ id: 'accepted', name: 'Send an SMS', parameters: { ...send, to: '+1 757 555 0142' } },
		{ id: 'number', name: 'No number', parameters: { ...send, to: '0142' } },
	]);
	await editor.resize(1400, 800);
	for (const variant of ['rejected', 'number', 'accepted']) {
		await editor.openNode(id, variant);
		await editor.byTestId('node-execute-button').click();
		const output = editor.byTestId('output-panel');
		await output
			.getByText(variant === 'accepted' ? 'queued' : /Error details|rejected|not/)
			.first()
			.waitFor();
		// the schema view lists all fields
		if (variant === 'accepted') {
			await output.getByText('Schema', { exact: true }).click();
			await editor.page.locator('.el-notification').first().waitFor({ state: 'hidden' });
		}
		const png = await editor.screenshot();
		await (variant === 'accepted' ? publish('send', png) : save(`errors/${variant}`, png));
	}
}

/** Takes the canvas of each example, and writes the examples page. */
async function examples({ editor }, report) {
	const files = (await readdir(join(project, 'examples'))).filter((file) => file.endsWith('.json'));
	for (const [index, file] of files.entries()) {
		const { id } = JSON.parse(await readFile(join(project, 'examples', file), 'utf8'));
		await publish(
			`${basename(file, '.json')}`,
			await editor.canvas(id, { width: 1700, height: 1100 }),
		);
		report((index + 1) / files.length);
	}
	await writeFile(join(project, 'docs/examples.md'), examplesPage());
}
