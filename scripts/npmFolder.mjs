/** A folder whose packages npm installs, by its package-lock.json. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { npm } from './command.mjs';
import { installFromRegistry, RETRY_OPTIONS } from './registry.mjs';

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
		/** npm writes this file last, so its absence means an unfinished installation. */
		this.record = join(folder, 'node_modules/.package-lock.json');
	}

	async lockedPackages() {
		return await packagesIn(join(this.folder, 'package-lock.json'));
	}

	/** @returns {Promise<number>} the number of packages */
	async size() {
		return Object.keys(await this.lockedPackages()).length;
	}

	/** Compares the lock file with npm's record of the installation. */
	async isInstalled() {
		const installed = await packagesIn(this.record);
		if (!installed) return false;
		return Object.entries(await this.lockedPackages()).every(
			([path, { version, optional }]) =>
				path === '' || (installed[path] ? installed[path].version === version : optional === true),
		);
	}

	/** @param {(fraction: number) => void} report */
	async install(report) {
		const { folder } = this;
		const isFirst = !existsSync(this.record);
		const paths = Object.keys(await this.lockedPackages()).slice(1);
		const done = () =>
			paths.filter((path) => existsSync(join(folder, path, 'package.json'))).length / paths.length;
		const timer = setInterval(() => report(done()), 1000);
		const command = isFirst ? ['ci'] : ['install', '--no-save'];
		const args = [...command, '--ignore-scripts', '--loglevel=error', ...RETRY_OPTIONS];
		try {
			await installFromRegistry(
				folder,
				() => isFirst && done() > 0,
				async () => await npm(args, { cwd: folder }),
			);
		} finally {
			clearInterval(timer);
		}
	}
}
