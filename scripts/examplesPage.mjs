/** Generates docs/examples.md: every example with its picture and the text of its note. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { project } from './command.mjs';

const INTRODUCTION = `# Examples

Workflows to import (*Import from File*); \`npm start\` loads all of them. Each starts with *Execute workflow*. The
phone numbers are those of the [sandbox](../sandbox/README.md), whose [page](../README.md#try-it) shows the handsets.

\`npm run screenshots\` writes this page from the notes in the workflows and takes the pictures.
`;

/** Returns the note that describes an example and how to try it. */
function noteOf({ nodes }) {
	const texts = nodes.map(({ parameters }) => parameters.content ?? '');
	const [title, ...lines] = texts.find((text) => text.startsWith('## ')).split('\n');
	return { title: title.slice(3), text: lines.join('\n').trim() };
}

/** @returns {{ name: string, title: string, text: string }[]} sorted by file name */
export function examples() {
	const folder = join(project, 'examples');
	const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
	return files.sort().map((file) => {
		const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8'));
		return { name: basename(file, '.json'), ...noteOf(workflow) };
	});
}

export function examplesPage() {
	const parts = examples().map(
		({ name, title, text }) =>
			`## ${title}\n\n![The workflow](pictures/${name}.png)\n\n${text}\n\n[${name}.json](../examples/${name}.json)\n`,
	);
	return [INTRODUCTION, ...parts].join('\n');
}
