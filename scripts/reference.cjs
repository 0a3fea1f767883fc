/**
 * docs/reference.md, out of what the nodes and credentials declare: every operation with its fields,
 * what it takes and what it gives.
 */
const { readdir } = require('node:fs/promises');
const path = require('node:path');

const { anchorOf } = require('./anchor.cjs');
const { ROOT, load, only, providerFolders } = require('./sources.cjs');

/** Internal, or the same everywhere. */
const LEFT_OUT = new Set(['resource', 'operation', 'toolDescription']);
const WITHOUT_INPUT = new Set(['notice', 'hidden', 'callout', 'button']);

/** What the sources declare: the nodes, the triggers, the providers and the credentials. */
async function declared() {
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
	const made = (name) => new (only(loaded[name]))();
	return {
		providers: files.map(({ folder }) => ({
			folder,
			provider: only(loaded[folder]),
			node: made(`${folder}Node`).description,
			trigger: made(`${folder}Trigger`).description,
		})),
		credentials: Object.keys(loaded)
			.filter((name) => name.endsWith('Api'))
			.map(made),
	};
}

const cell = (text) => text.replaceAll('|', '\\|').replace(/\s*(<br\s*\/?>|\n)\s*/g, ' ');
const plain = (html) => html.replace(/<a [^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/g, '[$2]($1)');
const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

function choices({ type, options = [] }) {
	if (type !== 'options' && type !== 'multiOptions') return undefined;
	const names = options.map(
		({ name, description }) => name + (description ? ` (${description})` : ''),
	);
	return names.length > 0 ? `One of: ${names.join('; ')}` : 'A list that is loaded';
}

function standard({ type, default: value, options = [] }) {
	if (type === 'boolean') return value ? 'On by default' : undefined;
	if (type === 'options') return options.find((option) => option.value === value)?.name;
	const isWorthSaying = ['string', 'number'].includes(typeof value) && value !== '' && value !== 0;
	return isWorthSaying ? String(value) : undefined;
}

/** A row for each field, those in collections behind the name of theirs. */
function rows(fields, within = '') {
	return fields.flatMap((field) => {
		if (LEFT_OUT.has(field.name) || WITHOUT_INPUT.has(field.type)) return [];
		const name = within + field.displayName;
		if (field.type === 'collection') return rows(field.options, `${name} › `);
		if (field.type === 'fixedCollection') {
			return field.options.flatMap(({ values }) => rows(values, `${name} › `));
		}
		const initial = standard(field);
		const words = [
			field.required && '**Required.**',
			field.description && sentence(plain(field.description)),
			choices(field) && sentence(choices(field)),
			initial && initial !== 'On by default' && `By default: ${initial}.`,
			initial === 'On by default' && 'On by default.',
		];
		return [`| ${cell(name)} | ${cell(words.filter(Boolean).join(' '))} |`];
	});
}

const tableOf = (lines) => (lines.length > 0 ? ['| Field | |', '|---|---|', ...lines, ''] : []);

const gives = (shape) =>
	`Gives ${Object.keys(shape)
		.map((name) => `\`${name}\``)
		.join(', ')}.`;

/** What so many operations have is described once. */
const COMMON_FROM = 4;

const fieldsOf = ({ resource, operation }, { properties }) =>
	properties.filter(
		({ displayOptions }) =>
			displayOptions?.show?.resource?.includes(resource) &&
			displayOptions.show.operation?.includes(operation),
	);

/** The rows that many operations have in the same words. */
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
	// a field that is shown in several cases is one to its reader
	const all = [...new Set(rows(fieldsOf(operation, node)))];
	const own = all.filter((row) => !common.has(row));
	const shared = all.filter((row) => common.has(row)).map(nameIn);
	return [
		`${sentence(operation.description)} ${gives(operation.gives)}`,
		'',
		...tableOf(own),
		...(shared.length > 0
			? [`As [everywhere](#fields-of-many-operations): ${shared.join(', ')}.`, '']
			: []),
	];
}

function providerText({ provider, node, trigger }, common) {
	const lines = [`## ${node.displayName}`, ''];
	for (const { name: resourceName, value } of provider.resources) {
		for (const one of provider.operations.filter(({ resource }) => resource === value)) {
			const title = `### ${resourceName}: ${one.name}`;
			lines.push(title, '', ...operationText(one, node, new Set(common)));
		}
	}
	const { displayName, description, properties } = trigger;
	const told = `${sentence(description)} ${gives(provider.postbacks.gives)}`;
	return [...lines, `### ${displayName}`, '', told, '', ...tableOf([...new Set(rows(properties))])];
}

const credentialText = ({ displayName, properties }) => [
	`### ${displayName}`,
	'',
	...tableOf(rows(properties)),
];

/** These providers and credentials, and once what is the same in many operations. */
function textOf(providers, credentials) {
	const common = commonRows(providers);
	return [
		...providers.flatMap((one) => providerText(one, common)),
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
	const { providers, credentials } = await declared();
	return page([
		'# Reference',
		'',
		'Every operation, trigger and credential with its fields. `npm run reference` writes this page',
		'from what the nodes declare; a test fails when it is not up to date.',
		'',
		...providers.map(({ node }) => `- [${node.displayName}](#${anchorOf(node.displayName)})`),
		'- [Fields of many operations](#fields-of-many-operations)',
		'- [Credentials](#credentials)',
		'',
		...textOf(providers, credentials),
	]);
}

/** @returns {Promise<string>} the part of one provider, by its folder in nodes/ */
async function referenceOf(wanted) {
	const { providers, credentials } = await declared();
	const own = providers.filter(({ folder }) => folder === wanted);
	const types = own.flatMap(({ node }) => node.credentials.map(({ name }) => name));
	return page(
		textOf(
			own,
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
