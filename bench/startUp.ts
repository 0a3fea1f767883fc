/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a measurement, not a node */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { median, type Row } from './measure';

const run = promisify(execFile);
const ROUNDS = 7;

/**
 * What loading our nodes adds to the start of n8n, which has n8n-workflow loaded by then; each
 * round in a process of its own, since a module is loaded once.
 *
 * @param project folder with `dist`
 */
export async function measureStartUp(project: string): Promise<Row[]> {
	const { n8n } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const steps: Record<string, string[]> = {
		'n8n-workflow': ['n8n-workflow'],
		ours: [...n8n.nodes, ...n8n.credentials].map((file) => `./${file}`),
	};
	const rounds: Array<Record<string, number>> = [];
	for (let round = 0; round < ROUNDS; round++) rounds.push(await load(project, steps));
	const of = (name: string) => median(rounds.map((times) => times[name]));
	return [
		{
			what: 'loading',
			shows: 'cost',
			ours: { how: 'all our nodes and credentials', ms: of('ours') },
			other: { how: 'n8n-workflow', ms: of('n8n-workflow') },
		},
	];
}

/** The milliseconds that each step took in a fresh process. */
async function load(project: string, steps: Record<string, string[]>) {
	const script = `
		const { createRequire } = require('node:module');
		const from = createRequire(${JSON.stringify(join(project, 'package.json'))});
		const times = {};
		for (const [name, modules] of Object.entries(${JSON.stringify(steps)})) {
			const started = performance.now();
			for (const one of modules) {
				const [Loaded] = Object.values(from(one));
				// n8n makes one of each class
				if (name === 'ours') new Loaded();
			}
			times[name] = performance.now() - started;
		}
		console.log(JSON.stringify(times));`;
	const { stdout } = await run(process.execPath, ['-e', script], { cwd: project });
	return JSON.parse(stdout) as Record<string, number>;
}
