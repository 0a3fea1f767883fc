/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a measurement, not a node */
// n8n-core expects its host to have loaded it
import 'reflect-metadata';
import { delimiter } from 'node:path';

import { step } from '../scripts/progress.mjs';
import { inWords, isReached, type Row } from './measure';
import { measureMemory } from './memory';
import { Host } from './n8n/host';
import { measureSends } from './n8n/sends';
import { measureTls } from './n8n/tls';
import { measureTriggers } from './n8n/triggers';
import { writePage } from './page';
import { measurePostbacks } from './postbacks';
import { measureStartUp } from './startUp';
import { measureRequests } from './wooxy';

const ROUNDS = 3;

/** A gain as how much faster ours is, a cost as the share or multiple of what it is held against. */
function print(rows: Row[]): void {
	const cells = rows.map((row) => {
		const { what, shows, ours, other, goal, unit = 'ms' } = row;
		const time = (much: number) => `${much < 100 ? much.toFixed(1) : Math.round(much)} ${unit}`;
		const wanted = goal === undefined ? '' : `${shows === 'gain' ? '≥' : '≤'} ${goal}`;
		const missed = isReached(row) === false ? 'missed' : '';
		return [
			what,
			`${ours.how}: ${time(ours.ms)}`,
			`${other.how}: ${time(other.ms)}`,
			inWords(row),
			wanted,
			missed,
		];
	});
	const table = [['', 'Ours', 'Against', 'Ratio', 'Goal', ''], ...cells];
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

/** In the engine, without a server. */
async function inEngine(): Promise<Row[]> {
	const rows = await step('Measuring without a server', async () => [
		...(await measureStartUp(process.cwd())),
		...(await measurePostbacks()),
		...(await measureRequests()),
	]);
	return [...rows, ...(await step('Receiving very many', measureMemory))];
}

type Report = (done: number) => void;

async function inN8n({ full, rounds, does }: Chosen): Promise<Row[]> {
	if (!['sending', 'tls', 'receiving'].some(does)) return [];
	const packages = process.env.BENCH_PACKAGES?.split(delimiter) ?? [];
	const host = await step('Starting n8n', async () => await Host.start(packages));
	const sending = async (report: Report) => await measureSends(host, { rounds, full, report });
	const tls = async (report: Report) => await measureTls(host, { rounds, report });
	const receiving = async (report: Report) => await measureTriggers(host, { rounds, report });
	try {
		return [
			...(does('sending') ? await step('Sending and looking up', sending) : []),
			...(does('tls') ? await step('Sending over TLS', tls) : []),
			...(does('receiving') ? await step('Receiving', receiving) : []),
		];
	} finally {
		await host.stop();
	}
}

interface Chosen {
	full: boolean;
	rounds: number;
	/** Whether a part is wanted: all of them where none is named. */
	does: (part: string) => boolean;
}

async function main(): Promise<void> {
	const words = process.argv.slice(2);
	const rounds = Number(words.find((word) => /^\d+$/.test(word)) ?? ROUNDS);
	const parts = words.filter((word) => /^[a-z]+$/.test(word));
	const writes = words.includes('--write');
	if (writes && parts.length > 0) throw new Error('The page holds all parts: name none of them.');
	const does = (part: string) => parts.length === 0 || parts.includes(part);
	const chosen = { full: words.includes('--full'), rounds, does };
	const alone = does('alone') ? await inEngine() : [];
	const rows = [...(await inN8n(chosen)), ...alone];
	console.log('');
	print(rows);
	if (writes) await writePage(rows, rounds);
}

void main().catch((error: Error) => {
	console.error(error.stack ?? error.message);
	process.exitCode = 1;
});
