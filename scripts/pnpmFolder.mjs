/**
 * A folder whose packages pnpm installs from its pnpm-lock.yaml. For n8n's two thousand packages
 * this takes a third of npm's time, and does not duplicate the packages in pnpm's store.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { command, project } from './command.mjs';
import { NpmFolder } from './npmFolder.mjs';
import { installFromRegistry, RETRY_OPTIONS } from './registry.mjs';

const PNPM_FOLDER = join(project, 'scripts/pnpm');

const ARGS = [
	'install',
	'--frozen-lockfile',
	'--ignore-scripts',
	'--ignore-workspace',
	'--reporter=append-only',
	// npm's layout, because n8n imports packages that it does not declare
	'--config.node-linker=hoisted',
	...RETRY_OPTIONS,
];

/** Returns a file's text with normalized line breaks; empty if there is no file. */
const read = async (file) =>
	(await readFile(file, 'utf8').catch(() => '')).replaceAll('\r\n', '\n');

const packagesIn = (lock) => lock.match(/^ {4}resolution:/gm)?.length ?? 0;

export class PnpmFolder {
	/** @param {string} folder */
	constructor(folder) {
		this.folder = folder;
	}

	async lockFile() {
		return await read(join(this.folder, 'pnpm-lock.yaml'));
	}

	/** @returns {Promise<number>} the number of packages */
	async size() {
		return packagesIn(await this.lockFile());
	}

	/** pnpm copies the lock file to the packages when it has finished. */
	async isInstalled() {
		const installed = await read(join(this.folder, 'node_modules/.pnpm/lock.yaml'));
		return installed !== '' && installed === (await this.lockFile());
	}

	/** @param {(fraction: number) => void} report */
	async install(report) {
		const { folder } = this;
		const total = 2 * (await this.size());
		const pnpm = new NpmFolder(PNPM_FOLDER);
		if (!(await pnpm.isInstalled())) await pnpm.install(() => undefined);
		// pnpm cannot continue an installation of another program, or an unfinished one
		await rm(join(folder, 'node_modules'), { recursive: true, force: true });
		let done = 0;
		const onOutput = (text) => {
			const [, reused, downloaded, added] =
				/reused (\d+), downloaded (\d+), added (\d+)(?![^]*added)/.exec(text) ?? [];
			if (added === undefined) return;
			done = Number(reused) + Number(downloaded) + Number(added);
			report(Math.min(done / total, 1));
		};
		await installFromRegistry(
			folder,
			() => done > 0,
			async () => {
				const program = join(PNPM_FOLDER, 'node_modules/pnpm/bin/pnpm.cjs');
				await command(process.execPath, [program, ...ARGS], { cwd: folder, onOutput });
			},
		);
	}
}
