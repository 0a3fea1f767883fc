const { build: bundle } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const fs = require('node:fs/promises');

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
	await bundle({
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
}

function assets() {
	return src(ASSETS, { encoding: false, base: '.' }).pipe(dest('dist'));
}

const build = series(clean, parallel(code, assets));

function dev() {
	watch([...SOURCES, ...ASSETS], { ignoreInitial: false }, build);
}

module.exports = { build, dev, default: build };
