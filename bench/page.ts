/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a measurement, not a node */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { n8nVersion } from '../sandbox/n8n/instance.mjs';
import { describeRatio, isReached, type Row } from './measure';

/** Writes the results between the marks in docs/benchmarks.md; the rest is written by hand. */

const FILE = join(process.cwd(), 'docs/benchmarks.md');
const BEGIN = '<!-- measured -->';
const END = '<!-- /measured -->';

const REACHED = new Map([
	[true, 'yes'],
	[false, 'no'],
	[undefined, ''],
]);

function cellsOf(row: Row): string[] {
	const { what, kind, ours, other, goal } = row;
	const goalText = goal === undefined ? '' : `${kind === 'gain' ? 'at least' : 'at most'} ${goal}`;
	return [
		what,
		`${ours.name} vs. ${other.name}`,
		describeRatio(row),
		goalText,
		REACHED.get(isReached(row)) ?? '',
	];
}

function tableOf(rows: Row[]): string {
	const head = ['Measurement', 'Comparison', 'Result', 'Goal', 'Reached'];
	const lines = [head, head.map(() => '---'), ...rows.map(cellsOf)];
	return lines.map((cells) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |')).join('\n');
}

/** Writes the results into the page. */
export async function writePage(rows: Row[], rounds: number): Promise<void> {
	const page = await readFile(FILE, 'utf8');
	const [before, rest] = page.split(BEGIN);
	const after = rest?.split(END)[1];
	if (after === undefined) throw new Error(`${FILE} has no marks for the results.`);
	const goals = rows.map(isReached).filter((reached) => reached !== undefined);
	const reached = goals.filter(Boolean).length;
	const summary =
		`n8n ${n8nVersion} in regular mode, on ${availableParallelism()} cores, medians of ${rounds} rounds: ` +
		`${reached} of ${goals.length} goals reached.`;
	const parts = [...new Set(rows.map(({ part }) => part))].map((part) => {
		return `### ${part}\n\n${tableOf(rows.filter((row) => row.part === part))}`;
	});
	const measured = [BEGIN, summary, ...parts, END].join('\n\n');
	await writeFile(FILE, before + measured + after);
}
