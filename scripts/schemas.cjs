/**
 * n8n's output schemas, out of what operations and postbacks say they give. n8n looks beside the node:
 * for a node of version 1 in `__schema__/v1.0.0/<resource>/<operation>.json`, and in
 * `__schema__/v1.0.0.json` for one that has neither, as triggers.
 */
const { build: bundle } = require('esbuild');
const { mkdir, readdir, writeFile } = require('node:fs/promises');
const path = require('node:path');
const vm = require('node:vm');

const SOURCES = path.join(__dirname, '../nodes');
const OUTPUT = path.join(__dirname, '../dist/nodes');

/** The provider of each folder, as the sources have it now. */
async function providers() {
	const folders = (await readdir(SOURCES)).filter((name) => name !== 'shared');
	const { outputFiles } = await bundle({
		stdin: {
			contents: folders.map((name) => `export * as ${name} from './${name}/provider';`).join('\n'),
			resolveDir: SOURCES,
		},
		write: false,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		external: ['n8n-workflow'],
	});
	const loaded = { exports: {} };
	vm.compileFunction(outputFiles[0].text, ['require', 'module'])(require, loaded);
	return folders.map((folder) => ({ folder, provider: Object.values(loaded.exports[folder])[0] }));
}

async function write(file, properties) {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify({ type: 'object', properties }));
}

async function schemas() {
	for (const { folder, provider } of await providers()) {
		const version = path.join(OUTPUT, folder, '__schema__/v1.0.0');
		await write(`${version}.json`, provider.postbacks.gives);
		for (const { resource, operation, gives } of provider.operations) {
			await write(path.join(version, resource, `${operation}.json`), gives);
		}
	}
}

module.exports = { schemas };
