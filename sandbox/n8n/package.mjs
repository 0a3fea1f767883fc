/** Packs this project and installs it into n8n as a community package. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { n8nFolder, nodeForN8n } from './instance.mjs';

const run = promisify(execFile);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/**
 * @param {string} projectFolder of a built project
 * @param {string} targetFolder is emptied first
 * @returns {Promise<string>} path of the tarball that would be published
 */
export async function pack(projectFolder, targetFolder) {
	await rm(targetFolder, { recursive: true, force: true });
	await mkdir(targetFolder, { recursive: true });
	await run(npm, ['pack', '--silent', '--ignore-scripts', '--pack-destination', targetFolder], {
		cwd: projectFolder,
		shell: process.platform === 'win32',
	});
	const [tarball] = (await readdir(targetFolder)).filter((name) => name.endsWith('.tgz'));
	return join(targetFolder, tarball);
}

/** Unpacks a tarball made by npm into `folder`, which it empties first. */
export async function unpack(tarball, folder) {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}

/** Returns the folder in which n8n stores community packages. */
const nodesIn = (userFolder) => join(userFolder, '.n8n', 'nodes');

/** Returns the folder of an installed package. */
export const installedIn = (userFolder, name) => join(nodesIn(userFolder), 'node_modules', name);

/**
 * Installs tarballs as community packages. n8n loads them when it starts.
 * @param {string[]} tarballs
 * @param {string} userFolder
 */
export async function installIntoN8n(tarballs, userFolder) {
	const dependencies = {};
	for (const tarball of tarballs) {
		const { stdout } = await run('tar', ['-xOzf', tarball, 'package/package.json']);
		const { name, version } = JSON.parse(stdout);
		await unpack(tarball, installedIn(userFolder, name));
		dependencies[name] = version;
	}
	await writeFile(
		join(nodesIn(userFolder), 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies }),
	);
}

/**
 * Adds a package to n8n's database (SQLite) as n8n does when it installs one, so that *Settings →
 * Community nodes* lists it. n8n must be running and must have loaded the package.
 * @param {string} name of an installed package
 * @param {string} userFolder
 */
export async function listAsInstalled(name, userFolder) {
	const folder = installedIn(userFolder, name);
	const { version, author, n8n } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const typesFile = join(userFolder, '.cache/n8n/public/types/nodes.json');
	const titles = new Map(
		JSON.parse(await readFile(typesFile, 'utf8')).map((node) => [node.name, node.displayName]),
	);
	const types = n8n.nodes.map((file) => {
		const type = file.split('/').at(-1).split('.')[0];
		return `${name}.${type[0].toLowerCase()}${type.slice(1)}`;
	});
	// the format of times in n8n's SQLite database
	const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
	const rows = types.map((type) => [titles.get(type), type, 1, name]);
	const statements = [
		['PRAGMA busy_timeout = 10000'],
		['DELETE FROM installed_nodes WHERE package = ?', [name]],
		[
			'INSERT OR REPLACE INTO installed_packages (packageName, installedVersion, authorName, authorEmail, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?)',
			[name, version, author.name, author.email, now, now],
		],
		...rows.map((row) => [
			'INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)',
			row,
		]),
	];
	const script = `
		const [file, statements] = JSON.parse(process.argv[1]);
		const database = new (require('sqlite3').Database)(file);
		const check = (error) => { if (error) { console.error(error.message); process.exit(1); } };
		database.serialize(() => statements.forEach(([sql, values]) => database.run(sql, values ?? [], check)));`;
	const input = JSON.stringify([join(userFolder, '.n8n', 'database.sqlite'), statements]);
	await run(nodeForN8n(), ['-e', script, input], { cwd: n8nFolder });
}
