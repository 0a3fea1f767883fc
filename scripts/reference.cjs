/**
 * Generates docs/reference.md from the descriptions of nodes and credentials: every operation with
 * its input and output fields.
 */
const { readdir } = require('node:fs/promises');
const path = require('node:path');

const { anchorOf } = require('./anchor.cjs');
const { ROOT, load, onlyExport, providerFolders } = require('./sources.cjs');

/** Fields that are internal, or the same in every operation. */
const OMITTED = new Set(['resource', 'operation', 'toolDescription']);
const WITHOUT_INPUT = new Set(['notice', 'hidden', 'callout', 'button']);

/** Loads the nodes, triggers, providers and credentials from the sources. */
async function loadDescriptions() {
	const files = await Promise.all(
		(await providerFolders()).map(async (folder) => {
			const names = await readdir(path.join(ROOT, 'nodes', folder));
			const trigger = names.find((name) => name.endsWith('Trigger.node.ts'));
			const node = names.find((name) => name.endsWith('.node.ts') && name !== trigger);
			return { folder, node, trigger };
		}),
	);
	const credentials = await readdir(path.join(ROOT, 'credentials'));
	const lines = [
		...files.flatMap(({ folder, node, trigger }) => [
			`export * as ${folder} from './nodes/${folder}/provider';`,
			`export * as ${folder}Node from './nodes/${folder}/${node}';`,
			`export * as ${folder}Trigger from './nodes/${folder}/${trigger}';`,
		]),
		...credentials
			.filter((name) => name.endsWith('.credentials.ts'))
			.map((name) => `export * as ${name.split('.')[0]} from './credentials/${name}';`),
	];
	const loaded = await load(lines);
	const create = (name) => new (onlyExport(loaded[name]))();
	return {
		providers: files.map(({ folder }) => ({
			folder,
			provider: onlyExport(loaded[folder]),
			node: create(`${folder}Node`).description,
			trigger: create(`${folder}Trigger`).description,
		})),
		credentials: Object.keys(loaded)
			.filter((name) => name.endsWith('Api'))
			.map(create),
	};
}

const cell = (text) => text.replaceAll('|', '\\|').replace(/\s*(<br\s*\/?>|\n)\s*/g, ' ');
const toMarkdown = (html) => html.replace(/<a [^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/g, '[$2]($1)');
const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

function choices({ type, options = [] }) {
	if (type !== 'options' && type !== 'multiOptions') return undefined;
	const names = options.map(
		({ name, description }) => name + (description ? ` (${description})` : ''),
	);
	return names.length > 0 ? `One of: ${names.join('; ')}` : undefined;
}

function defaultOf({ type, default: value, options = [] }) {
	if (type === 'boolean') return value ? 'On by default' : undefined;
	if (type === 'options') return options.find((option) => option.value === value)?.name;
	const isRelevant = ['string', 'number'].includes(typeof value) && value !== '' && value !== 0;
	return isRelevant ? String(value) : undefined;
}

/** Returns a row for each field. Fields in collections have the collection's name as a prefix. */
function rows(fields, prefix = '') {
	return fields.flatMap((field) => {
		if (OMITTED.has(field.name) || WITHOUT_INPUT.has(field.type)) return [];
		const name = prefix + field.displayName;
		if (field.type === 'collection') return rows(field.options, `${name} › `);
		if (field.type === 'fixedCollection') {
			return field.options.flatMap(({ values }) => rows(values, `${name} › `));
		}
		const initial = defaultOf(field);
		const parts = [
			field.required && '**Required.**',
			field.description && sentence(toMarkdown(field.description)),
			choices(field) && sentence(choices(field)),
			initial && initial !== 'On by default' && `Default: ${initial}.`,
			initial === 'On by default' && 'On by default.',
		];
		return [`| ${cell(name)} | ${cell(parts.filter(Boolean).join(' '))} |`];
	});
}

const tableOf = (lines) => (lines.length > 0 ? ['| Field | |', '|---|---|', ...lines, ''] : []);

const outputText = (schema) =>
	`Output: ${Object.keys(schema)
		.map((name) => `\`${name}\``)
		.join(', ')}.`;

/** Fields of at least this many operations are described only once. */
const COMMON_FROM = 4;

const fieldsOf = ({ resource, operation }, { properties }) =>
	properties.filter(
		({ displayOptions }) =>
			displayOptions?.show?.resource?.includes(resource) &&
			displayOptions.show.operation?.includes(operation),
	);

/** Returns the rows that are identical in many operations. */
function commonRows(providers) {
	const counts = new Map();
	for (const { provider, node } of providers) {
		for (const operation of provider.operations) {
			for (const row of new Set(rows(fieldsOf(operation, node)))) {
				counts.set(row, (counts.get(row) ?? 0) + 1);
			}
		}
	}
	return [...counts].flatMap(([row, count]) => (count >= COMMON_FROM ? [row] : [])).sort();
}

const nameIn = (row) => row.split(' | ')[0].replace('| ', '');

function operationText(operation, node, common) {
	// a field with several display conditions may have identical rows
	const all = [...new Set(rows(fieldsOf(operation, node)))];
	const specific = all.filter((row) => !common.has(row));
	const shared = all.filter((row) => common.has(row)).map(nameIn);
	return [
		`${sentence(operation.description)} ${outputText(operation.outputSchema)}`,
		'',
		...tableOf(specific),
		...(shared.length > 0
			? [`[Common fields](#fields-of-many-operations): ${shared.join(', ')}.`, '']
			: []),
	];
}

function providerText({ provider, node, trigger }, common) {
	const lines = [`## ${node.displayName}`, ''];
	for (const { name: resourceName, value } of provider.resources) {
		for (const operation of provider.operations.filter(({ resource }) => resource === value)) {
			const title = `### ${resourceName}: ${operation.name}`;
			lines.push(title, '', ...operationText(operation, node, new Set(common)));
		}
	}
	const { displayName, description, properties } = trigger;
	const text = `${sentence(description)} ${outputText(provider.postbacks.outputSchema)}`;
	return [...lines, `### ${displayName}`, '', text, '', ...tableOf([...new Set(rows(properties))])];
}

const credentialText = ({ displayName, properties }) => [
	`### ${displayName}`,
	'',
	...tableOf(rows(properties)),
];

/** Returns the text for providers and credentials, with common fields described only once. */
function textOf(providers, credentials) {
	const common = commonRows(providers);
	return [
		...providers.flatMap((provider) => providerText(provider, common)),
		'## Fields of many operations',
		'',
		...tableOf(common),
		'## Credentials',
		'',
		...credentials.flatMap(credentialText),
	];
}

const page = (lines) => `${lines.join('\n').trimEnd()}\n`;

/** @returns {Promise<string>} the whole page */
async function reference() {
	const { providers, credentials } = await loadDescriptions();
	return page([
		'# Reference',
		'',
		'Every operation, trigger and credential with its fields. `npm run reference` writes this page',
		'from the descriptions of the nodes; a test fails if it is out of date.',
		'',
		...providers.map(({ node }) => `- [${node.displayName}](#${anchorOf(node.displayName)})`),
		'- [Fields of many operations](#fields-of-many-operations)',
		'- [Credentials](#credentials)',
		'',
		...textOf(providers, credentials),
	]);
}

/** @returns {Promise<string>} the part of the provider in this folder of nodes/ */
async function referenceOf(wantedFolder) {
	const { providers, credentials } = await loadDescriptions();
	const selected = providers.filter(({ folder }) => folder === wantedFolder);
	const types = selected.flatMap(({ node }) => node.credentials.map(({ name }) => name));
	return page(
		textOf(
			selected,
			credentials.filter(({ name }) => types.includes(name)),
		),
	);
}

module.exports = { reference, referenceOf };

if (require.main === module) {
	void reference().then((text) => {
		require('node:fs').writeFileSync(path.join(ROOT, 'docs/reference.md'), text);
	});
}
