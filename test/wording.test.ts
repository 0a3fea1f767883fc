/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import type { INodeProperties } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as providers from './engine/tables/providers';
import { literalTexts } from './literalTexts';

/** The words that docs/wording.md replaces are in no page, panel, error, hint or tool description. */

const ROOT = join(__dirname, '..');
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const filesIn = (folder: string, ending: string) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => `${folder}/${name}`);

/** The left column of the table; what is in brackets says which meaning of a word is meant. */
const WORDS = textOf('docs/wording.md')
	.split('\n')
	.flatMap((line) => /^\| (?!Not )(.+?) \| .+ \|$/.exec(line)?.[1] ?? [])
	.flatMap((cell) => cell.split(', '))
	.filter((words) => !words.includes('('));

const FORBIDDEN = new RegExp(`\\b(?:${WORDS.join('|')})\\b`, 'gi');

/** Values in code are those of the data. */
const forbiddenIn = (text: string) =>
	[...text.replace(/<code>.*?<\/code>/g, '').matchAll(FORBIDDEN)].map(([match]) => match);

/** A page without code, addresses and names of fields. */
const prose = (page: string) =>
	page
		.replace(/^```[\s\S]*?^```/gm, '')
		.replace(/`[^`\n]*`/g, '')
		.replace(/\]\([^)]*\)/g, ']')
		.replace(/<[^>]*>/g, '');

const PAGES = [
	...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'test/README.md'],
	...['sandbox/README.md', ...filesIn('docs', '.md')],
].filter((name) => name !== 'docs/wording.md');

it('reads the words from the table', () => {
	expect(WORDS).toEqual(expect.arrayContaining(['by itself', 'worked off', 'refused']));
});

it.each(PAGES)('%s', (page) => {
	expect(forbiddenIn(prose(textOf(page)))).toEqual([]);
});

const EXAMPLES = filesIn('examples', '.json');

it.each(EXAMPLES)('the notes of %s', (file) => {
	const { nodes } = JSON.parse(textOf(file)) as {
		nodes: Array<{ type: string; notes?: string; parameters: { content?: string } }>;
	};
	const notes = nodes.flatMap(({ notes = '', parameters: { content = '' } }) => [notes, content]);
	expect(notes.flatMap((text) => forbiddenIn(prose(text)))).toEqual([]);
});

/** All that the panel of a node says. */
function panelTexts(properties: INodeProperties[]): string[] {
	return properties.flatMap((property) => {
		const { displayName, description = '', hint = '', options = [], default: preset } = property;
		const isText = property.name === 'toolDescription';
		return [
			...[displayName, description, hint, isText ? String(preset) : ''],
			...options.flatMap((option) => {
				if ('values' in option) return panelTexts(option.values);
				if ('type' in option) return panelTexts([option]);
				const choice = option as { name: string; description?: string; action?: string };
				return [choice.name, choice.description ?? '', choice.action ?? ''];
			}),
		];
	});
}

const NODES = Object.values(providers).flatMap(({ node, trigger }) =>
	[node, trigger].map(({ description }) => [description.displayName, description] as const),
);

it.each(NODES)('the panel of %s', (_name, description) => {
	const texts = [
		description.description,
		JSON.stringify(description.triggerPanel ?? ''),
		...panelTexts(description.properties),
	];
	expect(texts.flatMap(forbiddenIn)).toEqual([]);
});

/** The texts in a source file: literals of more than one word. */
function textsIn(file: string): string[] {
	const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.ES2022, true);
	return literalTexts(source).filter((text) => /[a-z] [a-z]/.test(text));
}

it.each([...filesIn('nodes', '.ts'), ...filesIn('credentials', '.ts')])(
	'the texts of %s',
	(file) => {
		expect(textsIn(file).flatMap(forbiddenIn)).toEqual([]);
	},
);
