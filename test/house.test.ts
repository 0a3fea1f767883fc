/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';

/** The rules of docs/architecture.md on folders and imports, checked against the files. */

const PROJECT = join(__dirname, '..');
const ROOT = join(PROJECT, 'nodes');
const FOLDERS = readdirSync(ROOT, { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && entry.name !== 'shared')
	.map(({ name }) => name);
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.ts'),
);
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** The files that a file imports, relative to nodes/. */
function importsOf(file: string): string[] {
	const specifiers = [...textOf(file).matchAll(/ from '(\.[^']+)'/g)].map(([, path]) => path);
	return specifiers.map((path) => normalize(join(dirname(file), path)).replaceAll('\\', '/'));
}

const inFolder = (folder: string) => (path: string) => path.startsWith(`${folder}/`);

/** The imports between files of a folder, including types, as pairs of paths relative to it. */
function importsBelow(top: string): Array<[from: string, to: string]> {
	const folder = join(PROJECT, top);
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => name.replaceAll('\\', '/'))
		.filter((name) => /\.[cm]?[jt]s$/.test(name) && !name.includes('node_modules/'));
	const existing = new Set(files);
	const resolve = (path: string) =>
		[path, `${path}.ts`, `${path}.mjs`, `${path}/index.ts`].find((name) => existing.has(name));
	return files.flatMap((file) => {
		const text = readFileSync(join(folder, file), 'utf8');
		const specifiers = [...text.matchAll(/(?: from |\bimport\(|\brequire\()'(\.[^']+)'/g)];
		return specifiers.flatMap(([, path]): Array<[string, string]> => {
			const to = resolve(normalize(join(dirname(file), path)).replaceAll('\\', '/'));
			return to === undefined ? [] : [[file, to]];
		});
	});
}

/** The entries of a folder that are part of an import cycle. A subfolder counts as one entry. */
function cyclesIn(top: string): string[] {
	const imports = importsBelow(top);
	const folders = new Set(['']);
	for (const [file] of imports) {
		for (let at = dirname(file); at !== '.'; at = dirname(at)) folders.add(`${at}/`);
	}
	return [...folders].flatMap((folder) => {
		const next = new Map<string, Set<string>>();
		for (const pair of imports) {
			if (!pair.every((path) => path.startsWith(folder))) continue;
			const [from, to] = pair.map((path) => path.slice(folder.length).split('/')[0]);
			if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
		}
		const reaches = (from: string, target: string, visited = new Set<string>()): boolean =>
			[...(next.get(from) ?? [])].some((entry) => {
				if (entry === target) return true;
				if (visited.has(entry)) return false;
				visited.add(entry);
				return reaches(entry, target, visited);
			});
		return [...next.keys()].filter((entry) => reaches(entry, entry)).map((name) => folder + name);
	});
}

it('finds the providers and the files in shared/', () => {
	expect(FOLDERS.length).toBeGreaterThan(3);
	expect(FILES.filter(inFolder('shared')).length).toBeGreaterThan(50);
});

it.each(FOLDERS)('%s has the files that every provider needs', (folder) => {
	const entries = readdirSync(join(ROOT, folder));
	const required = ['api', 'operations', 'codes.ts', 'credentialTest.ts', 'fields.ts', 'name.ts'];
	required.push('number.ts', 'postback.ts', 'provider.ts', 'sending.ts', 'wire.ts');
	expect(required.filter((name) => !entries.includes(name))).toEqual([]);
	const api = readdirSync(join(ROOT, folder, 'api'));
	expect(api).toContain('connection.ts');
});

it.each(FOLDERS)('%s imports only its own files and shared/', (folder) => {
	const imported = FILES.filter(inFolder(folder)).flatMap(importsOf);
	const others = imported.filter((path) => !inFolder(folder)(path) && !inFolder('shared')(path));
	expect(others).toEqual([]);
});

it('shared/ imports no provider', () => {
	const imported = FILES.filter(inFolder('shared')).flatMap(importsOf);
	expect(imported.filter((path) => !inFolder('shared')(path))).toEqual([]);
});

/** The rooms of nodes/shared; each imports only those before it. */
const ROOMS = [
	'host',
	'errors',
	'model',
	'formats',
	'http',
	'input',
	'provider',
	'credentials',
	'sending',
	'receiving',
	'panel',
	'waiting',
	'run',
];

it('nodes/shared consists of the rooms and nothing else', () => {
	expect(readdirSync(join(ROOT, 'shared')).sort()).toEqual([...ROOMS].sort());
});

it.each(ROOMS)('%s imports only the rooms before it', (room) => {
	const allowed = ROOMS.slice(0, ROOMS.indexOf(room) + 1);
	const imported = FILES.filter(inFolder(`shared/${room}`)).flatMap(importsOf);
	const rooms = imported.filter(inFolder('shared')).map((path) => path.split('/')[1]);
	expect(rooms.filter((name) => !allowed.includes(name))).toEqual([]);
});

it.each(['nodes', 'sandbox', 'test'])(
	'no folder or file in %s is part of an import cycle',
	(top) => {
		expect(cyclesIn(top)).toEqual([]);
	},
);

it('only operations/index.ts imports operations', () => {
	const isOperation = (path: string) => /\/operations\/\w+\.\w+$/.test(path);
	const importers = FILES.filter((file) => importsOf(file).some(isOperation));
	expect(importers.filter((file) => !file.endsWith('operations/index.ts'))).toEqual([]);
});

it('no file of api/ and no wire.ts imports operations or the provider', () => {
	const upwards = FILES.flatMap((file) => {
		const isLow = /\/(?:api\/.*|wire|codes|number|name)\.ts$/.test(file);
		const above = importsOf(file).filter((path) =>
			/^(?!shared\/)\w+\/(?:operations|provider)(?:\/|$)/.test(path),
		);
		return isLow && above.length > 0 ? [file] : [];
	});
	expect(upwards).toEqual([]);
});

it.each(FILES)('%s is short and has a specific name', (file) => {
	expect(textOf(file).split('\n').length).toBeLessThanOrEqual(250);
	expect(basename(file)).not.toMatch(/^(?:utils?|helpers?|types|misc)\.ts$/);
});
