import { randomUUID } from 'crypto';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	ITaskDataConnectionsSource,
} from 'n8n-workflow';
import { lookAgain } from './lookAgain';
import { keepBodyRaw } from './rawBody';
import type { Redact } from './redact';
import { routed } from './wait';
import type { Parked, Parking } from './wait';

/**
 * Parking an execution until a postback ends the wait. n8n stores the parked execution, so that it
 * survives a restart; a postback to its resume address runs `webhook()` of the node (resume.ts). When
 * the limit comes first, n8n skips the node and passes on what was laid out for that case while
 * parking.
 */

/** Parks the execution. @returns what the node shows while it waits */
export async function park(
	context: IExecuteFunctions,
	{ state, until, atLimit, meanwhile, lookUpAt, names = {} }: Parking,
	redact: Redact,
): Promise<INodeExecutionData[][]> {
	const store = context.getContext('node') as { parked?: Parked; waitKey?: string };
	const wait = randomUUID();
	const { waitKey } = store;
	store.parked = { wait, state: redact(state), ...(waitKey && { key: waitKey }) };

	// n8n skips this node at the limit and passes on its input, which is laid out here
	const entry = context.getExecuteData();
	keepBodyRaw(context, entry);
	const leaving = routed(atLimit, redact);
	if (entry.data.main) entry.data.main = leaving;
	entry.metadata = { ...entry.metadata, forwardAllOutputs: true } as typeof entry.metadata;
	// n8n switches the node of the entry off when it resumes, and other entries share that object;
	// one item always leaves, so that Always Output Data has nothing to add
	entry.node = { ...entry.node, alwaysOutputData: false };
	entry.source = sourceOf(entry.source, leaving.length);
	nameExecution(context, names);

	await context.putExecutionToWait(until);
	if (lookUpAt) lookAgain(context, { url: lookUpAt, wait, until });
	return routed(meanwhile, redact);
}

/**
 * n8n takes the output that an item leaves by for an input of the node when it looks for the item
 * that it came from: so each output has the source of the one input there is.
 */
function sourceOf(
	source: ITaskDataConnectionsSource | null,
	outputs: number,
): ITaskDataConnectionsSource | null {
	const [first] = source?.main ?? [];
	if (!source || !first) return source;
	return { ...source, main: Array.from({ length: outputs }, () => first) };
}

/** Puts names into the execution's custom data, by which n8n's list of executions can be searched. */
function nameExecution(context: IExecuteFunctions, names: Record<string, string | null>): void {
	try {
		for (const [key, value] of Object.entries(names)) {
			if (value) context.customData.set(key, value);
		}
	} catch {
		// an older n8n, or a run that keeps none: the execution has no name then
	}
}
