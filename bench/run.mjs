/**
 * `npm run bench`: measures what is claimed about speed, each time against something in the same
 * run, so that the ratios mean the same on every machine: in n8n's engine alone, and in a real n8n
 * beside n8n's own nodes and the least ones that could do the same (bench/package). Prints a table;
 * `-- --write` makes docs/benchmarks.md of it, `-- --full` adds ten thousand items. Linux only, since
 * it reads the CPU time of n8n there.
 */
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { pack } from '../sandbox/n8n/package.mjs';
import { buildAndPack } from '../scripts/build.mjs';
import { command, project, work } from '../scripts/command.mjs';
import { installN8n, installProject } from '../scripts/install.mjs';
import { PlainError, runScript } from '../scripts/progress.mjs';

/** Modules that look for files beside themselves find them from within the bundle, too. */
const whereTheyWere = {
	name: 'where-they-were',
	setup({ onLoad }) {
		onLoad({ filter: /\.mjs$/ }, async ({ path }) => {
			if (path.includes('node_modules')) return undefined;
			const contents = await readFile(path, 'utf8');
			const url = JSON.stringify(pathToFileURL(path).href);
			return { contents: contents.replaceAll('import.meta.url', url), loader: 'js' };
		});
	},
};

await runScript(async () => {
	if (process.platform !== 'linux') {
		throw new PlainError('The CPU time of n8n is read from /proc, which only Linux has.');
	}
	await installProject();
	const tarball = await buildAndPack();
	await installN8n();
	const others = await pack(join(project, 'bench/package'), join(work, 'bench'));
	const outfile = join(work, 'bench.cjs');
	await build({
		entryPoints: [join(project, 'bench/main.ts')],
		outfile,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		// what n8n brings along; the rest goes in, as it does in what is published
		external: ['n8n-core', 'n8n-workflow', 'reflect-metadata', 'fastify'],
		plugins: [whereTheyWere],
		logLevel: 'warning',
	});
	const env = { PACKAGE_TARBALL: tarball, BENCH_PACKAGES: [tarball, others].join(delimiter) };
	await command(process.execPath, [outfile, ...process.argv.slice(2)], { show: true, env });
});
