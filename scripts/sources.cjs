/** Builds the current sources in memory and loads them. */
const { build: bundle } = require('esbuild');
const { readdir } = require('node:fs/promises');
const path = require('node:path');
const vm = require('node:vm');

/** The project's folder. */
const ROOT = path.join(__dirname, '..');

/** @returns {Promise<string[]>} the folders of providers in nodes/ */
async function providerFolders() {
	return (await readdir(path.join(ROOT, 'nodes'))).filter((name) => name !== 'shared');
}

/**
 * @param {string[]} lines export statements with paths relative to the root
 * @returns {Promise<Record<string, object>>} their exports
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

/** Returns the only export of a module. */
const onlyExport = (module) => Object.values(module)[0];

module.exports = { ROOT, load, onlyExport, providerFolders };
