/** A folder whose packages npm installs, by its package-lock.json. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { npm } from './command.mjs';
import { fetching, PATIENCE } from './registry.mjs';

async function packagesIn(lockFile) {
	try {
		return JSON.parse(await readFile(lockFile, 'utf8')).packages;
	} catch {
		return undefined;
	}
}

export class NpmFolder {
	/** @param {string} folder */
	constructor(folder) {
		this.folder = folder;
		/** npm writes this last: without it an installation was never finished. */
		this.record = join(folder, 'node_modules/.package-lock.json');
	}

	async wanted() {
		return await packagesIn(join(this.folder, 'package-lock.json'));
	}

	/** How many packages it has. */
	async size() {
		return Object.keys(await this.wanted()).length;
	}

	/** Compares with the record of npm, so it makes no difference who ran it. */
	async isInstalled() {
		const present = await packagesIn(this.record);
		if (!present) return false;
		return Object.entries(await this.wanted()).every(
			([path, { version, optional }]) =>
				path === '' || (present[path] ? present[path].version === version : optional === true),
		);
	}

	/** @param {(fraction: number) => void} report */
	async install(report) {
		const { folder } = this;
		const fresh = !existsSync(this.record);
		const paths = Object.keys(await this.wanted()).slice(1);
		const done = () =>
			paths.filter((path) => existsSync(join(folder, path, 'package.json'))).length / paths.length;
		const watch = setInterval(() => report(done()), 1000);
		const verb = fresh ? ['ci'] : ['install', '--no-save'];
		const words = [...verb, '--ignore-scripts', '--loglevel=error', ...PATIENCE];
		try {
			await fetching(
				folder,
				() => fresh && done() > 0,
				async () => await npm(words, { cwd: folder }),
			);
		} finally {
			clearInterval(watch);
		}
	}
}
