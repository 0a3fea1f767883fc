import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n appends this to the type of a node that agents use as a tool. */
const TOOL_SUFFIX = /Tool$/;

export function withoutToolSuffix(type: string): string {
	return type.replace(TOOL_SUFFIX, '');
}

/** Results by run, because `getNode()` copies the node. */
const resultByRun = new WeakMap<IExecuteFunctions, boolean>();

/**
 * Whether an agent runs the node. n8n's engine runs tools like other nodes, and only some of its
 * contexts report a tool execution, so the type of the node is checked as well.
 */
export function isAgentTool(context: IExecuteFunctions): boolean {
	const isTool =
		resultByRun.get(context) ??
		((context.isToolExecution?.() ?? false) || TOOL_SUFFIX.test(context.getNode().type));
	resultByRun.set(context, isTool);
	return isTool;
}
