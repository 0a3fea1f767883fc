/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';

/** What docs/architecture.md says of the folders in nodes/, held against the files. */

const ROOT = join(__dirname, '../../nodes');
const FOLDERS = readdirSync(ROOT, { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && entry.name !== 'shared')
	.map(({ name }) => name);
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.ts'),
);
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** The files that one imports, from nodes/ on. */
function importsOf(file: string): string[] {
	const named = [...textOf(file).matchAll(/ from '(\.[^']+)'/g)].map(([, path]) => path);
	return named.map((path) => normalize(join(dirname(file), path)).replaceAll('\\', '/'));
}

const inFolder = (folder: string) => (path: string) => path.startsWith(`${folder}/`);

it('there are providers, and files in shared/', () => {
	expect(FOLDERS.length).toBeGreaterThan(3);
	expect(FILES.filter(inFolder('shared')).length).toBeGreaterThan(50);
});

it.each(FOLDERS)('%s has the set that every provider has', (folder) => {
	const there = readdirSync(join(ROOT, folder));
	const wanted = ['api', 'operations', 'codes.ts', 'credentialTest.ts', 'fields.ts', 'name.ts'];
	wanted.push('number.ts', 'postback.ts', 'provider.ts', 'sending.ts', 'wire.ts');
	expect(wanted.filter((name) => !there.includes(name))).toEqual([]);
	const api = readdirSync(join(ROOT, folder, 'api'));
	expect(api).toContain('connection.ts');
});

it.each(FOLDERS)('%s imports itself and shared/ only', (folder) => {
	const imported = FILES.filter(inFolder(folder)).flatMap(importsOf);
	const others = imported.filter((path) => !inFolder(folder)(path) && !inFolder('shared')(path));
	expect(others).toEqual([]);
});

it('shared/ imports no provider', () => {
	const imported = FILES.filter(inFolder('shared')).flatMap(importsOf);
	expect(imported.filter((path) => !inFolder('shared')(path))).toEqual([]);
});

it('an operation imports no other, and is named by nothing but its list', () => {
	const isOperation = (path: string) => /\/operations\/(?!index)/.test(path);
	const importers = FILES.filter((file) => importsOf(file).some(isOperation));
	expect(importers.filter((file) => !file.endsWith('operations/index.ts'))).toEqual([]);
});

it('calls stand below operations, and the wire below both', () => {
	const upwards = FILES.flatMap((file) => {
		const isLow = /\/(?:api\/.*|wire|codes|number|name)\.ts$/.test(file);
		const above = importsOf(file).filter((path) => /\/(?:operations|provider)(?:\/|$)/.test(path));
		return isLow && above.length > 0 ? [file] : [];
	});
	expect(upwards).toEqual([]);
});

it.each(FILES)('%s is short enough to be one idea', (file) => {
	expect(textOf(file).split('\n').length).toBeLessThanOrEqual(250);
	expect(basename(file)).not.toMatch(/^(?:utils?|helpers?|types|misc)\.ts$/);
});
