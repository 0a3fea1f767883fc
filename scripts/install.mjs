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
import { CommandFailed, command, endCommands, npm, project } from './command.mjs';
import { PlainError, step } from './progress.mjs';
import { outOfReach } from './registry.mjs';

/** n8n takes 2.9 GB, and npm's cache of its packages another 0.6. */
const ROOM_FOR_N8N = 4e9;
const N8N_TAKES = 'about 3 GB, several minutes, only the first time';

/** Installs the packages that build and test the project. */
export async function installProject() {
	if (await isInstalled(project)) return;
	await step('Installing the tools that build and test', (report) => install(project, report));
}

/** Installs both at once, where neither is there: one waits for the network while the other unpacks. */
export async function installAll() {
	const folders = [project, n8nFolder];
	const installed = await Promise.all(folders.map(isInstalled));
	if (!installed.includes(true)) {
		await requireRoom();
		await step(`Installing n8n and what builds the nodes (${N8N_TAKES})`, async (report) => {
			const sizes = await Promise.all(folders.map(async (one) => (await namesIn(one)).length));
			const whole = sizes[0] + sizes[1];
			const done = [0, 0];
			const installOne = async (folder, index) =>
				await install(folder, (fraction) => {
					done[index] = fraction * sizes[index];
					report((done[0] + done[1]) / whole);
				});
			await Promise.all(folders.map(installOne));
		});
	}
	await installProject();
	await installN8n();
}

/** Installs what puts faults into the code, which nobody needs for anything else. */
export async function installMutation() {
	const folder = join(project, 'test/mutation');
	if (await isInstalled(folder)) return;
	await step('Installing what mutation tests need', (report) => install(folder, report));
}

/** Installs n8n, with its own Node.js, into sandbox/n8n. */
export async function installN8n() {
	if (!n8nVersions.includes(n8nVersion)) {
		throw new PlainError(
			`There is no lock file for n8n ${n8nVersion}. N8N_VERSION may be ${n8nVersions.join(', ')}.`,
		);
	}
	if (!(await isInstalled(n8nFolder))) {
		await requireRoom();
		await step(`Installing n8n (${N8N_TAKES})`, (report) => install(n8nFolder, report));
	}
	if (!nodeForN8n()) {
		throw new PlainError(
			`n8n needs Node.js 24, and npm has none for ${process.platform} on ${process.arch}. ` +
				'Install Node.js 24 yourself and start again with it.',
		);
	}
	if (!(await databaseWorks()) && !(await copyDatabaseDriver())) {
		await step('Building the database driver of n8n (about a minute)', buildDatabaseDriver);
	}
}

/** npm's own pauses make it take minutes to notice that there is no network. */
const PATIENCE = [
	'--fetch-retries=3',
	'--fetch-retry-mintimeout=1000',
	'--fetch-retry-maxtimeout=8000',
	'--fetch-timeout=120000',
];

async function packagesIn(lockFile) {
	try {
		return JSON.parse(await readFile(lockFile, 'utf8')).packages;
	} catch {
		return undefined;
	}
}

/** The paths of what a lock file has installed. */
const namesIn = async (folder) =>
	Object.keys(await packagesIn(join(folder, 'package-lock.json'))).slice(1);

/**
 * Compares the lock file with the record npm leaves in node_modules when it has finished, so it
 * makes no difference who ran npm.
 */
async function isInstalled(folder) {
	const wanted = await packagesIn(join(folder, 'package-lock.json'));
	const present = await packagesIn(join(folder, 'node_modules/.package-lock.json'));
	if (!present) return false;
	return Object.entries(wanted).every(
		([path, { version, optional }]) =>
			path === '' || (present[path] ? present[path].version === version : optional === true),
	);
}

async function install(folder, report) {
	// npm writes this last: without it an installation was never finished
	const fresh = !existsSync(join(folder, 'node_modules/.package-lock.json'));
	const packages = await namesIn(folder);
	const done = () =>
		packages.filter((path) => existsSync(join(folder, path, 'package.json'))).length /
		packages.length;
	const watch = setInterval(() => report(done()), 1000);
	const over = new AbortController();
	let reason;
	void outOfReach(folder, over.signal).then(
		(why) => {
			// packages may still come out of npm's cache
			if (!why || (fresh && done() > 0)) return;
			reason = why;
			endCommands();
		},
		() => undefined,
	);
	try {
		const verb = fresh ? ['ci'] : ['install', '--no-save'];
		await npm([...verb, '--ignore-scripts', '--loglevel=error', ...PATIENCE], { cwd: folder });
	} catch (error) {
		throw reason ? unreachable(reason) : whyNpmFailed(error);
	} finally {
		clearInterval(watch);
		over.abort();
	}
}

const unreachable = (reason) =>
	new PlainError(
		`The npm registry cannot be reached (${reason}). The first start needs the network: ` +
			"check the connection, or npm's proxy and registry settings, and try again.",
	);

const NO_NETWORK =
	/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/;

function whyNpmFailed(error) {
	if (!(error instanceof CommandFailed)) return error;
	const [reason] = NO_NETWORK.exec(error.output) ?? [];
	if (reason) return unreachable(reason);
	if (/ENOSPC/.test(error.output)) return new PlainError('The disk is full.');
	return new PlainError('npm could not install the packages.', error.output);
}

async function requireRoom() {
	const { bavail, bsize } = await statfs(n8nFolder);
	const free = bavail * bsize;
	if (free > ROOM_FOR_N8N) return;
	throw new PlainError(
		`n8n needs about 3 GB on the disk, and only ${(free / 1e9).toFixed(1)} GB are free there.`,
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
