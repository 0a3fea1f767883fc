/** What is checked beside the tests: the official gate, and the tarball against our own promises. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { unpack } from '../sandbox/n8n/package.mjs';
import { command, project, work } from './command.mjs';

/**
 * n8n's own review of community packages, offline: on the sources as it reads them from the
 * repository, and on what would be published.
 * @param {string} tarball
 * @param {string} [tree] the sources of it
 * @returns {Promise<string>} what it objects to; empty if nothing
 */
export async function officialGate(tarball, tree = project) {
	const scanner = join(project, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(pathToFileURL(scanner));
	const published = join(work, 'gate');
	await unpack(tarball, published);
	const verdicts = {
		'the sources': await analyzePackage(tree, SOURCE_FILE_PATTERNS),
		'the tarball': await analyzePackage(published),
	};
	return Object.entries(verdicts)
		.filter(([, { passed }]) => !passed)
		.map(([what, { message, details }]) => `In ${what}: ${message}\n${details ?? ''}`)
		.join('\n');
}

/**
 * The tarball needs nothing installed: every file package.json names is in it, it has no
 * dependencies, and each of its modules loads where nothing but n8n-workflow can be found.
 * @param {string} tarball
 * @returns {Promise<string>} what is wrong; empty if nothing
 */
export async function selfContained(tarball) {
	const alone = join(work, 'alone');
	await rm(alone, { recursive: true, force: true });
	const folder = join(alone, 'node_modules/the-package');
	await unpack(tarball, folder);
	await mkdir(join(alone, 'node_modules'), { recursive: true });
	await symlink(
		join(project, 'node_modules/n8n-workflow'),
		join(alone, 'node_modules/n8n-workflow'),
		'junction',
	);
	const { dependencies = {}, n8n } = JSON.parse(
		await readFile(join(folder, 'package.json'), 'utf8'),
	);
	const named = [...n8n.nodes, ...n8n.credentials];
	const wrong = [
		...Object.keys(dependencies).map((name) => `It depends on ${name}.`),
		...named
			.filter((file) => !existsSync(join(folder, file)))
			.map((file) => `package.json names ${file}, which is not in it.`),
	];
	if (!existsSync(join(folder, 'dist/THIRD_PARTY_NOTICES.txt'))) {
		wrong.push('It has no notices of the licences of the code of others in it.');
	}
	const modules = (await readdir(join(folder, 'dist'), { recursive: true }))
		.filter((name) => name.endsWith('.js'))
		.map((name) => join(folder, 'dist', name));
	const loadEach = `for (const file of ${JSON.stringify(modules)}) {
		try { require(file); } catch (error) { console.log(file + ': ' + error.message); }
	}`;
	const output = await command(process.execPath, ['-e', loadEach], { cwd: alone });
	return [...wrong, output].filter(Boolean).join('\n');
}

/**
 * The same for the packages of one provider each.
 * @param {string[]} tarballs in the order of PACKAGES
 * @returns {Promise<string>} what is wrong; empty if nothing
 */
export async function objectionsToPackages(tarballs) {
	const { PACKAGES, folderOf } = await import('./packages.mjs');
	const wrong = [];
	for (const [index, { name }] of PACKAGES.entries()) {
		const tree = folderOf(name);
		const found = [await officialGate(tarballs[index], tree), await selfContained(tarballs[index])];
		wrong.push(...found.filter(Boolean).map((text) => `${name}: ${text}`));
	}
	return wrong.join('\n');
}
