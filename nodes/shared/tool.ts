import type { IExecuteFunctions } from 'n8n-workflow';

/** The type that n8n gives a node beside its own, for agents. */
const TOOL_TYPE = /Tool$/;

/**
 * Whether an agent runs the node. n8n's engine runs tools like other nodes, and its contexts say so
 * of some only, so the type that the node has there tells as well.
 */
export function isTool(context: IExecuteFunctions): boolean {
	return (context.isToolExecution?.() ?? false) || TOOL_TYPE.test(context.getNode().type);
}
