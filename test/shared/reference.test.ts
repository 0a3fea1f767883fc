import { makeReference } from '../../nodes/shared/reference';
import { contextWith, itemWith } from './contexts';
import { Item } from '../../nodes/shared/item';

/** References that are made up: the same in a retry, and nowhere else. */

interface Run {
	address?: unknown;
	run?: number;
	node?: string;
	tool?: boolean;
	index?: number;
	recipients?: string;
	content?: string;
}

const membersOf = ({
	address = 'https://n8n.example/7?signature=s',
	run,
	node = 'n',
	tool,
}: Run) => ({
	evaluateExpression: () => address,
	getWorkflowDataProxy: () => ({ $runIndex: run }),
	getNode: () => ({ id: node, type: tool ? 'cdyneTool' : 'cdyne', parameters: {} }),
});
const made = (run: Run = {}) =>
	makeReference(
		itemWith({}, membersOf(run), run.index),
		run.recipients ?? '["1"]',
		run.content ?? 'Hi',
	);
const FORM = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/;
const RANDOM = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

it('a retry has the same one, in the form of a UUID', () => {
	expect(made()).toMatch(FORM);
	expect(made()).toBe(made());
	expect(made({ run: 0 })).toBe(made());
	// also the retry by a newer version of this package
	expect(made()).toBe('2bad5331-c618-86e1-a12b-d64b2bc40219');
});

it.each<[string, Run]>([
	['execution', { address: 'https://n8n.example/7?signature=t' }],
	['run', { run: 1 }],
	['node', { node: 'm' }],
	['item', { index: 1 }],
	['recipient', { recipients: '["2"]' }],
])('another %s has another one', (_, other) => {
	expect(made(other)).toMatch(FORM);
	expect(made(other)).not.toBe(made());
});

it('another run is not taken for the first', () => {
	expect(made({ run: 1 })).not.toBe(made({ run: 2 }));
});

it('the address alone, which another process may have another one of, does not count', () => {
	expect(made({ address: 'http://other.example/8?signature=s' })).toBe(made());
});

it('another text has another one where an agent calls, and the same elsewhere', () => {
	expect(made({ content: 'Ho' })).toBe(made());
	expect(made({ tool: true, content: 'Ho' })).not.toBe(made({ tool: true }));
	expect(made({ tool: true })).toBe(made({ tool: true }));
});

it.each<[string, Run]>([
	['no token', { address: 'https://n8n.example/7' }],
	['no address', { address: undefined }],
	['what is no address', { address: 'signature?s' }],
])('with %s each is a new one', (_, run) => {
	const item = itemWith({}, { ...membersOf({}), evaluateExpression: () => run.address });
	const one = makeReference(item, '', '');
	expect(one).toMatch(RANDOM);
	expect(makeReference(item, '', '')).not.toBe(one);
});

it.each([true, false])('the token is read once for a run, also where that fails: %s', (fails) => {
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
	const all = [0, 1, 2].map((index) => makeReference(new Item(context, index), '', ''));
	expect(reads).toBe(1);
	expect(new Set(all).size).toBe(3);
	for (const one of all) expect(one).toMatch(fails ? RANDOM : FORM);
});
