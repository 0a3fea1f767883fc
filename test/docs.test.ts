/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import manifest from '../package.json';
import { pageUrl } from '../nodes/shared/input/pages';
import { anchorOf } from '../scripts/anchor.cjs';
import { examples, examplesPage } from '../scripts/examplesPage.mjs';

/** The links of all pages lead to existing files and headings, and their pictures exist. */

const ROOT = join(__dirname, '..');
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const PAGES = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'test/README.md',
	'sandbox/README.md',
	...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => join('docs', name).replaceAll('\\', '/')),
];

/** The text of a page without code, in which brackets are not links. */
const withoutCode = (text: string) => text.replace(/```[^]*?```/g, '').replace(/`[^`\n]*`/g, '');

/** The targets of all links and pictures of a page, without those on other sites. */
function targetsOf(page: string): string[] {
	const text = withoutCode(read(page));
	const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
	const tags = [...text.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, target]) => target);
	return [...links, ...tags].filter((target) => !/^[a-z]+:/.test(target));
}

const anchorsOf = (page: string) =>
	[...read(page).matchAll(/^#+ +(.+)$/gm)].map(([, heading]) =>
		anchorOf(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')),
	);

/** The file that a link of a page leads to, relative to the project folder. */
const fileOf = (page: string, target: string) => {
	const [path] = target.split('#');
	return path === '' ? page : join(dirname(page), path).replaceAll('\\', '/');
};

it('finds pages, links and anchors', () => {
	expect(PAGES).toEqual(expect.arrayContaining(['docs/examples.md', 'docs/architecture.md']));
	expect(PAGES.flatMap(targetsOf).length).toBeGreaterThan(60);
	expect(anchorsOf('docs/messages.md')).toContain('what-a-message-looks-like');
});

it.each(PAGES)('%s has no broken link', (page) => {
	const broken = targetsOf(page).filter((target) => {
		const file = fileOf(page, target);
		if (!existsSync(join(ROOT, file))) return true;
		const [, anchor] = target.split('#');
		return anchor !== undefined && !anchorsOf(file).includes(anchor);
	});
	expect(broken).toEqual([]);
});

it('every picture is used, and none is large', () => {
	const used = PAGES.flatMap((page) => targetsOf(page).map((target) => fileOf(page, target)));
	const pictures = readdirSync(join(ROOT, 'docs/pictures')).map((name) => `docs/pictures/${name}`);
	expect(pictures.filter((name) => !used.includes(name))).toEqual([]);
	const bytes = pictures.map((name) => readFileSync(join(ROOT, name)).length);
	expect(Math.max(...bytes)).toBeLessThan(120_000);
	expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_600_000);
});

it('docs/examples.md contains the notes of the examples', () => {
	expect(read('docs/examples.md')).toBe(examplesPage());
});

it.each(examples())('the tables of docs/examples.md list the example $name', ({ title }) => {
	expect(targetsOf('docs/examples.md')).toContain(`#${anchorOf(title)}`);
});

it('README shows three examples with their pictures, and leads to all of them', () => {
	const targets = targetsOf('README.md');
	const pictures = examples().map(({ name }) => `docs/pictures/${name}.png`);
	expect(targets.filter((target) => pictures.includes(target))).toHaveLength(3);
	expect(targets).toContain('docs/examples.md');
});

it('README leads to every page for users', () => {
	const forDevelopers = ['adding-a-provider', 'adding-an-operation', 'tests', 'wording'];
	const pages = readdirSync(join(ROOT, 'docs'))
		.filter((name) => name.endsWith('.md') && !forDevelopers.includes(name.slice(0, -3)))
		.map((name) => `docs/${name}`);
	expect(pages.length).toBeGreaterThan(15);
	const targets = targetsOf('README.md').map((target) => target.split('#')[0]);
	expect(pages.filter((page) => !targets.includes(page))).toEqual([]);
});

it('README can be read in a few minutes', () => {
	expect(read('README.md').split(/\s+/).length).toBeLessThan(1_400);
});

describe('the links of the panels', () => {
	const sources = readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && !name.endsWith('input/pages.ts'))
		.map((name) => readFileSync(join(ROOT, 'nodes', name), 'utf8'));
	const links = sources.flatMap((text) => [
		...text.matchAll(/\b(?:moreOn|pageUrl)\('([\w-]+)'(?:, '([\w-]+)')?\)/g),
	]);

	it('lead to the repository of package.json', () =>
		expect(pageUrl('times', 'quiet-hours')).toBe(
			`${manifest.repository.url.replace(/\.git$/, '')}/blob/HEAD/docs/times.md#quiet-hours`,
		));

	it('lead to every page that a panel needs', () => {
		const pages = [...new Set(links.map(([, page]) => page))].sort();
		expect(pages).toEqual(
			expect.arrayContaining(['duplicates', 'numbers', 'proxies', 'times', 'triggers', 'waiting']),
		);
	});

	it('lead to existing pages and headings', () => {
		const broken = links.filter(([, page, heading]) => {
			const file = `docs/${page}.md`;
			if (!existsSync(join(ROOT, file))) return true;
			return heading !== undefined && !anchorsOf(file).includes(heading);
		});
		expect(broken.map(([link]) => link)).toEqual([]);
	});
});
