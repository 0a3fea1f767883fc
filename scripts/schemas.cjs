/**
 * Writes n8n's output schemas into dist, out of what operations and postbacks say they give. n8n looks
 * beside the node: for a node of version 1 in `__schema__/v1.0.0/<resource>/<operation>.json`, and in
 * `__schema__/v1.0.0.json` for one that has neither, as triggers.
 */
const { mkdir, readdir, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');

const nodes = join(__dirname, '../dist/nodes');

async function write(file, properties) {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify({ type: 'object', properties }));
}

async function main() {
	const folders = (await readdir(nodes)).filter((name) => name !== 'shared');
	for (const folder of folders) {
		const [provider] = Object.values(require(join(nodes, folder, 'provider.js')));
		const version = join(nodes, folder, '__schema__/v1.0.0');
		await write(`${version}.json`, provider.postbacks.gives);
		for (const { resource, operation, gives } of provider.operations) {
			await write(join(version, resource, `${operation}.json`), gives);
		}
	}
}

void main();
