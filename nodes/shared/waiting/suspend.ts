import { randomUUID } from 'crypto';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	ITaskDataConnectionsSource,
} from 'n8n-workflow';
import type { Redact } from '../errors/redact';
import { keepBodyRaw } from '../host/rawBody';
import type { SuspendedWait, SuspensionPlan } from '../provider/waitStrategy';
import { noteQuestion } from './openQuestions';
import { routeOutputs } from './routeOutputs';
import { scheduleLookups } from './scheduleLookups';

/**
 * Suspends the execution until a postback ends the wait. n8n stores the suspended execution, so it
 * survives a restart. A postback to its resume URL runs the `webhook()` of the node (resume.ts). If
 * the limit passes first, n8n skips the node and passes on its input, which is replaced here by the
 * outputs for that case.
 *
 * @returns the items that the node shows while it waits
 */
export async function suspend(
	context: IExecuteFunctions,
	plan: SuspensionPlan,
	redact: Redact,
): Promise<INodeExecutionData[][]> {
	const store = context.getContext('node') as { suspended?: SuspendedWait; waitKey?: string };
	const { state, until, lookupUrl } = plan;
	const waitId = randomUUID();
	const { waitKey } = store;
	store.suspended = { waitId, state: redact(state), ...(waitKey && { key: waitKey }) };

	const entry = context.getExecuteData();
	keepBodyRaw(context, entry);
	const outputs = routeOutputs(plan.outputsAtLimit, redact);
	if (entry.data.main) entry.data.main = outputs;
	entry.metadata = { ...entry.metadata, forwardAllOutputs: true } as typeof entry.metadata;
	// a copy, because n8n disables the node of the entry when it resumes, and other entries share
	// that object; with Always Output Data n8n would add an empty item to an empty first output
	entry.node = { ...entry.node, alwaysOutputData: false };
	entry.source = sourcePerOutput(entry.source, outputs.length);
	nameExecution(context, plan.executionNames ?? {});

	await context.putExecutionToWait(until);
	if (lookupUrl) {
		const { looksUpOften, question } = plan;
		scheduleLookups(context, { url: lookupUrl, waitId, until, looksUpOften });
		if (question) {
			const { to, code } = question;
			noteQuestion(to, { waitId, url: lookupUrl, code, until: until.getTime() });
		}
	}
	return routeOutputs(plan.outputsWhileWaiting, redact);
}

/**
 * Repeats the source of the node's only input for each output. When n8n looks for the input item of
 * an output item, it takes the index of the output for the index of an input.
 */
function sourcePerOutput(
	source: ITaskDataConnectionsSource | null,
	outputs: number,
): ITaskDataConnectionsSource | null {
	const [first] = source?.main ?? [];
	if (!source || !first) return source;
	return { ...source, main: Array.from({ length: outputs }, () => first) };
}

/** Names the execution in its custom data, by which n8n's list of executions can be searched. */
function nameExecution(context: IExecuteFunctions, names: Record<string, string | null>): void {
	try {
		for (const [key, value] of Object.entries(names)) {
			if (value) context.customData.set(key, value);
		}
	} catch {
		// an older n8n, or a run without custom data: the execution gets no names
	}
}
