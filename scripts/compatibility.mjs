/**
 * Writes the table of docs/compatibility.md from the results of the end-to-end tests in
 * .work/results: a row for each test file, a column for each version of n8n.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { n8nVersions } from '../sandbox/n8n/instance.mjs';
import { project, work } from './command.mjs';

const file = join(project, 'docs/compatibility.md');
const MARK = '<!-- what the tests of each host said -->';

/** Returns the results of each test file. */
async function resultsOf(version) {
	const text = await readFile(join(work, 'results', `n8n-${version}.json`), 'utf8');
	return new Map(
		JSON.parse(text).testResults.map(({ name, assertionResults }) => [
			basename(name, '.test.ts'),
			assertionResults,
		]),
	);
}

const cell = (tests) => {
	if (!tests) return 'not run';
	const failed = tests.filter(({ status }) => status !== 'passed').length;
	return failed === 0 ? `${tests.length} passed` : `${failed} of ${tests.length} failed`;
};

const hosts = [...n8nVersions].reverse();
const results = await Promise.all(hosts.map(resultsOf));
const names = [...new Set(results.flatMap((files) => [...files.keys()]))].sort();
const rows = [
	['Tests', ...hosts.map((version) => `n8n ${version}`)],
	['---', ...hosts.map(() => '---')],
	...names.map((name) => [`\`${name}\``, ...results.map((files) => cell(files.get(name)))]),
];
const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const [before] = (await readFile(file, 'utf8')).split(MARK);
await writeFile(file, `${before}${MARK}\n\n${table}\n`);
