/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFileSync, readdirSync } from 'node:fs';
import { CronTime } from 'cron';
import { join } from 'node:path';
import { preselectedTrigger, withDistantSchedules, type Workflow } from './n8n/workflow';

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
interface Example {
	id: string;
	nodes: Node[];
	pinData?: Record<string, unknown[]>;
}
const read = (file: string): Example =>
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
	const { nodes, pinData } = read(file);

	it('has no overlapping nodes or notes', () => {
		const pairs = nodes.flatMap((node, index) =>
			nodes.slice(index + 1).map((laterNode) => [node, laterNode] as const),
		);
		const overlapping = pairs.filter(([a, b]) => overlap(a, b));
		expect(overlapping.map((pair) => pair.map(({ name }) => name))).toEqual([]);
	});

	it('starts with one click: the trigger that n8n preselects is a schedule or has pinned data', () => {
		const { name, type } = preselectedTrigger(nodes);
		const isSchedule = type === 'n8n-nodes-base.scheduleTrigger';
		expect(pinData?.[name]?.length ?? 0).toBe(isSchedule ? 0 : 1);
	});

	it('one note explains what it does and how to try it', () => {
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

it('the tests in n8n publish examples with a schedule that starts no run while they run', () => {
	const scheduled = FILES.filter((file) =>
		read(file).nodes.some(({ type }) => type === 'n8n-nodes-base.scheduleTrigger'),
	);
	expect(scheduled.length).toBeGreaterThan(0);
	for (const file of scheduled) {
		const { nodes } = withDistantSchedules(read(file) as unknown as Workflow);
		for (const { parameters, type } of nodes) {
			if (type !== 'n8n-nodes-base.scheduleTrigger') continue;
			const rule = parameters.rule as { interval: Array<{ field: string; expression: string }> };
			const [{ field, expression }] = rule.interval;
			expect(field).toBe('cronExpression');
			const days = new CronTime(expression).getTimeout() / 86_400_000;
			expect(days).toBeGreaterThan(140);
		}
	}
});
