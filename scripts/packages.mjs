/**
 * Builds a package for each provider from the same sources, because n8n only verifies packages for
 * a single service. Each has a separate package.json, README and reference, and the shared sources
 * that it needs. The trees are in .work/packages.
 */
import { copyFile, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import ts from 'typescript';

import { pack } from '../sandbox/n8n/package.mjs';
import { command, project, work } from './command.mjs';
import { PROVIDERS } from './providers.mjs';

const { referenceOf } = createRequire(import.meta.url)('./reference.cjs');

/** A package for each provider: the folder in nodes/, and what differs in package.json. */
export const PACKAGES = PROVIDERS.map(({ folder, name: keyword, service, package: name }) => ({
	folder,
	name,
	service,
	keyword,
}));

/** Files for building and checking, copied unchanged. */
const COPIED_FILES = [
	'gulpfile.js',
	'scripts/schemas.cjs',
	'scripts/sources.cjs',
	'index.js',
	'tsconfig.json',
	'eslint.config.mjs',
	'.prettierrc.js',
	'LICENSE.md',
	'SECURITY.md',
];

/** The development packages that such a tree needs. */
const DEV_PACKAGES = [
	'@n8n/node-cli',
	'esbuild',
	'eslint',
	'fast-xml-parser',
	'gulp',
	'libphonenumber-js',
	'p-limit',
	'prettier',
	'typescript',
];

/** Returns the folder with the tree of a package. */
export const folderOf = (name) => join(work, 'packages', name);

/** Returns all source files that these files import, including types. */
function sourcesOf(files) {
	const program = ts.createProgram(
		files.map((file) => join(project, file)),
		{
			module: ts.ModuleKind.ESNext,
			moduleResolution: ts.ModuleResolutionKind.Bundler,
			types: [],
			skipLibCheck: true,
		},
	);
	return program
		.getSourceFiles()
		.map(({ fileName }) => relative(project, fileName))
		.filter((file) => !file.startsWith('..') && !file.includes('node_modules'));
}

const sourceOf = (built) => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');

function manifestOf(whole, { folder, name, service, keyword }) {
	const nodes = whole.n8n.nodes.filter((file) => file.includes(`/${folder}/`));
	const credentials = whole.n8n.credentials.filter((file) => basename(file).startsWith(folder));
	const others = new Set(
		PACKAGES.map((entry) => entry.keyword).filter((other) => other !== keyword),
	);
	const { devDependencies, scripts, ...rest } = whole;
	return {
		...rest,
		name,
		description: `n8n nodes to send SMS through ${service} and track their delivery`,
		keywords: whole.keywords.filter((word) => !others.has(word)),
		scripts: { build: scripts.build, lint: scripts.lint },
		n8n: { ...whole.n8n, nodes, credentials },
		devDependencies: Object.fromEntries(
			DEV_PACKAGES.map((devPackage) => [devPackage, devDependencies[devPackage]]),
		),
	};
}

async function readmeOf({ folder, name, service }, { homepage }) {
	return `# ${name}

n8n nodes to send SMS through **${service}** and track the delivery of each message. Retries send no message twice
that can be looked up, a rejection inside HTTP 200 is an error, and secrets are never shown. This package contains the ${service} nodes of
[n8n-nodes-sms-gateways](${homepage}), which has nodes for other providers, a sandbox and examples.

## Install

*Settings → Community nodes → Install*, name \`${name}\`.

Manually, for every n8n process:

\`\`\`
cd ~/.n8n/nodes
npm install --legacy-peer-deps --ignore-scripts ${name}
\`\`\`

${await referenceOf(folder)}
## License

[MIT](LICENSE.md)
`;
}

/** Copies icons and codex files, which contain the name of the package. */
async function copyAssets({ folder, name }, originalName, target) {
	const assets = (await readdir(join(project, 'nodes', folder))).filter((file) =>
		/\.(svg|png|json)$/.test(file),
	);
	for (const file of assets) {
		const path = join('nodes', folder, file);
		const content = await readFile(join(project, path));
		const isText = file.endsWith('.json');
		const renamed = isText ? String(content).replace(`"${originalName}.`, `"${name}.`) : content;
		await writeFile(join(target, path), renamed);
	}
}

/**
 * @param {typeof PACKAGES[number]} entry
 * @returns {Promise<string>} path of the tarball for publication
 */
export async function buildPackage(entry) {
	const whole = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
	const manifest = manifestOf(whole, entry);
	const target = folderOf(entry.name);
	await rm(target, { recursive: true, force: true });
	const { nodes, credentials } = manifest.n8n;
	const sources = sourcesOf([...nodes, ...credentials].map(sourceOf));
	for (const file of [...sources, ...COPIED_FILES]) {
		await mkdir(dirname(join(target, file)), { recursive: true });
		await copyFile(join(project, file), join(target, file));
	}
	await copyAssets(entry, whole.name, target);
	await writeFile(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
	await writeFile(join(target, 'README.md'), await readmeOf(entry, whole));
	await symlink(join(project, 'node_modules'), join(target, 'node_modules'), 'junction');
	const gulp = join(project, 'node_modules/gulp/bin/gulp.js');
	await command(process.execPath, [gulp, 'build'], { cwd: target });
	return await pack(target, join(work, 'packages', 'packed', entry.name));
}
