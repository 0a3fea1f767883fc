/** Builds and packs the package, and those of one provider each, unless the sources are as they were. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { pack } from '../sandbox/n8n/package.mjs';
import { CommandFailed, node, project, work } from './command.mjs';
import { PlainError, step } from './progress.mjs';

const SOURCES = [
	'nodes',
	'credentials',
	'gulpfile.js',
	'scripts/schemas.cjs',
	'scripts/sources.cjs',
	'index.js',
	'package.json',
	'package-lock.json',
];
const NOT_BUILT = ['README.md', 'LICENSE.md'];
const CUT_BY = [
	'scripts/packages.mjs',
	'scripts/reference.cjs',
	'scripts/anchor.cjs',
	'SECURITY.md',
];
const packed = join(work, 'packed');

/** Changes with every change of a file's time or size. */
async function stateOf(paths) {
	const hash = createHash('sha256');
	for (const path of paths) {
		if (!existsSync(join(project, path))) continue;
		const below = (await stat(join(project, path))).isDirectory()
			? (await readdir(join(project, path), { recursive: true })).sort()
			: [''];
		for (const name of below) {
			const { mtimeMs, size } = await stat(join(project, path, name));
			hash.update(`${path}/${name} ${mtimeMs} ${size}\n`);
		}
	}
	return hash.digest('hex');
}

/** What was made of the sources, unless they have changed since: tarballs. */
async function fresh(name, sources, make) {
	const stamp = join(work, name);
	const state = await stateOf(sources);
	const known = existsSync(stamp) ? JSON.parse(await readFile(stamp, 'utf8')) : {};
	const isThere = known.tarballs?.every((tarball) => existsSync(tarball));
	if (known.state === state && isThere && existsSync(join(project, 'dist'))) return known.tarballs;
	const tarballs = await make();
	await mkdir(dirname(stamp), { recursive: true });
	await writeFile(stamp, JSON.stringify({ state, tarballs }));
	return tarballs;
}

/** @returns {Promise<string>} path of the tarball that would be published, freshly built */
export async function buildAndPack() {
	const make = async () => {
		try {
			await node('gulp/bin/gulp.js', ['build']);
		} catch (error) {
			if (!(error instanceof CommandFailed)) throw error;
			throw new PlainError('The nodes could not be built.', error.output);
		}
		return [await pack(project, packed)];
	};
	const [tarball] = await fresh(
		'built',
		[...SOURCES, ...NOT_BUILT],
		async () => await step('Building and packing the nodes', make),
	);
	return tarball;
}

/** @returns {Promise<string[]>} tarballs of the packages of one provider each, freshly cut */
export async function buildPackages() {
	return await fresh('cut', [...SOURCES, ...NOT_BUILT, ...CUT_BY], async () => {
		// TypeScript takes a while to load
		const { PACKAGES, cut } = await import('./packages.mjs');
		return await step('Cutting a package for each provider', async (report) => {
			const tarballs = [];
			for (const one of PACKAGES) {
				tarballs.push(await cut(one));
				report(tarballs.length / PACKAGES.length);
			}
			return tarballs;
		});
	});
}
