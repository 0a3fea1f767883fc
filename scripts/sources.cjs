/** What the sources declare, as they are now: built in memory and loaded. */
const { build: bundle } = require('esbuild');
const { readdir } = require('node:fs/promises');
const path = require('node:path');
const vm = require('node:vm');

/** The project's own folder. */
const ROOT = path.join(__dirname, '..');

/** @returns {Promise<string[]>} the folders in nodes/ that hold a provider each */
async function providerFolders() {
	return (await readdir(path.join(ROOT, 'nodes'))).filter((name) => name !== 'shared');
}

/**
 * @param {string[]} lines statements that export something of source files, by paths from the root
 * @returns {Promise<Record<string, object>>} what they export
 */
async function load(lines) {
	const { outputFiles } = await bundle({
		stdin: { contents: lines.join('\n'), resolveDir: ROOT },
		write: false,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		external: ['n8n-workflow'],
	});
	const loaded = { exports: {} };
	vm.compileFunction(outputFiles[0].text, ['require', 'module'])(require, loaded);
	return loaded.exports;
}

/** The one thing that a module exports. */
const only = (module) => Object.values(module)[0];

module.exports = { ROOT, load, only, providerFolders };
