import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { internalsOf } from './internals';

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
 *
 * @param node the node, if it has been read already
 */
export function isAgentTool(context: IExecuteFunctions, node?: INode): boolean {
	const isTool =
		resultByRun.get(context) ??
		((context.isToolExecution?.() ?? false) || TOOL_SUFFIX.test((node ?? context.getNode()).type));
	resultByRun.set(context, isTool);
	return isTool;
}

/**
 * Whether n8n runs the tool in its own process, inside the node that calls it: for agents before
 * version 3, sub-agents, and the MCP Server Trigger. Its engine runs all other tools like any node.
 */
export function runsInsideCaller(context: IExecuteFunctions): boolean {
	return context.isToolExecution?.() ?? false;
}

/**
 * Makes the parameters of a tool inside its caller those of this call. If an agent processes several
 * items at the same time, n8n gives their calls the same run index, and `$fromAI()` reads the
 * arguments of the first call for all of them: one person would get the texts of the others. The
 * right run is the one whose input is the input of this call.
 */
export function useOwnArguments(context: IExecuteFunctions): void {
	if (!runsInsideCaller(context)) return;
	const internals = internalsOf(context);
	const [own] = context.getInputData();
	const runData = internals.runExecutionData?.resultData.runData ?? {};
	const { name } = context.getNode();
	const runs = Object.hasOwn(runData, name) ? runData[name] : [];
	const index = runs.findIndex(
		(run) => own !== undefined && run?.inputOverride?.ai_tool?.[0]?.[0] === own,
	);
	if (index >= 0) internals.runIndex = index;
}
