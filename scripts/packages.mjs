/**
 * Cuts a package for each provider out of the same sources, since n8n verifies packages of one
 * service only. Each has its own package.json, README and reference, and of the shared part what it
 * needs. The trees are in .work/packages.
 */
import { copyFile, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import ts from 'typescript';

import { pack } from '../sandbox/n8n/package.mjs';
import { command, project, work } from './command.mjs';

const { referenceOf } = createRequire(import.meta.url)('./reference.cjs');

/** The folder in nodes/ of each, and what is its own in package.json. */
export const PACKAGES = [
	{ folder: 'Cdyne', name: 'n8n-nodes-cdyne-sms', service: 'CDYNE SMS Notify!', keyword: 'cdyne' },
	{
		folder: 'Namirial',
		name: 'n8n-nodes-namirial-sms',
		service: 'Namirial SMS',
		keyword: 'namirial',
	},
	{ folder: 'Wooxy', name: 'n8n-nodes-wooxy', service: 'Wooxy', keyword: 'wooxy' },
	{ folder: 'Skycore', name: 'n8n-nodes-skycore', service: 'Skycore', keyword: 'skycore' },
];

/** What builds and checks a package, as it is. */
const AS_THEY_ARE = [
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

/** What of the development packages such a tree needs. */
const NEEDED = [
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

/** Where the tree of the package is. */
export const folderOf = (name) => join(work, 'packages', name);

/** The source files that these come to in the end, types among them. */
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
	const others = new Set(PACKAGES.map((one) => one.keyword).filter((one) => one !== keyword));
	const { devDependencies, scripts, ...rest } = whole;
	return {
		...rest,
		name,
		description: `n8n nodes that send SMS through ${service} and follow what became of it`,
		keywords: whole.keywords.filter((word) => !others.has(word)),
		scripts: { build: scripts.build, lint: scripts.lint },
		n8n: { ...whole.n8n, nodes, credentials },
		devDependencies: Object.fromEntries(NEEDED.map((needed) => [needed, devDependencies[needed]])),
	};
}

async function readmeOf({ folder, name, service }, { homepage }) {
	return `# ${name}

n8n nodes that send SMS through **${service}** and tell you what became of each message: nobody is texted twice, a
rejection inside HTTP 200 is an error, and no secret is shown. This package holds the nodes for ${service} of
[n8n-nodes-sms-gateways](${homepage}), which has others, a sandbox to try them in, and examples.

## Install

*Settings → Community nodes → Install*, name \`${name}\`.

By hand, for every process of n8n:

\`\`\`
cd ~/.n8n/nodes
npm install --legacy-peer-deps --ignore-scripts ${name}
\`\`\`

${await referenceOf(folder)}
## License

[MIT](LICENSE.md)
`;
}

/** Icons, and what n8n's node panel files the nodes under: by the name of the package. */
async function copyAssets({ folder, name }, nameOfWhole, target) {
	const assets = (await readdir(join(project, 'nodes', folder))).filter((file) =>
		/\.(svg|png|json)$/.test(file),
	);
	for (const file of assets) {
		const path = join('nodes', folder, file);
		const content = await readFile(join(project, path));
		const isText = file.endsWith('.json');
		const own = isText ? String(content).replace(`"${nameOfWhole}.`, `"${name}.`) : content;
		await writeFile(join(target, path), own);
	}
}

/**
 * @param {typeof PACKAGES[number]} one
 * @returns {Promise<string>} the tarball that would be published
 */
export async function cut(one) {
	const whole = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
	const manifest = manifestOf(whole, one);
	const target = folderOf(one.name);
	await rm(target, { recursive: true, force: true });
	const { nodes, credentials } = manifest.n8n;
	const sources = sourcesOf([...nodes, ...credentials].map(sourceOf));
	for (const file of [...sources, ...AS_THEY_ARE]) {
		await mkdir(dirname(join(target, file)), { recursive: true });
		await copyFile(join(project, file), join(target, file));
	}
	await copyAssets(one, whole.name, target);
	await writeFile(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
	await writeFile(join(target, 'README.md'), await readmeOf(one, whole));
	await symlink(join(project, 'node_modules'), join(target, 'node_modules'), 'junction');
	const gulp = join(project, 'node_modules/gulp/bin/gulp.js');
	await command(process.execPath, [gulp, 'build'], { cwd: target });
	return await pack(target, join(work, 'packages', 'packed', one.name));
}
