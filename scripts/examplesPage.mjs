/** docs/examples.md: every example with its picture, out of the notes in it. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { project } from './command.mjs';

const INTRODUCTION = `# Examples

Workflows to import (*Import from File*); \`npm start\` has them all. Each starts with *Execute workflow*. The numbers are
those of the [sandbox](../sandbox/README.md), where [its page](../README.md#try-it) shows the handsets.

This page is made of the notes in the workflows and of pictures of them, by \`npm run screenshots\`.
`;

/** The note that says what an example does, and how to try it. */
function noteOf({ nodes }) {
	const texts = nodes.map(({ parameters }) => parameters.content ?? '');
	const [title, ...lines] = texts.find((text) => text.startsWith('## ')).split('\n');
	return { title: title.slice(3), text: lines.join('\n').trim() };
}

/** @returns {{ name: string, title: string, text: string }[]} by the names of their files */
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
