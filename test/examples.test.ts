/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Node {
	id: string;
	name: string;
	type: string;
	position: [number, number];
	webhookId?: string;
	parameters: { path?: string; width?: number; height?: number; content?: string };
}

const ROOT = join(__dirname, '..');
const FILES = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.json'));
const read = (file: string): { id: string; nodes: Node[]; active?: boolean } =>
	JSON.parse(readFileSync(join(ROOT, 'examples', file), 'utf8'));

/** A node is drawn about this wide and high; a note says its own size. */
const NODE = 100;
const isNote = ({ type }: Node) => type === 'n8n-nodes-base.stickyNote';
const sizeOf = (node: Node) =>
	isNote(node) ? [node.parameters.width ?? 240, node.parameters.height ?? 160] : [NODE, NODE];

function overlap(one: Node, other: Node): boolean {
	return [0, 1].every(
		(axis) =>
			one.position[axis] < other.position[axis] + sizeOf(other)[axis] &&
			other.position[axis] < one.position[axis] + sizeOf(one)[axis],
	);
}

describe.each(FILES)('examples/%s', (file) => {
	const { nodes } = read(file);

	it('has nothing that lies over a note or another node', () => {
		const pairs = nodes.flatMap((one, index) =>
			nodes.slice(index + 1).map((other) => [one, other] as const),
		);
		const over = pairs.filter(([one, other]) => overlap(one, other));
		expect(over.map((pair) => pair.map(({ name }) => name))).toEqual([]);
	});

	it('starts with one click, and says in a note what it does and how to try it', () => {
		expect(nodes.map(({ name, type }) => [name, type])).toContainEqual([
			'Try it',
			'n8n-nodes-base.manualTrigger',
		]);
		const texts = nodes.filter(isNote).map(({ parameters: { content = '' } }) => content);
		expect(texts.filter((text) => /^## .+\n[^]+\*\*How to try it:\*\* /.test(text))).toHaveLength(
			1,
		);
	});
});

it('the examples have ids and addresses of their own', () => {
	const all = FILES.map(read);
	const ids = all.map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	const addresses = all.flatMap(({ nodes }) =>
		nodes.flatMap(({ webhookId, parameters: { path } }) => [webhookId, path]),
	);
	const given = addresses.filter((one) => one !== undefined);
	expect(new Set(given).size).toBe(given.length);
});
