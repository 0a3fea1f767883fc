/** Builds and packs the package, unless its sources are as they were. */
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
	'index.js',
	'package.json',
	'package-lock.json',
];
const NOT_BUILT = ['README.md', 'LICENSE.md'];
const stamp = join(work, 'built');
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

/** @returns {Promise<string>} path of the tarball that would be published, freshly built */
export async function buildAndPack() {
	const state = await stateOf([...SOURCES, ...NOT_BUILT]);
	const known = existsSync(stamp) ? JSON.parse(await readFile(stamp, 'utf8')) : {};
	const upToDate = known.state === state && existsSync(join(project, 'dist'));
	if (upToDate && existsSync(known.tarball)) return known.tarball;
	const tarball = await step('Building and packing the nodes', async () => {
		try {
			await node('gulp/bin/gulp.js', ['build']);
		} catch (error) {
			if (!(error instanceof CommandFailed)) throw error;
			throw new PlainError('The nodes could not be built.', error.output);
		}
		return await pack(project, packed);
	});
	await mkdir(dirname(stamp), { recursive: true });
	await writeFile(stamp, JSON.stringify({ state, tarball }));
	return tarball;
}
