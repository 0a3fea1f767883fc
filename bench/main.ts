/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a measurement, not a node */
// n8n-core expects its host to have loaded it
import 'reflect-metadata';
import { delimiter } from 'node:path';

import { step } from '../scripts/progress.mjs';
import { describeRatio, isReached, type Row } from './measure';
import { measureMemory } from './memory';
import { Host } from './n8n/host';
import { measureSends } from './n8n/sends';
import { measureTls } from './n8n/tls';
import { measureTriggers } from './n8n/triggers';
import { writePage } from './page';
import { measurePostbacks } from './postbacks';
import { measureRunMemory } from './runMemory';
import { measureRate } from './rate';
import { measureStartUp } from './startUp';
import { measureRequests } from './wooxy';

const ROUNDS = 3;

/** Prints the table. */
function print(rows: Row[]): void {
	const cells = rows.map((row) => {
		const { what, kind, ours, other, goal, unit = 'ms' } = row;
		const format = (value: number) =>
			`${value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`;
		const goalText = goal === undefined ? '' : `${kind === 'gain' ? '≥' : '≤'} ${goal}`;
		const missed = isReached(row) === false ? 'missed' : '';
		return [
			what,
			`${ours.name}: ${format(ours.value)}`,
			`${other.name}: ${format(other.value)}`,
			describeRatio(row),
			goalText,
			missed,
		];
	});
	const table = [['', 'Ours', 'Compared with', 'Ratio', 'Goal', ''], ...cells];
	const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
	for (const row of table) {
		console.log(
			row
				.map((cell, column) => cell.padEnd(widths[column]))
				.join('   ')
				.trimEnd(),
		);
	}
}

/** Measures in n8n's engine, without a server. */
async function measureInEngine(): Promise<Row[]> {
	const rows = await step('Measuring without a server', async () => [
		...(await measureStartUp(process.cwd())),
		...(await measurePostbacks()),
		...(await measureRequests()),
		...(await measureRunMemory()),
		...(await measureRate()),
	]);
	return [...rows, ...(await step('Receiving very many postbacks', measureMemory))];
}

type Report = (done: number) => void;

async function measureInN8n({ full, rounds, includes }: Selection): Promise<Row[]> {
	if (!['sending', 'tls', 'receiving'].some(includes)) return [];
	const packages = process.env.BENCH_PACKAGES?.split(delimiter) ?? [];
	const host = await step('Starting n8n', async () => await Host.start(packages));
	const sending = async (report: Report) => await measureSends(host, { rounds, full, report });
	const tls = async (report: Report) => await measureTls(host, { rounds, report });
	const receiving = async (report: Report) => await measureTriggers(host, { rounds, report });
	try {
		return [
			...(includes('sending') ? await step('Sending and looking up', sending) : []),
			...(includes('tls') ? await step('Sending over TLS', tls) : []),
			...(includes('receiving') ? await step('Receiving', receiving) : []),
		];
	} finally {
		await host.stop();
	}
}

interface Selection {
	full: boolean;
	rounds: number;
	/** Whether a part is selected; without a selection all of them are. */
	includes: (part: string) => boolean;
}

async function main(): Promise<void> {
	const args = process.argv.slice(2);
	const rounds = Number(args.find((arg) => /^\d+$/.test(arg)) ?? ROUNDS);
	const parts = args.filter((arg) => /^[a-z]+$/.test(arg));
	const writesPage = args.includes('--write');
	const includes = (part: string) => parts.length === 0 || parts.includes(part);
	const selection = { full: args.includes('--full'), rounds, includes };
	const alone = includes('alone') ? await measureInEngine() : [];
	const rows = [...(await measureInN8n(selection)), ...alone];
	console.log('');
	print(rows);
	if (writesPage) await writePage(rows, rounds);
}

void main().catch((error: Error) => {
	console.error(error.stack ?? error.message);
	process.exitCode = 1;
});
