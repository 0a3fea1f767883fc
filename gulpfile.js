const { build: bundle } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const fs = require('node:fs/promises');
const path = require('node:path');

const { schemas } = require('./scripts/schemas.cjs');

const SOURCES = ['nodes/**/*.ts', 'credentials/*.ts'];
const ASSETS = ['nodes/**/*.{svg,png,json}', 'credentials/*.{svg,png}'];

/** n8n provides this one; whatever else a source file imports by name goes into the output. */
const PROVIDED_BY_N8N = ['n8n-workflow'];

/** Where all the code is: to open one file takes n8n a fraction of what hundreds take. */
const ALL = 'all.js';

async function clean() {
	await fs.rm('dist', { recursive: true, force: true });
}

/** The files that n8n loads, and the class that each is named after. */
const loaded = () => {
	const { nodes, credentials } = require('./package.json').n8n;
	return [...nodes, ...credentials].map((file) => {
		const source = file.replace(/^dist\//, './').replace(/\.js$/, '');
		return { file, source, name: path.basename(file).split('.')[0] };
	});
};

async function code() {
	const files = loaded();
	const { metafile } = await bundle({
		metafile: true,
		stdin: {
			contents: files.map(({ source, name }) => `export { ${name} } from '${source}';`).join('\n'),
			resolveDir: __dirname,
		},
		outfile: `dist/${ALL}`,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: PROVIDED_BY_N8N,
		// less to download and to read at the start; the licences of others have a file of their own
		minify: true,
		legalComments: 'none',
		sourcemap: 'external',
		logLevel: 'warning',
	});
	await Promise.all(
		files.map(async ({ file, name }) => {
			await fs.mkdir(path.dirname(file), { recursive: true });
			const all = path.posix.relative(path.posix.dirname(file), `dist/${ALL}`);
			await fs.writeFile(file, `exports.${name} = require('${all}').${name};\n`);
		}),
	);
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

const build = series(clean, parallel(code, assets, schemas));

/** Where an n8n that runs has the package, which it loads again when it changes: `--into <folder>`. */
async function deliver() {
	const given = process.argv.indexOf('--into');
	const folder = path.join(process.argv[given + 1], 'dist');
	await fs.cp('dist', folder, { recursive: true });
	console.log('Built, and loaded by n8n again.');
}

function dev() {
	watch([...SOURCES, ...ASSETS], series(build, deliver));
}

module.exports = { build, dev, default: build };
