/** Workflows written down as a list of nodes. */
import { randomUUID } from 'node:crypto';

/** What n8n puts before the names of this package's nodes. */
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

/** The node a run begins with, and the one that hands out the items. */
export const START = 'Start';
export const ITEMS = 'Items';

/**
 * @param type a node of this package by its short name (`cdyne`), or any other in full
 * @param more n8n's settings of a node: `typeVersion`, `credentials`, `onError`, `retryOnFail` ...
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
		// n8n's editor gives one to every node that can have a webhook
		webhookId: randomUUID(),
		...more,
	};
}

/** A node of CDYNE that texts the number of each item. */
export function cdyne(
	name: string,
	operation: string,
	parameters: Record<string, unknown> = {},
	more: Partial<NodeOfWorkflow> = {},
): NodeOfWorkflow {
	const text = { resource: 'message', operation, to: '={{ $json.to }}', message: 'Hello' };
	return node(name, 'cdyne', { ...text, ...parameters }, more);
}

/** Whether n8n listens at an address of this node as long as its workflow is published. */
export const isTrigger = ({ type }: NodeOfWorkflow) =>
	type.endsWith('Trigger') || type === 'n8n-nodes-base.webhook';

/** A webhook that takes `{ items }`, and a node that hands them on one by one, as they are. */
export function startNodes(nodes: NodeOfWorkflow[]): NodeOfWorkflow[] {
	if (nodes.length === 0 || isTrigger(nodes[0])) return [];
	const webhook = { httpMethod: 'POST', path: randomUUID(), responseMode: 'onReceived' };
	return [
		node(START, 'n8n-nodes-base.webhook', webhook, { typeVersion: 2 }),
		node(ITEMS, 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'body.items', options: {} }),
	];
}

/** Connects each node to the one after it; a trigger begins anew. */
export function chain(nodes: NodeOfWorkflow[]): Workflow {
	const connections: Workflow['connections'] = {};
	nodes.forEach((from, index) => {
		const to = nodes[index + 1];
		if (!to || isTrigger(to)) return;
		connections[from.name] = { main: [[{ node: to.name, type: 'main', index: 0 }]] };
	});
	const placed = nodes.map((one, index) => ({
		...one,
		position: [index * 220, 0] as [number, number],
	}));
	return { name: 'Test', nodes: placed, connections, settings: { executionOrder: 'v1' } };
}
