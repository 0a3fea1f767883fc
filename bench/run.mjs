/**
 * `npm run bench`: measures what is claimed about speed, each time against something in the same
 * run, so that the ratios mean the same on every machine. Prints a table and keeps nothing.
 */
import { build } from 'esbuild';
import { join } from 'node:path';

import { buildAndPack } from '../scripts/build.mjs';
import { command, project, work } from '../scripts/command.mjs';
import { runScript } from '../scripts/progress.mjs';

await runScript(async () => {
	await buildAndPack();
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
		logLevel: 'warning',
	});
	await command(process.execPath, [outfile], { show: true });
});
