/**
 * n8n's output schemas, out of what operations and postbacks say they give. n8n looks beside the node:
 * for a node of version 1 in `__schema__/v1.0.0/<resource>/<operation>.json`, and in
 * `__schema__/v1.0.0.json` for one that has neither, as triggers.
 */
const { mkdir, writeFile } = require('node:fs/promises');
const path = require('node:path');

const { ROOT, load, only, providerFolders } = require('./sources.cjs');

const OUTPUT = path.join(ROOT, 'dist/nodes');

/** The provider of each folder, as the sources have it now. */
async function providers() {
	const folders = await providerFolders();
	const loaded = await load(
		folders.map((name) => `export * as ${name} from './nodes/${name}/provider';`),
	);
	return folders.map((folder) => ({ folder, provider: only(loaded[folder]) }));
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
