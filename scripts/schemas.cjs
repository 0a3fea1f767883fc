/**
 * Writes n8n's output schemas from the operations and postbacks. n8n expects them next to the node:
 * for version 1 in `__schema__/v1.0.0/<resource>/<operation>.json`, and in `__schema__/v1.0.0.json`
 * for nodes without resources and operations, such as triggers.
 */
const { mkdir, writeFile } = require('node:fs/promises');
const path = require('node:path');

const { ROOT, load, onlyExport, providerFolders } = require('./sources.cjs');

const OUTPUT = path.join(ROOT, 'dist/nodes');

/** Loads the provider of each folder from the sources. */
async function providers() {
	const folders = await providerFolders();
	const loaded = await load(
		folders.map((name) => `export * as ${name} from './nodes/${name}/provider';`),
	);
	return folders.map((folder) => ({ folder, provider: onlyExport(loaded[folder]) }));
}

async function write(file, properties) {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify({ type: 'object', properties }));
}

async function schemas() {
	for (const { folder, provider } of await providers()) {
		const version = path.join(OUTPUT, folder, '__schema__/v1.0.0');
		await write(`${version}.json`, provider.postbacks.outputSchema);
		for (const { resource, operation, outputSchema } of provider.operations) {
			await write(path.join(version, resource, `${operation}.json`), outputSchema);
		}
	}
}

module.exports = { schemas };
