/** Checks besides the tests: n8n's review of packages, and whether a tarball is self-contained. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { unpack } from '../sandbox/n8n/package.mjs';
import { command, project, work } from './command.mjs';

/**
 * Runs n8n's review of community packages offline, on the sources in the repository and on the
 * tarball.
 * @param {string} tarball
 * @param {string} [tree] folder of its sources
 * @returns {Promise<string>} the problems found; empty if none
 */
export async function reviewPackage(tarball, tree = project) {
	const scanner = join(project, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(pathToFileURL(scanner));
	const unpacked = join(work, 'gate');
	await unpack(tarball, unpacked);
	const results = {
		'the sources': await analyzePackage(tree, SOURCE_FILE_PATTERNS),
		'the tarball': await analyzePackage(unpacked),
	};
	return Object.entries(results)
		.filter(([, { passed }]) => !passed)
		.map(([part, { message, details }]) => `In ${part}: ${message}\n${details ?? ''}`)
		.join('\n');
}

/**
 * Checks that a tarball is self-contained: it contains every file in package.json, has no
 * dependencies, and each of its modules loads if only n8n-workflow is installed.
 * @param {string} tarball
 * @returns {Promise<string>} the problems found; empty if none
 */
export async function checkSelfContained(tarball) {
	const isolated = join(work, 'alone');
	await rm(isolated, { recursive: true, force: true });
	const folder = join(isolated, 'node_modules/the-package');
	await unpack(tarball, folder);
	await mkdir(join(isolated, 'node_modules'), { recursive: true });
	await symlink(
		join(project, 'node_modules/n8n-workflow'),
		join(isolated, 'node_modules/n8n-workflow'),
		'junction',
	);
	const { dependencies = {}, n8n } = JSON.parse(
		await readFile(join(folder, 'package.json'), 'utf8'),
	);
	const listedFiles = [...n8n.nodes, ...n8n.credentials];
	const problems = [
		...Object.keys(dependencies).map((name) => `It depends on ${name}.`),
		...listedFiles
			.filter((file) => !existsSync(join(folder, file)))
			.map((file) => `It does not contain ${file}, which package.json lists.`),
	];
	if (!existsSync(join(folder, 'dist/THIRD_PARTY_NOTICES.txt'))) {
		problems.push('It does not contain the licenses of third-party code.');
	}
	const modules = (await readdir(join(folder, 'dist'), { recursive: true }))
		.filter((name) => name.endsWith('.js'))
		.map((name) => join(folder, 'dist', name));
	const loadEach = `for (const file of ${JSON.stringify(modules)}) {
		try { require(file); } catch (error) { console.log(file + ': ' + error.message); }
	}`;
	const output = await command(process.execPath, ['-e', loadEach], { cwd: isolated });
	return [...problems, output].filter(Boolean).join('\n');
}

/**
 * Runs both checks on the packages of single providers.
 * @param {string[]} tarballs in the order of PACKAGES
 * @returns {Promise<string>} the problems found; empty if none
 */
export async function checkPackages(tarballs) {
	const { PACKAGES, folderOf } = await import('./packages.mjs');
	const problems = [];
	for (const [index, { name }] of PACKAGES.entries()) {
		const tree = folderOf(name);
		const found = [
			await reviewPackage(tarballs[index], tree),
			await checkSelfContained(tarballs[index]),
		];
		problems.push(...found.filter(Boolean).map((text) => `${name}: ${text}`));
	}
	return problems.join('\n');
}
