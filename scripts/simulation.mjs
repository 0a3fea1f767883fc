/**
 * `npm run test:simulation`: runs ten thousand histories of each provider.
 *
 * --histories N   how many
 * --seed S        others than the usual ones
 * --provider X    one provider
 * --path P        one history, with the seed, provider and test (-t) that a report names
 * --faults        instead: puts back each known fault, and says after how many histories it is found.
 *                 With -t only those whose title contains the text
 */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { CHANGES } from '../test/simulation/changes.mjs';
import { node, project, work } from './command.mjs';
import { installProject } from './install.mjs';
import { PlainError, runScript } from './progress.mjs';

const NAMES = { '--histories': 'HISTORIES', '--seed': 'SEED', '--path': 'PATH' };

const options = process.argv.splice(2);
const others = [];
let tests = 'test/simulation/';
let putsBack = false;
let only = '';
process.env.SIMULATION_HISTORIES ??= '10000';
while (options.length > 0) {
	const option = options.shift();
	if (option in NAMES) process.env[`SIMULATION_${NAMES[option]}`] = options.shift();
	else if (option === '--provider') tests = `test/simulation/${options.shift()}.test`;
	else if (option === '--faults') putsBack = true;
	else if (option === '-t') others.push(option, (only = options.shift()));
	else others.push(option);
}
async function putBackAll() {
	await installProject();
	const titles = Object.keys(CHANGES).filter((title) => title.includes(only));
	const missed = [];
	for (const title of titles) if (!(await isFound(title))) missed.push(title);
	console.log(`${titles.length - missed.length} of ${titles.length} faults were found`);
	if (missed.length > 0) throw new PlainError(`Not found: ${missed.join('; ')}`);
}

const isResult = (line) => / histories \(.*\), /.test(line);

/** Runs the search for a fault with a copy of the nodes that has it. */
async function isFound(title) {
	const copy = join(work, 'faults');
	await rm(copy, { recursive: true, force: true });
	await cp(join(project, 'nodes'), join(copy, 'nodes'), { recursive: true });
	for (const { file, from, to } of CHANGES[title]) {
		const source = await readFile(join(copy, file), 'utf8');
		await writeFile(
			join(copy, file),
			source.replace(from, () => to),
		);
	}
	const mapped = { '^(?:\\.\\./)+nodes/(.*)$': join(copy, 'nodes', '$1') };
	try {
		const output = await node(
			'jest/bin/jest.js',
			[
				...['--config', 'jest.config.js', '--moduleNameMapper', JSON.stringify(mapped)],
				...['test/simulation/knownFaults', '-t', `${title} \\(`],
			],
			{ env: { SIMULATION_FAULTS: '1' } },
		);
		console.log(output.split('\n').filter(isResult).join('\n'));
		return true;
	} catch (error) {
		console.log(`${title}: not found\n${error.output ?? error.message}`);
		return false;
	}
}

if (putsBack) await runScript(putBackAll);
else {
	process.argv.push(tests, ...others);
	await import('./test.mjs');
}
