/** Builds everything that a measurement in n8n needs, and runs it. */
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { pack } from '../sandbox/n8n/package.mjs';
import { buildAndPack } from '../scripts/build.mjs';
import { command, project, work } from '../scripts/command.mjs';
import { installN8n, installProject } from '../scripts/install.mjs';
import { PlainError } from '../scripts/progress.mjs';

/** Keeps the original `import.meta.url`, with which modules find files next to them. */
const originalUrls = {
	name: 'original-urls',
	setup({ onLoad }) {
		onLoad({ filter: /\.mjs$/ }, async ({ path }) => {
			if (path.includes('node_modules')) return undefined;
			const contents = await readFile(path, 'utf8');
			const url = JSON.stringify(pathToFileURL(path).href);
			return { contents: contents.replaceAll('import.meta.url', url), loader: 'js' };
		});
	},
};

/**
 * Runs a script of this folder. BENCH_PACKAGES contains the paths of the tarballs of this package
 * and of bench/package.
 * @param {string} script such as `main.ts`
 * @param {string[]} args
 */
export async function measure(script, args) {
	if (process.platform !== 'linux') {
		throw new PlainError('The measurements read /proc, which only Linux has.');
	}
	await installProject();
	const tarball = await buildAndPack();
	await installN8n();
	const benchTarball = await pack(join(project, 'bench/package'), join(work, 'bench'));
	const outfile = join(work, 'bench.cjs');
	await build({
		entryPoints: [join(project, 'bench', script)],
		outfile,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		// provided by n8n; the rest is bundled, as in the published package
		external: ['n8n-core', 'n8n-workflow', 'reflect-metadata', 'fastify'],
		plugins: [originalUrls],
		logLevel: 'warning',
	});
	const env = { PACKAGE_TARBALL: tarball, BENCH_PACKAGES: [tarball, benchTarball].join(delimiter) };
	await command(process.execPath, [outfile, ...args], { show: true, env });
}
