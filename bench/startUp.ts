/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a measurement, not a node */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { n8nFolder } from '../sandbox/n8n/instance.mjs';
import { median, type Row } from './measure';

const run = promisify(execFile);
const ROUNDS = 7;
/** The goal, as docs/benchmarks.md names it. */
const MOST_KIB = 150;

/** What is loaded: our nodes from the project's folder, n8n's from where n8n is. */
interface Loaded {
	from: string;
	modules: string[];
	/** Whether n8n makes one of each class. */
	make: boolean;
}

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
	const manifest = join(project, 'package.json');
	const files = [...n8n.nodes, ...n8n.credentials].map((file) => `./${file}`);
	const ours: Loaded = { from: manifest, modules: files, make: true };
	const host: Loaded = { from: manifest, modules: ['n8n-workflow'], make: false };
	const of = await measure({ 'n8n-workflow': host, ours });
	const row = (name: string, how: string, times: Record<string, number>): Row => ({
		part: 'Start-up',
		what: 'loading',
		shows: 'cost',
		ours: { how: 'all our nodes and credentials', ms: times.ours },
		other: { how, ms: times[name] },
	});
	const rows = [row('n8n-workflow', 'n8n-workflow', of), await weight()];
	const n8nsOwn = join(n8nFolder, 'node_modules/n8n-nodes-base/package.json');
	if (!existsSync(n8nsOwn)) return rows;
	const twilio: Loaded = {
		from: n8nsOwn,
		modules: [
			'./dist/nodes/Twilio/Twilio.node.js',
			'./dist/nodes/Twilio/TwilioTrigger.node.js',
			'./dist/credentials/TwilioApi.credentials.js',
		],
		make: true,
	};
	const theirs = await measure({ 'n8n-workflow': { ...host, from: n8nsOwn }, twilio });
	return [
		...rows,
		row('twilio', 'n8n’s Twilio node, trigger and credential', { ...theirs, ours: of.ours }),
	];
}

/** What is downloaded. */
async function weight(): Promise<Row> {
	const { size } = await stat(process.env.PACKAGE_TARBALL ?? '');
	return {
		part: 'Start-up',
		what: 'weight of the package',
		shows: 'cost',
		unit: 'KiB',
		ours: { how: 'the tarball', ms: size / 1024 },
		other: { how: `${MOST_KIB} KiB`, ms: MOST_KIB },
		goal: 1,
	};
}

async function measure(steps: Record<string, Loaded>): Promise<Record<string, number>> {
	const rounds: Array<Record<string, number>> = [];
	for (let round = 0; round < ROUNDS; round++) rounds.push(await load(steps));
	const names = Object.keys(steps);
	return Object.fromEntries(names.map((name) => [name, median(rounds.map((one) => one[name]))]));
}

/** The milliseconds that each step took in a fresh process. */
async function load(steps: Record<string, Loaded>) {
	const script = `
		const { createRequire } = require('node:module');
		const times = {};
		for (const [name, { from, modules, make }] of Object.entries(${JSON.stringify(steps)})) {
			const requireFrom = createRequire(from);
			const started = performance.now();
			for (const one of modules) {
				const [Loaded] = Object.values(requireFrom(one));
				if (make) new Loaded();
			}
			times[name] = performance.now() - started;
		}
		console.log(JSON.stringify(times));`;
	const { stdout } = await run(process.execPath, ['-e', script]);
	return JSON.parse(stdout) as Record<string, number>;
}
