/** Builds and packs the package and those of single providers, unless the sources are unchanged. */
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
const PACKED_ONLY = ['README.md', 'LICENSE.md'];
const SPLIT_BY = [
	'scripts/packages.mjs',
	'scripts/providers.json',
	'scripts/reference.cjs',
	'scripts/anchor.cjs',
	'SECURITY.md',
];
const packedFolder = join(work, 'packed');

/** Returns a hash that changes with the time or size of any file. */
async function hashOf(paths) {
	const hash = createHash('sha256');
	for (const path of paths) {
		if (!existsSync(join(project, path))) continue;
		const names = (await stat(join(project, path))).isDirectory()
			? (await readdir(join(project, path), { recursive: true })).sort()
			: [''];
		for (const name of names) {
			const { mtimeMs, size } = await stat(join(project, path, name));
			hash.update(`${path}/${name} ${mtimeMs} ${size}\n`);
		}
	}
	return hash.digest('hex');
}

/** Returns the tarballs built from the sources, and builds them again if the sources changed. */
async function cached(name, sources, build) {
	const stamp = join(work, name);
	const state = await hashOf(sources);
	const last = existsSync(stamp) ? JSON.parse(await readFile(stamp, 'utf8')) : {};
	const exists = last.tarballs?.every((tarball) => existsSync(tarball));
	if (last.state === state && exists && existsSync(join(project, 'dist'))) return last.tarballs;
	const tarballs = await build();
	await mkdir(dirname(stamp), { recursive: true });
	await writeFile(stamp, JSON.stringify({ state, tarballs }));
	return tarballs;
}

/** @returns {Promise<string>} path of the current tarball for publication */
export async function buildAndPack() {
	const build = async () => {
		try {
			await node('gulp/bin/gulp.js', ['build']);
		} catch (error) {
			if (!(error instanceof CommandFailed)) throw error;
			throw new PlainError('The nodes could not be built.', error.output);
		}
		return [await pack(project, packedFolder)];
	};
	const [tarball] = await cached(
		'built',
		[...SOURCES, ...PACKED_ONLY],
		async () => await step('Building and packing the nodes', build),
	);
	return tarball;
}

/** @returns {Promise<string[]>} current tarballs of the packages of single providers */
export async function buildPackages() {
	return await cached('cut', [...SOURCES, ...PACKED_ONLY, ...SPLIT_BY], async () => {
		// imported only when needed, because TypeScript loads slowly
		const { PACKAGES, buildPackage } = await import('./packages.mjs');
		return await step('Building a package for each provider', async (report) => {
			const tarballs = [];
			for (const entry of PACKAGES) {
				tarballs.push(await buildPackage(entry));
				report(tarballs.length / PACKAGES.length);
			}
			return tarballs;
		});
	});
}
