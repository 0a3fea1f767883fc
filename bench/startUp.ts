/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a measurement, not a node */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { median, type Row } from './measure';

const run = promisify(execFile);
const ROUNDS = 7;

/** Modules that hold one third-party package each, and hardly anything else. */
const HOLDING = {
	'libphonenumber-js': 'dist/nodes/shared/phone.js',
	'fast-xml-parser': 'dist/nodes/shared/xml.js',
};

/**
 * What loading our nodes adds to the start of n8n, which has n8n-workflow loaded by then; each
 * round in a process of its own, since a module is loaded once.
 *
 * @param project folder with `dist`
 */
export async function measureStartUp(project: string): Promise<Row[]> {
	const all = (await readdir(join(project, 'dist'), { recursive: true }))
		.filter((name) => name.endsWith('.js'))
		.map((name) => join('dist', name));
	const steps: Record<string, string[]> = {
		'n8n-workflow': ['n8n-workflow'],
		// what the next two need of ours, so that they are charged for their package alone
		common: ['./dist/nodes/shared/errors.js'],
		...Object.fromEntries(Object.entries(HOLDING).map(([name, file]) => [name, [`./${file}`]])),
		rest: all.map((file) => `./${file}`),
	};
	const rounds: Array<Record<string, number>> = [];
	for (let round = 0; round < ROUNDS; round++) rounds.push(await load(project, steps));
	const of = (name: string) => median(rounds.map((times) => times[name]));
	const ours = median(
		rounds.map((times) =>
			Object.keys(steps)
				.slice(1)
				.reduce((sum, name) => sum + times[name], 0),
		),
	);
	return [
		{
			what: 'loading',
			shows: 'cost',
			ours: { how: 'all our nodes and credentials', ms: ours },
			other: { how: 'n8n-workflow', ms: of('n8n-workflow') },
		},
		...Object.keys(HOLDING).map(
			(name): Row => ({
				what: 'of that',
				shows: 'cost',
				ours: { how: name, ms: of(name) },
				other: { how: 'all of ours', ms: ours },
			}),
		),
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
			for (const one of modules) from(one);
			times[name] = performance.now() - started;
		}
		console.log(JSON.stringify(times));`;
	const { stdout } = await run(process.execPath, ['-e', script], { cwd: project });
	return JSON.parse(stdout) as Record<string, number>;
}
