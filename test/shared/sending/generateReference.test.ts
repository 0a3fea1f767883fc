import { Item } from '../../../nodes/shared/input/item';
import { generateReference } from '../../../nodes/shared/sending/generateReference';
import { contextWith, itemWith } from '../../engine/harness/contexts';

/** Generated references, which are the same in a retry of an execution and nowhere else. */

interface Run {
	resumeUrl?: unknown;
	run?: number;
	node?: string;
	tool?: boolean;
	index?: number;
	recipients?: string;
	content?: string;
}

const membersOf = ({
	resumeUrl = 'https://n8n.example/7?signature=s',
	run,
	node = 'n',
	tool,
}: Run) => ({
	evaluateExpression: () => resumeUrl,
	getWorkflowDataProxy: () => ({ $runIndex: run }),
	getNode: () => ({ id: node, type: tool ? 'cdyneTool' : 'cdyne', parameters: {} }),
});
const referenceOf = (run: Run = {}) =>
	generateReference(
		itemWith({}, membersOf(run), run.index),
		run.recipients ?? '["1"]',
		run.content ?? 'Hi',
	);
const FORM = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/;
const RANDOM = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

it('a retry has the same reference, in the form of a UUID', () => {
	expect(referenceOf()).toMatch(FORM);
	expect(referenceOf()).toBe(referenceOf());
	expect(referenceOf({ run: 0 })).toBe(referenceOf());
	// a retry by a newer version of this package must find the messages, too
	expect(referenceOf()).toBe('2bad5331-c618-86e1-a12b-d64b2bc40219');
});

it.each<[string, Run]>([
	['execution', { resumeUrl: 'https://n8n.example/7?signature=t' }],
	['run', { run: 1 }],
	['node', { node: 'm' }],
	['item', { index: 1 }],
	['recipient', { recipients: '["2"]' }],
])('another %s has another reference', (_, run) => {
	expect(referenceOf(run)).toMatch(FORM);
	expect(referenceOf(run)).not.toBe(referenceOf());
});

it('every run has its own reference', () => {
	expect(referenceOf({ run: 1 })).not.toBe(referenceOf({ run: 2 }));
});

it('host and path of the resume URL, which may differ between processes, are ignored', () => {
	expect(referenceOf({ resumeUrl: 'http://other.example/8?signature=s' })).toBe(referenceOf());
});

it('another text has another reference if an agent calls, and the same one otherwise', () => {
	expect(referenceOf({ content: 'Ho' })).toBe(referenceOf());
	expect(referenceOf({ tool: true, content: 'Ho' })).not.toBe(referenceOf({ tool: true }));
	expect(referenceOf({ tool: true })).toBe(referenceOf({ tool: true }));
});

it.each<[string, Run]>([
	['a resume URL without a token', { resumeUrl: 'https://n8n.example/7' }],
	['no resume URL', { resumeUrl: undefined }],
	['an invalid resume URL', { resumeUrl: 'signature?s' }],
])('with %s every reference is random', (_, run) => {
	const item = itemWith({}, { ...membersOf({}), evaluateExpression: () => run.resumeUrl });
	const reference = generateReference(item, '', '');
	expect(reference).toMatch(RANDOM);
	expect(generateReference(item, '', '')).not.toBe(reference);
});

it.each([true, false])('the token is read once per run, even if that fails: %s', (fails) => {
	let reads = 0;
	const context = contextWith(
		{},
		{
			evaluateExpression: () => {
				reads++;
				if (fails) throw new Error('no such variable');
				return 'https://n8n.example/7?signature=s';
			},
		},
	);
	const references = [0, 1, 2].map((index) => generateReference(new Item(context, index), '', ''));
	expect(reads).toBe(1);
	expect(new Set(references).size).toBe(3);
	for (const reference of references) expect(reference).toMatch(fails ? RANDOM : FORM);
});
