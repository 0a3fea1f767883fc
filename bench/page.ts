/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a measurement, not a node */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { n8nVersion } from '../sandbox/n8n/instance.mjs';
import { describeRatio, describeRatios, isReached, type Row } from './measure';

/**
 * Writes the results between the marks in docs/benchmarks.md: a summary at the top, and a table of
 * every measurement. The rest is written by hand.
 */

const FILE = join(process.cwd(), 'docs/benchmarks.md');
const BEGIN = '<!-- measured -->';
const END = '<!-- /measured -->';
const SUMMARY_BEGIN = '<!-- summary -->';
const SUMMARY_END = '<!-- /summary -->';

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

/** How many rows of a line reached their goal. */
function reachedOf(rows: Row[]): string {
	const reached = rows.filter(isReached).length;
	if (rows.length === 1 || reached % rows.length === 0) return reached > 0 ? 'yes' : 'no';
	return `${reached} of ${rows.length}`;
}

/** A line for each group of rows: what is compared with what, and whether the goal is reached. */
function summaryLines(rows: Row[]): string[] {
	const names = [...new Set(rows.map(({ summary }) => summary))].filter(
		(name) => name !== undefined,
	);
	return names.map((name) => {
		const group = rows.filter(({ summary }) => summary === name);
		const [{ kind, goal }] = group;
		const goalText = `${kind === 'gain' ? 'at least' : 'at most'} ${goal}`;
		return `| ${[name, describeRatios(group), goalText, reachedOf(group)].join(' | ')} |`;
	});
}

/** The blocks of a text that begin with a name, by name: those of the page, replaced by new ones. */
function merged(existing: Array<[string, string]>, measured: Array<[string, string]>): string[] {
	return [...new Map([...existing, ...measured]).values()];
}

const nameOfLine = (line: string): [string, string] => [line.split('|')[1].trim(), line];

/** Writes the results into the page. The results of parts that were not measured remain. */
export async function writePage(rows: Row[], rounds: number): Promise<void> {
	const page = await readFile(FILE, 'utf8');
	const [, oldSummary] = split(page, SUMMARY_BEGIN, SUMMARY_END);
	const oldLines = oldSummary.split('\n').filter((line) => line.startsWith('|'));
	const lines = merged(oldLines.slice(2).map(nameOfLine), summaryLines(rows).map(nameOfLine));
	const head = [
		'| Measurement: compared with | Result | Goal | Reached |',
		'| --- | --- | --- | --- |',
	];
	const [, oldTables] = split(page, BEGIN, END);
	const existing = oldTables.split(/^### /m).slice(1);
	const parts = merged(
		existing.map((part): [string, string] => [part.split('\n')[0], `### ${part.trim()}`]),
		[...new Set(rows.map(({ part }) => part))].map((part): [string, string] => [
			part,
			`### ${part}\n\n${tableOf(rows.filter((row) => row.part === part))}`,
		]),
	);
	const tables = parts.join('\n\n');
	const goals = tables.match(/\| (?:yes|no) \|$/gm) ?? [];
	const reached = goals.filter((cell) => cell.includes('yes')).length;
	const summary =
		`n8n ${n8nVersion} in regular mode, on ${availableParallelism()} cores, medians of ${rounds} rounds: ` +
		`${reached} of ${goals.length} goals reached.`;
	const withSummary = between(page, SUMMARY_BEGIN, SUMMARY_END, [...head, ...lines].join('\n'));
	await writeFile(FILE, between(withSummary, BEGIN, END, `${summary}\n\n${tables}`));
}

/** The text before, between and after two marks. */
function split(page: string, begin: string, end: string): [string, string, string] {
	const [before, rest] = page.split(begin);
	const [inside, after] = (rest ?? '').split(end);
	if (after === undefined) throw new Error(`${FILE} has no marks ${begin} and ${end}.`);
	return [before, inside, after];
}

/** Replaces what stands between two marks. */
function between(page: string, begin: string, end: string, text: string): string {
	const [before, , after] = split(page, begin, end);
	return `${before}${begin}\n\n${text}\n\n${end}${after}`;
}
