/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a measurement, not a node */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { n8nVersion } from '../sandbox/n8n/instance.mjs';
import { inWords, isReached, type Row } from './measure';

/** docs/benchmarks.md: what stands between the marks is what was measured, the rest is written by hand. */

const FILE = join(process.cwd(), 'docs/benchmarks.md');
const BEGIN = '<!-- measured -->';
const END = '<!-- /measured -->';

const REACHED = new Map([
	[true, 'yes'],
	[false, 'no'],
	[undefined, ''],
]);

function cellsOf(row: Row): string[] {
	const { what, shows, ours, other, goal } = row;
	const wanted = goal === undefined ? '' : `${shows === 'gain' ? 'at least' : 'at most'} ${goal}`;
	return [
		what,
		`${ours.how} against ${other.how}`,
		inWords(row),
		wanted,
		REACHED.get(isReached(row)) ?? '',
	];
}

function tableOf(rows: Row[]): string {
	const head = ['What', 'Ours against what', 'Measured', 'Goal', 'Reached'];
	const lines = [head, head.map(() => '---'), ...rows.map(cellsOf)];
	return lines.map((cells) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |')).join('\n');
}

/** Puts what was measured into the page. */
export async function writePage(rows: Row[], rounds: number): Promise<void> {
	const page = await readFile(FILE, 'utf8');
	const [before, rest] = page.split(BEGIN);
	const after = rest?.split(END)[1];
	if (after === undefined) throw new Error(`${FILE} has no place for what was measured.`);
	const goals = rows.map(isReached).filter((reached) => reached !== undefined);
	const reached = goals.filter(Boolean).length;
	const said =
		`In n8n ${n8nVersion} in regular mode, on ${availableParallelism()} cores, medians of ${rounds} rounds: ` +
		`${reached} of ${goals.length} goals reached.`;
	const parts = [...new Set(rows.map(({ part }) => part))].map((part) => {
		const own = rows.filter((row) => row.part === part);
		return `### ${part}\n\n${tableOf(own)}`;
	});
	const measured = [BEGIN, said, ...parts, END].join('\n\n');
	await writeFile(FILE, before + measured + after);
}
