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
/** The goal in docs/benchmarks.md. */
const MAX_KIB = 150;

/** The modules to load, from the project's folder or n8n's. */
interface Loaded {
	from: string;
	modules: string[];
	/** Whether to instantiate the exported classes, as n8n does. */
	instantiate: boolean;
}

/**
 * Measures how long n8n takes to load this package's nodes at its start, after n8n-workflow. Each
 * round uses a new process, because a module is loaded only once.
 *
 * @param project folder with `dist`
 */
export async function measureStartUp(project: string): Promise<Row[]> {
	const { n8n } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const manifest = join(project, 'package.json');
	const files = [...n8n.nodes, ...n8n.credentials].map((file) => `./${file}`);
	const ours: Loaded = { from: manifest, modules: files, instantiate: true };
	const host: Loaded = { from: manifest, modules: ['n8n-workflow'], instantiate: false };
	const measured = await measure({ 'n8n-workflow': host, ours });
	const row = (key: string, name: string, times: Record<string, number>): Row => ({
		part: 'Start-up',
		what: 'loading: time',
		kind: 'cost',
		ours: { name: 'all our nodes and credentials', value: times.ours },
		other: { name, value: times[key] },
	});
	const rows = [row('n8n-workflow', 'n8n-workflow', measured), await packageSize()];
	const n8nNodesManifest = join(n8nFolder, 'node_modules/n8n-nodes-base/package.json');
	if (!existsSync(n8nNodesManifest)) return rows;
	const twilio: Loaded = {
		from: n8nNodesManifest,
		modules: [
			'./dist/nodes/Twilio/Twilio.node.js',
			'./dist/nodes/Twilio/TwilioTrigger.node.js',
			'./dist/credentials/TwilioApi.credentials.js',
		],
		instantiate: true,
	};
	const theirs = await measure({ 'n8n-workflow': { ...host, from: n8nNodesManifest }, twilio });
	return [
		...rows,
		row('twilio', 'n8n’s Twilio node, trigger and credential', { ...theirs, ours: measured.ours }),
	];
}

/** Measures the size of the download. */
async function packageSize(): Promise<Row> {
	const { size } = await stat(process.env.PACKAGE_TARBALL ?? '');
	return {
		part: 'Start-up',
		what: 'size of the package',
		kind: 'cost',
		unit: 'KiB',
		ours: { name: 'tarball', value: size / 1024 },
		other: { name: `${MAX_KIB} KiB`, value: MAX_KIB },
		goal: 1,
		summary: `Size of the package: ${MAX_KIB} KiB`,
	};
}

async function measure(steps: Record<string, Loaded>): Promise<Record<string, number>> {
	const rounds: Array<Record<string, number>> = [];
	for (let round = 0; round < ROUNDS; round++) rounds.push(await load(steps));
	const names = Object.keys(steps);
	return Object.fromEntries(
		names.map((name) => [name, median(rounds.map((times) => times[name]))]),
	);
}

/** Returns the milliseconds of each step in a new process. */
async function load(steps: Record<string, Loaded>) {
	const script = `
		const { createRequire } = require('node:module');
		const times = {};
		for (const [name, { from, modules, instantiate }] of Object.entries(${JSON.stringify(steps)})) {
			const requireFrom = createRequire(from);
			const started = performance.now();
			for (const module of modules) {
				const [Loaded] = Object.values(requireFrom(module));
				if (instantiate) new Loaded();
			}
			times[name] = performance.now() - started;
		}
		console.log(JSON.stringify(times));`;
	const { stdout } = await run(process.execPath, ['-e', script]);
	return JSON.parse(stdout) as Record<string, number>;
}
