import type { IExecuteFunctions } from 'n8n-workflow';

/** What n8n puts behind the type of a node for agents. */
const FOR_AGENTS = /Tool$/;

/** A node's type as it is where no agent uses it. */
export function plainType(type: string): string {
	return type.replace(FOR_AGENTS, '');
}

/** By run; to look at the node costs a copy of it. */
const known = new WeakMap<IExecuteFunctions, boolean>();

/**
 * Whether an agent runs the node. n8n's engine runs tools like other nodes, and its contexts say so
 * of some only, so the type that the node has there tells as well.
 */
export function isTool(context: IExecuteFunctions): boolean {
	const is = known.get(context) ?? tellsTool(context);
	known.set(context, is);
	return is;
}

function tellsTool(context: IExecuteFunctions): boolean {
	return (context.isToolExecution?.() ?? false) || FOR_AGENTS.test(context.getNode().type);
}
