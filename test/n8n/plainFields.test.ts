/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { pack } from '../../sandbox/n8n/package.mjs';
import { sampleBatch } from '../engine/harness/expressions';
import type { Probed } from '../engine/harness/fieldsProbe';
import { node, startN8n } from './instance';
import type { N8n } from './instance';

/**
 * Compares the fields that the nodes read from the item with the evaluation by the VM of a real n8n:
 * many expressions for several items, in one execution. With FUZZ_RUNS there are that many of them.
 */

const ITEMS = process.env.FUZZ_RUNS ? 50 : 10;
const EXPRESSIONS = process.env.FUZZ_RUNS ? 400 : 150;
const ROUNDS = Math.ceil(Number(process.env.FUZZ_RUNS ?? 1) / (ITEMS * EXPRESSIONS));
const SEEDS = Array.from(
	{ length: ROUNDS },
	(_, round) => Number(process.env.FUZZ_SEED ?? 30) + round,
);

const NAME = 'n8n-nodes-sms-probe';

/** A package with the probe, as n8n installs it. */
async function packProbe(folder: string): Promise<string> {
	const source = join(folder, 'source');
	await mkdir(source);
	await build({
		entryPoints: [join(__dirname, '../engine/harness/fieldsProbe.ts')],
		outfile: join(source, 'FieldsProbe.node.js'),
		bundle: true,
		platform: 'node',
		format: 'cjs',
		external: ['n8n-workflow'],
		logLevel: 'warning',
	});
	const manifest = {
		name: NAME,
		version: '0.0.1',
		n8n: { n8nNodesApiVersion: 1, nodes: ['FieldsProbe.node.js'], credentials: [] },
	};
	await writeFile(join(source, 'package.json'), JSON.stringify(manifest));
	return await pack(source, join(folder, 'packed'));
}

let folder: string;
let n8n: N8n;
let sandbox: Sandbox;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'probe-'));
	sandbox = await startSandbox({ port: 0 });
	n8n = await startN8n({
		sandbox,
		packages: [process.env.PACKAGE_TARBALL!, await packProbe(folder)],
	});
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
});

it.each(SEEDS)('fields are read with the values that n8n’s VM returns, seed %i', async (seed) => {
	const { items, expressions } = sampleBatch(seed, ITEMS, EXPRESSIONS);
	const fields = Object.fromEntries(expressions.map((text, index) => [`field${index}`, text]));
	const run = await n8n.run([node('Probe', `${NAME}.fieldsProbe`, fields)], items);
	expect(run.error).toBeUndefined();
	const [{ taken, evaluated, different }] = run.json('Probe') as Probed[];
	expect(different).toEqual([]);
	if (process.env.FUZZ_RUNS) process.stdout.write(`${taken} were read, ${evaluated} evaluated\n`);
	expect(taken).toBeGreaterThan((ITEMS * EXPRESSIONS) / 5);
});

it('a message is what the Set node returns for the same expression', async () => {
	const texts = [
		'={{ $json.name }}',
		'=Hi {{ $json.name }}, your order {{ $json.order.id }} is ready',
		'={{\n$json["First Name"]\n}} {{ $json.order.items[0] }}',
		'=a {{ $json.name.length }} {{ $json.order.missing }}',
		"={{ $json?.['First Name'] }}{{ $json.paid }}{{ $json.zero }}",
	];
	const items = [
		{
			to: '+17575550142',
			name: 'Ann',
			'First Name': 'Ann B',
			order: { id: 7, items: ['x'] },
			zero: 0,
		},
		{
			to: '+17575550143',
			name: 'Zoë 😀',
			'First Name': '{{ 1 }}',
			order: { id: 'A', items: ['y'] },
		},
	];
	for (const message of texts) {
		const assignments = [{ id: 'a', name: 'message', value: message, type: 'string' }];
		const set = { assignments: { assignments }, includeOtherFields: true, options: {} };
		const send = { resource: 'message', operation: 'send', to: '={{ $json.to }}', message };
		sandbox.reset();
		const run = await n8n.run(
			[
				node('Set', 'n8n-nodes-base.set', set, { typeVersion: 3.4 }),
				node('Ours', 'cdyne', { ...send, options: { concurrency: 1 } }),
			],
			items,
		);
		expect(run.error).toBeUndefined();
		const sent = sandbox.messages
			.list({ direction: 'out' })
			.map(({ to, text }) => [`+${to}`, text]);
		const expected = run.json('Set').map((json) => [json.to, json.message]);
		expect(sent.sort()).toEqual(expected.sort());
	}
});
