import type { IExecuteFunctions } from 'n8n-workflow';
import { internalsOf } from './internals';

/**
 * What the promise to send nothing twice rests on in n8n. None of it is in n8n's documentation, so
 * each is checked when it is used (test/shared/host/execution):
 *
 * - Context data survive the tries of a node and are stored with the execution. Without that, the
 *   next try in the same process notices (`beginTry`) and counts as a retry without a memory.
 * - The run index stays the same for all tries. Without it, all runs are one.
 * - The resume URL has a token that an execution shares with its retries. Without it, generated
 *   references are random, and a retry cannot look messages up by them.
 * - The mode of a retried execution is `retry`, and sub-workflows know the mode of the whole.
 *   Without it, a retry is taken for a new execution. This is the only one that nothing reveals, so
 *   a test in the real n8n looks at it.
 */

/** Data of executions whose context n8n does not provide, such as a call of the MCP Server Trigger. */
const ownStores = new WeakMap<object, object>();

/** What identifies the execution within this process. */
function executionOf(context: IExecuteFunctions): object {
	return internalsOf(context).runExecutionData ?? context;
}

/** Data that all nodes and all tries of an execution share, and that n8n stores with it. */
export function executionStore(context: IExecuteFunctions): Record<string, unknown> {
	try {
		return context.getContext('flow');
	} catch {
		// n8n has no context data for tools outside a workflow run
		const execution = executionOf(context);
		const store = ownStores.get(execution) ?? {};
		ownStores.set(execution, store);
		return store as Record<string, unknown>;
	}
}

const triesSeen = new WeakMap<object, Map<string, number>>();

/**
 * Notes in the execution's data that a try begins.
 *
 * @param tries the stored numbers of tries, by run
 * @returns whether the data of the earlier tries are still there
 */
export function beginTry(
	context: IExecuteFunctions,
	tries: Record<string, number>,
	run: string,
): boolean {
	const execution = executionOf(context);
	const seen = triesSeen.get(execution) ?? new Map<string, number>();
	triesSeen.set(execution, seen);
	const stored = tries[run] ?? 0;
	const isComplete = stored >= (seen.get(run) ?? 0);
	tries[run] = stored + 1;
	seen.set(run, Math.max(stored, seen.get(run) ?? 0) + 1);
	return isComplete;
}

/** The index of the node's run: a loop runs a node several times. */
export function runIndexOf(context: IExecuteFunctions): number {
	try {
		return Number(context.getWorkflowDataProxy(0).$runIndex ?? 0);
	} catch {
		return 0;
	}
}

/** Whether the execution repeats another one: itself, or as a sub-workflow of one that does. */
export function repeatedExecution(context: IExecuteFunctions): 'self' | 'parent' | undefined {
	if (context.getMode() === 'retry') return 'self';
	return internalsOf(context).additionalData?.rootExecutionMode === 'retry' ? 'parent' : undefined;
}

/**
 * When the execution that a retry repeats began, in epoch milliseconds; undefined if n8n does not
 * tell, because it is older, or because it crashed before it stored anything.
 */
export function firstExecutionStart(context: IExecuteFunctions): number | undefined {
	const { establishedAt, source } = context.getExecutionContext?.() ?? {};
	// otherwise it is the start of the retry
	return source === 'retry' ? undefined : establishedAt;
}

/** One token per run: reading it evaluates an expression, which takes about a millisecond. */
const tokens = new WeakMap<IExecuteFunctions, string | undefined>();

/** A text that an execution shares with its retries only; undefined if this n8n has none. */
export function executionToken(context: IExecuteFunctions): string | undefined {
	if (tokens.has(context)) return tokens.get(context);
	let token: string | undefined;
	try {
		const url = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		token = (URL.canParse(url) && new URL(url).search) || undefined;
	} catch {
		// as without a token
	}
	tokens.set(context, token);
	return token;
}
