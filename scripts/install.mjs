/**
 * Installs what is missing, the project's own packages and the real n8n, with progress. Node.js
 * built-ins only. What is there already costs a fraction of a second.
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

/** n8n takes 2 GB, and what is fetched to build it another half. */
const ROOM_FOR_N8N = 3e9;
const N8N_TAKES = 'about 2 GB, a few minutes, only the first time';

/** Building the database driver takes as long as this many packages, where none is to be had. */
const DRIVER = 2000;

const tools = new NpmFolder(project);
const n8n = new PnpmFolder(n8nFolder);

/** Installs the packages that build and test the project. */
export async function installProject() {
	if (await tools.isInstalled()) return;
	await step('Installing the tools that build and test', (report) => tools.install(report));
}

/** Installs both at once, where neither is there: n8n is ready by the time that npm has unpacked the rest. */
export async function installAll() {
	const both = [tools, n8n];
	const installed = await Promise.all(both.map(async (one) => await one.isInstalled()));
	if (!installed.includes(true)) {
		await requireRoom();
		await step(`Installing n8n and what builds the nodes (${N8N_TAKES})`, async (report) => {
			const sizes = await Promise.all(both.map(async (one) => await one.size()));
			const whole = sizes[0] + sizes[1] + DRIVER;
			const done = [0, 0];
			const share = (index) => (fraction) => {
				done[index] = fraction * sizes[index];
				report((done[0] + done[1]) / whole);
			};
			const driver = async () => {
				await n8n.install(share(1));
				requireNode();
				if (!(await copyDatabaseDriver())) await buildDatabaseDriver();
			};
			await Promise.all([tools.install(share(0)), driver()]);
		});
	}
	await installProject();
	await installN8n();
}

/** Installs what puts faults into the code, which nobody needs for anything else. */
export async function installMutation() {
	const folder = new NpmFolder(join(project, 'test/mutation'));
	if (await folder.isInstalled()) return;
	await step('Installing what mutation tests need', (report) => folder.install(report));
}

/** Installs n8n, with its own Node.js, into sandbox/n8n. */
export async function installN8n() {
	if (!n8nVersions.includes(n8nVersion)) {
		throw new PlainError(
			`There is no lock file for n8n ${n8nVersion}. N8N_VERSION may be ${n8nVersions.join(', ')}.`,
		);
	}
	if (!(await n8n.isInstalled())) {
		await requireRoom();
		await step(`Installing n8n (${N8N_TAKES})`, (report) => n8n.install(report));
	}
	requireNode();
	if (!(await databaseWorks()) && !(await copyDatabaseDriver())) {
		await step('Building the database driver of n8n (about a minute)', buildDatabaseDriver);
	}
}

function requireNode() {
	if (nodeForN8n()) return;
	throw new PlainError(
		`n8n needs Node.js 24, and npm has none for ${process.platform} on ${process.arch}. ` +
			'Install Node.js 24 yourself and start again with it.',
	);
}

async function requireRoom() {
	const { bavail, bsize } = await statfs(n8nFolder);
	const free = bavail * bsize;
	if (free > ROOM_FOR_N8N) return;
	throw new PlainError(
		`n8n needs about 2 GB on the disk, and only ${(free / 1e9).toFixed(1)} GB are free there.`,
	);
}

/** Tries the driver in n8n's own Node.js, which need not be the one that built it. */
async function databaseWorks() {
	try {
		const open = "new (require('sqlite3').Database)(':memory:', (e) => process.exit(e ? 1 : 0))";
		await command(nodeForN8n(), ['-e', open], { cwd: n8nFolder });
		return true;
	} catch {
		return false;
	}
}

/** The driver is the same for all n8n that want this version of it: building it takes a minute. */
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

/** The only one of n8n's install scripts that anything here needs. */
async function buildDatabaseDriver() {
	try {
		await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
			cwd: n8nFolder,
			// it takes half the time, and a database of this size is fast enough
			env: { JOBS: 'max', CFLAGS: '-O1', CXXFLAGS: '-O1' },
		});
		if (await databaseWorks()) return;
		throw new PlainError('The database driver of n8n was built, but does not load.');
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		throw new PlainError(
			'The database driver of n8n could not be built. Where no finished one can be downloaded, ' +
				'it takes Python 3, make and a C++ compiler (on Debian: ' +
				'apt-get install python3 make g++).',
			error.output,
		);
	}
}
