/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a measurement, not a node */
// n8n-core expects its host to have loaded it
import 'reflect-metadata';
import type { Row } from './measure';
import { measurePostbacks } from './postbacks';
import { measureStartUp } from './startUp';
import { measureRequests } from './wooxy';

/** A gain as how much faster ours is, a cost as the share or multiple of what it is held against. */
function print(rows: Row[]): void {
	const time = (ms: number) => `${ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`;
	const cells = rows.map(({ what, shows, ours, other }) => [
		what,
		`${ours.how}: ${time(ours.ms)}`,
		`${other.how}: ${time(other.ms)}`,
		shows === 'gain'
			? `${(other.ms / ours.ms).toFixed(1)} times as fast`
			: `${(ours.ms / other.ms).toFixed(2)} of its time`,
	]);
	const table = [['', 'Ours', 'Against', 'Ratio'], ...cells];
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

async function main(): Promise<void> {
	const loading = await measureStartUp(process.cwd());
	print([...(await measureRequests()), ...loading, ...(await measurePostbacks())]);
}

void main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
