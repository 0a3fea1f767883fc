/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import listed from '../scripts/providers.json';
import * as providers from './engine/tables/providers';

/**
 * Every place that must name all providers and is not derived from scripts/providers.json. Each
 * place is checked separately for each provider.
 */

const ROOT = join(__dirname, '..');
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const examples = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.json'));

type Listed = (typeof listed)[number];

const PLACES: Array<[place: string, includes: (provider: Listed) => boolean]> = [
	[
		'a folder in nodes/ with an action and a trigger in package.json',
		({ folder }) => textOf('package.json').split(`dist/nodes/${folder}/`).length === 3,
	],
	[
		'a credential in package.json',
		({ folder }) => textOf('package.json').includes(`dist/credentials/${folder}`),
	],
	['a keyword in package.json', ({ name }) => textOf('package.json').includes(`"${name}"`)],
	['docs/providers', ({ name }) => existsSync(join(ROOT, `docs/providers/${name}.md`))],
	[
		'a column of docs/capabilities.md',
		({ title }) => textOf('docs/capabilities.md').includes(title),
	],
	['README.md', ({ service }) => textOf('README.md').includes(service)],
	[
		'.github/ISSUE_TEMPLATE/bug.yml',
		({ title }) => textOf('.github/ISSUE_TEMPLATE/bug.yml').includes(title),
	],
	[
		'.github/ISSUE_TEMPLATE/sample.yml',
		({ title }) => textOf('.github/ISSUE_TEMPLATE/sample.yml').includes(title),
	],
	['sandbox/providers.ts', ({ name }) => textOf('sandbox/providers.ts').includes(`'./${name}'`)],
	[
		'credentials for the sandbox',
		({ name }) => existsSync(join(ROOT, `sandbox/${name}/credentials.json`)),
	],
	['test/engine/tables/providers/index.ts', ({ name }) => name in providers],
	[
		'test/n8n/postbacks.test.ts',
		({ title }) => textOf('test/n8n/postbacks.test.ts').includes(`name: '${title}'`),
	],
	[
		'test/n8n/packages.test.ts',
		(provider) => textOf('test/n8n/packages.test.ts').includes(`'${provider.package}'`),
	],
	[
		'test/n8n/credentials.test.ts',
		({ name }) =>
			new RegExp(`\\['${name}\\w*Api', \\{`).test(textOf('test/n8n/credentials.test.ts')),
	],
	[
		'bench/n8n/senders.ts',
		({ name }) => textOf('bench/n8n/senders.ts').includes(`provider: '${name}'`),
	],
	[
		'an example that sends on request',
		({ example }) =>
			examples.some((file) => textOf(`examples/${file}`).includes(`"path": "${example.webhook}"`)),
	],
];

it('scripts/providers.json lists the folders of nodes/', () => {
	const folders = readdirSync(join(ROOT, 'nodes')).filter((name) => name !== 'shared');
	expect(listed.map(({ folder }) => folder).sort()).toEqual(folders.sort());
});

describe.each(listed.map((provider) => [provider.title, provider] as const))(
	'%s',
	(_, provider) => {
		it.each(PLACES)('is in: %s', (_place, includes) => {
			expect(includes(provider)).toBe(true);
		});
	},
);
