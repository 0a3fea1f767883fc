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

/** The approximate width and height of a drawn node. Notes define their size. */
const NODE = 100;
const isNote = ({ type }: Node) => type === 'n8n-nodes-base.stickyNote';
const sizeOf = (node: Node) =>
	isNote(node) ? [node.parameters.width ?? 240, node.parameters.height ?? 160] : [NODE, NODE];

function overlap(a: Node, b: Node): boolean {
	return [0, 1].every(
		(axis) =>
			a.position[axis] < b.position[axis] + sizeOf(b)[axis] &&
			b.position[axis] < a.position[axis] + sizeOf(a)[axis],
	);
}

describe.each(FILES)('examples/%s', (file) => {
	const { nodes } = read(file);

	it('has no overlapping nodes or notes', () => {
		const pairs = nodes.flatMap((node, index) =>
			nodes.slice(index + 1).map((laterNode) => [node, laterNode] as const),
		);
		const overlapping = pairs.filter(([a, b]) => overlap(a, b));
		expect(overlapping.map((pair) => pair.map(({ name }) => name))).toEqual([]);
	});

	it('starts with one click, and one note explains what it does and how to try it', () => {
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

it('no two examples share an id, a webhook ID or a path', () => {
	const all = FILES.map(read);
	const ids = all.map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	const webhooks = all.flatMap(({ nodes }) =>
		nodes.flatMap(({ webhookId, parameters: { path } }) => [webhookId, path]),
	);
	const defined = webhooks.filter((value) => value !== undefined);
	expect(new Set(defined).size).toBe(defined.length);
});
