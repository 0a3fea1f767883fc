const { build: bundle } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const { execFile } = require('node:child_process');
const fs = require('node:fs/promises');
const { promisify } = require('node:util');

const SOURCES = ['nodes/**/*.ts', 'credentials/*.ts'];
const ASSETS = ['nodes/**/*.{svg,png,json}', 'credentials/*.{svg,png}'];

/** n8n provides this one; whatever else a source file imports by name goes into its output. */
const PROVIDED_BY_N8N = ['n8n-workflow'];

/**
 * Keeps relative imports as they are, so that dist mirrors the tree and a module that several
 * nodes share (and the third-party code bundled into it) is loaded once.
 */
const keepRelativeImports = {
	name: 'keep-relative-imports',
	setup(build) {
		build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, importer }) =>
			kind === 'entry-point' || importer.includes('node_modules')
				? undefined
				: { path, external: true },
		);
	},
};

async function clean() {
	await fs.rm('dist', { recursive: true, force: true });
}

async function code() {
	const { metafile } = await bundle({
		metafile: true,
		entryPoints: SOURCES,
		outbase: '.',
		outdir: 'dist',
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: PROVIDED_BY_N8N,
		plugins: [keepRelativeImports],
		legalComments: 'inline',
		logLevel: 'warning',
	});
	await notices(metafile);
}

/** The packages whose code is in the output, each with its folder. */
function bundledPackages({ inputs }) {
	const folders = Object.keys(inputs).flatMap((input) => {
		const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
		return folder ? [folder] : [];
	});
	return [...new Set(folders)].sort();
}

/** Their licences ask to go wherever their code goes: all of them, in one file. */
async function notices(metafile) {
	const parts = await Promise.all(
		bundledPackages(metafile).map(async (folder) => {
			const { name, version, license, author } = JSON.parse(
				await fs.readFile(`${folder}/package.json`, 'utf8'),
			);
			const files = (await fs.readdir(folder)).filter((file) =>
				/^(?:licen[cs]e|copying)/i.test(file),
			);
			const texts = await Promise.all(
				files.map(async (file) => (await fs.readFile(`${folder}/${file}`, 'utf8')).trim()),
			);
			// one of them comes without the text
			const by = typeof author === 'object' ? author.name : author;
			if (texts.length === 0) texts.push(`By ${by}, under the ${license} licence.`);
			return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
		}),
	);
	const head = 'This package holds code of others, under these licences.\n';
	await fs.writeFile(
		'dist/THIRD_PARTY_NOTICES.txt',
		[head, ...parts].join(`\n${'-'.repeat(80)}\n\n`),
	);
}

function assets() {
	return src(ASSETS, { encoding: false, base: '.' }).pipe(dest('dist'));
}

/** By a process of its own, which loads what was just built. */
async function schemas() {
	await promisify(execFile)(process.execPath, ['scripts/schemas.cjs']);
}

const build = series(clean, parallel(code, assets), schemas);

function dev() {
	watch([...SOURCES, ...ASSETS], { ignoreInitial: false }, build);
}

module.exports = { build, dev, default: build };
