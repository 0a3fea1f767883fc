/** Packs this project and puts it into an n8n, as n8n itself installs a community package. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/**
 * @param {string} projectFolder which has been built
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

/**
 * Installs the tarballs where n8n keeps community packages. n8n reads them when it starts.
 * @param {string[]} tarballs
 * @param {string} userFolder
 */
export async function installIntoN8n(tarballs, userFolder) {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const dependencies = {};
	for (const tarball of tarballs) {
		const { stdout } = await run('tar', ['-xOzf', tarball, 'package/package.json']);
		const { name, version } = JSON.parse(stdout);
		await unpack(tarball, join(nodes, 'node_modules', name));
		dependencies[name] = version;
	}
	await writeFile(
		join(nodes, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies }),
	);
}
