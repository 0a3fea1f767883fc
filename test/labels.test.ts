/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import type { ICredentialType, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as providers from './engine/tables/providers';
import { literalTexts } from './literalTexts';

/** Every label that an error, a hint or a warning names is in a panel, in the same words. */

const ROOT = join(__dirname, '../nodes');
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.ts'),
);

/** The labels of fields, of their members and of their choices. */
function labelsOf(properties: INodeProperties[]): string[] {
	return properties.flatMap(({ displayName, options = [], type }) => [
		...(type === 'hidden' ? [] : [displayName]),
		...options.flatMap((option) => {
			if ('values' in option) return labelsOf(option.values);
			return 'type' in option ? labelsOf([option]) : [(option as INodePropertyOptions).name];
		}),
	]);
}

const credentialTypes = readdirSync(join(__dirname, '../credentials'))
	.filter((name) => name.endsWith('.ts'))
	.flatMap((name) => Object.values(jest.requireActual<object>(`../credentials/${name}`)))
	.map((Credential: new () => ICredentialType) => new Credential());

const LABELS = new Set([
	...Object.values(providers).flatMap(({ node, trigger }) =>
		[node, trigger].flatMap(({ description }) => [
			description.displayName,
			...labelsOf(description.properties),
		]),
	),
	...credentialTypes.flatMap(({ displayName, properties }) => [
		displayName,
		...labelsOf(properties),
	]),
	// n8n's own nodes, settings and parts of its editor, and the names of the services
	...['Loop Over Items', 'Split Out', 'Remove Duplicates', 'Retry On Fail', 'Continue On Fail'],
	...['On Error', 'Production URL', 'Base URL', 'CDYNE SMS Notify!', 'North America'],
]);

/** Calls whose texts people read. */
const SPEAKS =
	/^(?:throwInvalidInput|throwFailure|Failure|addHint|warn|with|requireValue|requireId)$/;

/** The texts in a source file that people read. */
function textsIn(file: string): string[] {
	const source = ts.createSourceFile(
		file,
		readFileSync(join(ROOT, file), 'utf8'),
		ts.ScriptTarget.ES2022,
		true,
	);
	const texts: string[] = [];
	const find = (node: ts.Node): void => {
		if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
			const name = node.expression.getText(source).split('.').pop() ?? '';
			if (SPEAKS.test(name)) texts.push(...(node.arguments ?? []).flatMap(literalTexts));
		}
		ts.forEachChild(node, find);
	};
	find(source);
	return texts;
}

const longestFirst = [...LABELS]
	.filter((label) => label.includes(' '))
	.sort((one, other) => other.length - one.length);

/** Phrases in title case, of two words or more, that are left once all labels are taken out. */
function unknownLabelsIn(text: string): string[] {
	const rest = longestFirst.reduce((left, label) => left.replaceAll(label, '\u2026'), text);
	const word = /[A-Z][a-z]+/.source;
	const phrase = new RegExp(
		`(?<=[a-z,:>"] )${word}(?: (?:(?:a|of|or|to|and|in|for|the) )?${word})+`,
		'g',
	);
	return [...rest.matchAll(phrase)].map(([match]) => match);
}

it('finds labels that no panel has', () => {
	const text = 'Turn off Skip If Reference Exists, or set Wait At Most in the options.';
	expect(unknownLabelsIn(text)).toEqual(['Wait At Most']);
	const known = sources
		.flatMap(textsIn)
		.filter((one) => longestFirst.some((label) => one.includes(label)));
	expect(known.length).toBeGreaterThan(30);
});

it.each(sources)('%s names labels that a panel has', (file) => {
	expect(textsIn(file).flatMap(unknownLabelsIn)).toEqual([]);
});
