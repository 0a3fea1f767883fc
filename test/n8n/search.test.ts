/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { n8nFolder } from '../../sandbox/n8n/instance.mjs';
import { SEARCH_TERMS } from '../../scripts/searchTerms.mjs';
import * as providers from '../engine/tables/providers';

/** n8n's own search, over all of n8n's nodes and those of this package, finds what people type. */

interface NodeType {
	name: string;
	displayName: string;
	hidden?: boolean;
	codex?: { alias?: string[] };
}
interface Entry {
	properties: NodeType;
}
type Search = (filter: string, entries: Entry[]) => Array<{ score: number; item: Entry }>;

const load = createRequire(join(n8nFolder, 'node_modules/n8n/package.json'));
const inN8n = (path: string) => join(n8nFolder, 'node_modules', path);

/** The name of the file differs between versions of n8n. */
const { sublimeSearch } = load(
	['sublime-search', 'sublimeSearch']
		.map((name) => inN8n(`@n8n/utils/dist/search/${name}.cjs`))
		.find((path) => existsSync(path)) as string,
) as { sublimeSearch: Search };

const OWN: NodeType[] = Object.values(providers).flatMap(({ provider, node, trigger }) =>
	[node, trigger].map(({ description: { name, displayName } }) => {
		const file = `${name.charAt(0).toUpperCase()}${name.slice(1)}.node.json`;
		const folder = join(__dirname, '../../nodes', folderOf(provider.name));
		return { name, displayName, codex: JSON.parse(readFileSync(join(folder, file), 'utf8')) };
	}),
);

function folderOf(provider: string): string {
	return provider.charAt(0).toUpperCase() + provider.slice(1);
}

const OF_N8N = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'].flatMap(
	(name) => JSON.parse(readFileSync(inN8n(`${name}/dist/types/nodes.json`), 'utf8')) as NodeType[],
);

/** The newest version of each node, as the editor lists them. */
const ENTRIES = [
	...new Map(
		[...OWN, ...OF_N8N].filter(({ hidden }) => !hidden).map((type) => [type.name, type]),
	).values(),
].map((properties) => ({ properties }));

it('searches the nodes of n8n too', () => expect(ENTRIES.length).toBeGreaterThan(400));

it.each(Object.entries(SEARCH_TERMS))('%s', (term, expected) => {
	const found = sublimeSearch(term, ENTRIES);
	const names = found.map(({ item }) => item.properties.name);
	expect(names).toEqual(expect.arrayContaining(expected));
	// only a name that contains the term itself may come before
	const worst = Math.min(
		...found
			.filter(({ item }) => expected.includes(item.properties.name))
			.map(({ score }) => score),
	);
	const before = found.filter(({ score }) => score > worst).map(({ item }) => item.properties);
	const others = before.filter(({ name }) => !OWN.some((own) => own.name === name));
	expect(others.length).toBeLessThanOrEqual(1);
});
