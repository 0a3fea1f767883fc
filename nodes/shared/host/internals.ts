import type { IExecuteFunctions, IHookFunctions, INode, IRunExecutionData } from 'n8n-workflow';

/** Shows a hint beside the output of the node. Versions of n8n without hints show none. */
export function addHint(context: IExecuteFunctions, message: string): void {
	context.addExecutionHints?.({ message, type: 'info', location: 'outputPane' });
}

/**
 * Members of n8n's contexts that are not in the interface for nodes. Another version of n8n may not
 * have them, so the code that reads them must also work without them.
 */
interface ContextInternals {
	/** In executions: the workflow that n8n stores with the execution. */
	workflow?: { nodes?: Record<string, INode> };
	/** In executions and in webhooks that resume one: all data of the execution. */
	runExecutionData?: IRunExecutionData | null;
	/** The run of the node whose data expressions read. */
	runIndex?: number;
	/** In executions: the items whose `json` is the `$json` of expressions. */
	connectionInputData?: ReadonlyArray<{ json?: unknown } | undefined>;
	additionalData?: {
		webhookBaseUrl?: string;
		credentialsHelper?: object;
		/** In sub-workflows: the mode of the execution that started them. */
		rootExecutionMode?: string;
	};
}

/** A context of n8n, typed with the members that its interface leaves out. */
export function internalsOf(context: object): ContextInternals {
	return context;
}

/**
 * The `$json` of an item's expressions: n8n reads it from the same list (WorkflowDataProxy in
 * n8n-workflow). Undefined if this n8n has no such list.
 */
export function expressionData(context: IExecuteFunctions, index: number): unknown {
	return internalsOf(context).connectionInputData?.[index]?.json;
}

/** Whether this activation is a test run from the editor, with the test URL. */
export function isTestRun(context: IHookFunctions): boolean {
	return context.getActivationMode() === 'manual' || context.getMode() === 'manual';
}
