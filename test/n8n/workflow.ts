/** Workflows from a list of nodes. */
import { randomUUID } from 'node:crypto';

/** What n8n prepends to the names of this package's nodes. */
export const PREFIX = 'n8n-nodes-sms-gateways.';

export interface NodeOfWorkflow {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	webhookId?: string;
	credentials?: Record<string, { id: string; name: string }>;
	[setting: string]: unknown;
}

export interface Workflow {
	id?: string;
	name: string;
	nodes: NodeOfWorkflow[];
	connections: Record<string, unknown>;
	settings: Record<string, unknown>;
}

/** A workflow whose Schedule Triggers start it half a year from now. */
export function withDistantSchedules<T extends Pick<Workflow, 'nodes'>>(workflow: T): T {
	const month = ((new Date().getMonth() + 6) % 12) + 1;
	const interval = [{ field: 'cronExpression', expression: `0 0 1 ${month} *` }];
	const nodes = workflow.nodes.map((node) =>
		node.type === 'n8n-nodes-base.scheduleTrigger'
			? { ...node, parameters: { ...node.parameters, rule: { interval } } }
			: node,
	);
	return { ...workflow, nodes };
}

/** The node that starts a run, and the one that outputs its items. */
export const START = 'Start';
export const ITEMS = 'Items';

/**
 * @param type the short name of a node of this package (`cdyne`), or the full name of any other
 * @param more settings of the node in n8n: `typeVersion`, `credentials`, `onError`, `retryOnFail` ...
 */
export function node(
	name: string,
	type: string,
	parameters: Record<string, unknown> = {},
	more: Partial<NodeOfWorkflow> = {},
): NodeOfWorkflow {
	return {
		id: randomUUID(),
		name,
		type: type.includes('.') ? type : `${PREFIX}${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		// as n8n's editor does for every node that can have a webhook
		webhookId: randomUUID(),
		...more,
	};
}

/** A CDYNE node that texts the number of each item. */
export function cdyne(
	name: string,
	operation: string,
	parameters: Record<string, unknown> = {},
	more: Partial<NodeOfWorkflow> = {},
): NodeOfWorkflow {
	const text = { resource: 'message', operation, to: '={{ $json.to }}', message: 'Hello' };
	return node(name, 'cdyne', { ...text, ...parameters }, more);
}

/** Whether n8n listens at a URL of this node as long as its workflow is published. */
export const isTrigger = ({ type }: NodeOfWorkflow) =>
	type.endsWith('Trigger') || type === 'n8n-nodes-base.webhook';

/** Triggers by the order in which n8n's editor preselects them; an app's trigger is between 9 and 7. */
const RANKS: Record<string, number> = {
	'n8n-nodes-base.formTrigger': 10,
	'n8n-nodes-base.webhook': 9,
	'n8n-nodes-base.scheduleTrigger': 7,
	'n8n-nodes-base.manualTrigger': 6,
};
const RANK_OF_APPS = 8;

/** The trigger with which the editor's *Execute workflow* starts unless the user chooses another. */
export function preselectedTrigger<T extends Pick<NodeOfWorkflow, 'type'>>(nodes: T[]): T {
	const rank = ({ type }: T) =>
		RANKS[type] ?? (type.startsWith(PREFIX) && type.endsWith('Trigger') ? RANK_OF_APPS : 0);
	return nodes.reduce((best, other) => (rank(other) > rank(best) ? other : best));
}

/** A webhook that receives `{ items }`, and a node that outputs them unchanged, one by one. */
export function startNodes(nodes: NodeOfWorkflow[]): NodeOfWorkflow[] {
	if (nodes.length === 0 || isTrigger(nodes[0])) return [];
	const webhook = { httpMethod: 'POST', path: randomUUID(), responseMode: 'onReceived' };
	return [
		node(START, 'n8n-nodes-base.webhook', webhook, { typeVersion: 2 }),
		node(ITEMS, 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'body.items', options: {} }),
	];
}

/** Connects each node to the next one. A trigger starts a new chain. */
export function chain(nodes: NodeOfWorkflow[]): Workflow {
	const connections: Workflow['connections'] = {};
	nodes.forEach((from, index) => {
		const to = nodes[index + 1];
		if (!to || isTrigger(to)) return;
		connections[from.name] = { main: [[{ node: to.name, type: 'main', index: 0 }]] };
	});
	const placed = nodes.map((chained, index) => ({
		...chained,
		position: [index * 220, 0] as [number, number],
	}));
	return { name: 'Test', nodes: placed, connections, settings: { executionOrder: 'v1' } };
}
