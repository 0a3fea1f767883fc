/**
 * Installs the project's packages and n8n if they are missing, and shows the progress. It uses only
 * Node.js built-ins. If everything is installed it takes a fraction of a second.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import {
	n8nFolder,
	n8nFolderOf,
	n8nVersion,
	n8nVersions,
	nodeForN8n,
} from '../sandbox/n8n/instance.mjs';
import { CommandFailed, command, npm, project } from './command.mjs';
import { NpmFolder } from './npmFolder.mjs';
import { PnpmFolder } from './pnpmFolder.mjs';
import { PlainError, step } from './progress.mjs';

/** n8n needs 2 GB, and its installation about 0.5 GB more. */
const REQUIRED_BYTES = 3e9;
const INSTALL_COST = 'about 2 GB, a few minutes, only the first time';

/** Building the database driver takes as long as installing this many packages. */
const DRIVER_SIZE = 2000;

const tools = new NpmFolder(project);
const n8n = new PnpmFolder(n8nFolder);

/** Installs the packages that build and test the project. */
export async function installProject() {
	if (await tools.isInstalled()) return;
	await step('Installing the tools for building and testing', (report) => tools.install(report));
}

/** Installs the tools and n8n, in parallel if neither is installed. */
export async function installAll() {
	const both = [tools, n8n];
	const installed = await Promise.all(both.map(async (folder) => await folder.isInstalled()));
	if (!installed.includes(true)) {
		await requireDiskSpace();
		await step(`Installing n8n and the tools for building (${INSTALL_COST})`, async (report) => {
			const sizes = await Promise.all(both.map(async (folder) => await folder.size()));
			const total = sizes[0] + sizes[1] + DRIVER_SIZE;
			const done = [0, 0];
			const reportPart = (index) => (fraction) => {
				done[index] = fraction * sizes[index];
				report((done[0] + done[1]) / total);
			};
			const installN8nAndDriver = async () => {
				await n8n.install(reportPart(1));
				requireNode();
				if (!(await copyDatabaseDriver())) await buildDatabaseDriver();
			};
			await Promise.all([tools.install(reportPart(0)), installN8nAndDriver()]);
		});
	}
	await installProject();
	await installN8n();
}

/** Installs the tools for mutation testing. */
export async function installMutation() {
	const folder = new NpmFolder(join(project, 'test/mutation'));
	if (await folder.isInstalled()) return;
	await step('Installing the tools for mutation testing', (report) => folder.install(report));
}

/** Installs n8n and its Node.js into sandbox/n8n. */
export async function installN8n() {
	if (!n8nVersions.includes(n8nVersion)) {
		throw new PlainError(
			`There is no lock file for n8n ${n8nVersion}. Valid values of N8N_VERSION: ${n8nVersions.join(', ')}.`,
		);
	}
	if (!(await n8n.isInstalled())) {
		await requireDiskSpace();
		await step(`Installing n8n (${INSTALL_COST})`, (report) => n8n.install(report));
	}
	requireNode();
	if (!(await databaseWorks()) && !(await copyDatabaseDriver())) {
		await step('Building the database driver of n8n (about a minute)', buildDatabaseDriver);
	}
}

function requireNode() {
	if (nodeForN8n()) return;
	throw new PlainError(
		`n8n requires Node.js 24, which npm does not offer for ${process.platform} on ${process.arch}. ` +
			'Install Node.js 24 and run this again with it.',
	);
}

async function requireDiskSpace() {
	const { bavail, bsize } = await statfs(n8nFolder);
	const free = bavail * bsize;
	if (free > REQUIRED_BYTES) return;
	throw new PlainError(
		`Installing n8n requires 3 GB of free disk space, but only ${(free / 1e9).toFixed(1)} GB are free.`,
	);
}

/** Loads the driver in n8n's Node.js, which may differ from the one that built it. */
async function databaseWorks() {
	try {
		const open = "new (require('sqlite3').Database)(':memory:', (e) => process.exit(e ? 1 : 0))";
		await command(nodeForN8n(), ['-e', open], { cwd: n8nFolder });
		return true;
	} catch {
		return false;
	}
}

/**
 * Copies the driver from another n8n that uses the same version, because building it takes a
 * minute.
 */
async function copyDatabaseDriver() {
	const driver = (folder) => join(folder, 'node_modules/sqlite3');
	const version = async (folder) =>
		JSON.parse(await readFile(join(driver(folder), 'package.json'), 'utf8')).version;
	for (const other of n8nVersions.map(n8nFolderOf)) {
		const built = join(driver(other), 'build/Release/node_sqlite3.node');
		if (other === n8nFolder || !existsSync(built)) continue;
		if ((await version(other)) !== (await version(n8nFolder))) continue;
		const target = join(driver(n8nFolder), 'build/Release');
		await mkdir(target, { recursive: true });
		await copyFile(built, join(target, 'node_sqlite3.node'));
		if (await databaseWorks()) return true;
	}
	return false;
}

/** Runs the only install script of n8n's dependencies that is needed. */
async function buildDatabaseDriver() {
	try {
		await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
			cwd: n8nFolder,
			// -O1 halves the build time and is fast enough for a small database
			env: { JOBS: 'max', CFLAGS: '-O1', CXXFLAGS: '-O1' },
		});
		if (await databaseWorks()) return;
		throw new PlainError('The database driver of n8n was built, but does not load.');
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		throw new PlainError(
			'The database driver of n8n could not be built. If no prebuilt driver can be downloaded, ' +
				'the build requires Python 3, make and a C++ compiler (on Debian: ' +
				'apt-get install python3 make g++).',
			error.output,
		);
	}
}
