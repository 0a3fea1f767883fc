import { NodeHelpers } from 'n8n-workflow';
import type {
	INode,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { MEGABYTE, readBody } from './body';
import { readEvents } from './event';
import type { Output } from './item';
import { ownRequest } from './lookAgain';
import type { Postbacks } from './postbacks';
import type { Redact } from './redact';
import { refuse } from './reply';
import { hasKey } from './resumeAddress';
import { routed } from './wait';
import type { Parked, Waiting, WaitRule } from './wait';
import { inside } from './inside';

/** Going on with a parked execution when something arrives for it. */

/** What of a provider it takes. */
interface Resumable {
	name: string;
	operations: ReadonlyArray<{ operation: string; wait?: WaitRule }>;
	postbacks: Pick<Postbacks, 'read'>;
}

/** What a node that waits puts into `webhooks` of its description. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: 'OK',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	},
];

/**
 * What was kept while parking. A webhook has no way of its own to the node's context, so it is read
 * from the execution, or, where a host keeps that elsewhere, by an expression that names the node.
 */
function parkedState(context: IWebhookFunctions): Parked | undefined {
	const { runExecutionData } = inside(context);
	const node: INode = context.getNode();
	if (runExecutionData) {
		return NodeHelpers.getContext(runExecutionData, 'node', node).parked as Parked | undefined;
	}
	const name = JSON.stringify(node.name);
	const text = context.evaluateExpression(`{{ JSON.stringify($node[${name}].context.parked) }}`);
	return typeof text === 'string' ? (JSON.parse(text) as Parked) : undefined;
}

/**
 * `webhook()` of a node that waits: goes on with items, or answers and keeps waiting. Nothing is
 * thrown, whatever arrives: n8n would go on with an empty item.
 */
export async function resume(
	context: IWebhookFunctions,
	provider: Resumable,
): Promise<IWebhookResponseData> {
	try {
		const parked = parkedState(context);
		if (!hasKey(context, parked)) return refuse(context, 401, 'The key is missing or wrong');
		const outputs = await outputsFor(context, parked, provider);
		if (!outputs) return {};
		const keep: Redact = (value) => value;
		return { workflowData: routed(outputs, keep) };
	} catch {
		const { name } = context.getNode();
		context.logger.warn(`"${name}" keeps waiting: something that came could not be worked off`);
		return {};
	}
}

async function outputsFor(
	context: IWebhookFunctions,
	parked: Parked | undefined,
	{ name, operations, postbacks }: Resumable,
): Promise<Output[] | undefined> {
	const chosen = context.getNodeParameter('operation');
	const rule = operations.find(({ operation, wait }) => wait && operation === chosen)?.wait;
	if (!rule || !parked) return undefined;
	const waiting: Waiting = { context, ...parked };
	const postback = await readBody(context, MEGABYTE);
	const mine = ownRequest(postback.text);
	if (mine) {
		// one that was asked for by an earlier wait of this execution knows nothing of this limit
		return mine.wait === waiting.wait ? await rule.onLookUp?.(waiting, mine.last) : undefined;
	}
	const source = { provider: name, read: postbacks.read };
	return await rule.onEvents(waiting, readEvents(source, postback, new Date().toISOString()));
}
