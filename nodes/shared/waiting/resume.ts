import {
	type INode,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeHelpers,
} from 'n8n-workflow';
import { internalsOf } from '../host/internals';
import type { Output } from '../model/output';
import type { Postbacks } from '../provider/provider';
import type { SuspendedWait, ResumeContext, ResumeRule } from '../provider/waitStrategy';
import { MEGABYTE, readBody } from '../receiving/body';
import { readEvents } from '../receiving/readEvents';
import { respondWithError } from '../receiving/respond';
import { hasResumeKey } from './resumeUrl';
import { routeOutputs } from './routeOutputs';
import { parseLookupRequest } from './scheduleLookups';

/** The part of a provider that resuming needs. */
interface Resumable {
	name: string;
	operations: ReadonlyArray<{ operation: string; wait?: ResumeRule }>;
	postbacks: Pick<Postbacks, 'read'>;
}

/** The `webhooks` in the description of a node that waits. */
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
 * Reads the stored wait from the node's context. Webhook functions give no access to that context,
 * so it is taken from the execution. If the execution is not available, an expression that names
 * the node reads the context.
 */
function readSuspendedWait(context: IWebhookFunctions): SuspendedWait | undefined {
	const { runExecutionData } = internalsOf(context);
	const node: INode = context.getNode();
	if (runExecutionData) {
		return NodeHelpers.getContext(runExecutionData, 'node', node).suspended as
			| SuspendedWait
			| undefined;
	}
	const name = JSON.stringify(node.name);
	const text = context.evaluateExpression(`{{ JSON.stringify($node[${name}].context.suspended) }}`);
	return typeof text === 'string' ? (JSON.parse(text) as SuspendedWait) : undefined;
}

/**
 * The `webhook()` of a node that waits. It never throws, because n8n would then resume with an
 * empty item.
 *
 * @returns the items to resume with; without items, the node keeps waiting
 */
export async function resume(
	context: IWebhookFunctions,
	provider: Resumable,
): Promise<IWebhookResponseData> {
	try {
		const suspended = readSuspendedWait(context);
		if (!hasResumeKey(context, suspended)) {
			return respondWithError(context, 401, 'The key is missing or wrong');
		}
		const outputs = await outputsFor(context, suspended, provider);
		return outputs ? { workflowData: routeOutputs(outputs) } : {};
	} catch {
		const { name } = context.getNode();
		context.logger.warn(
			`"${name}" keeps waiting: a request to its resume URL could not be processed`,
		);
		return {};
	}
}

async function outputsFor(
	context: IWebhookFunctions,
	suspended: SuspendedWait | undefined,
	{ name, operations, postbacks }: Resumable,
): Promise<Output[] | undefined> {
	const chosen = context.getNodeParameter('operation');
	const rule = operations.find(({ operation, wait }) => wait && operation === chosen)?.wait;
	if (!rule || !suspended) return undefined;
	const resumeContext: ResumeContext = { context, ...suspended };
	const postback = await readBody(context, MEGABYTE);
	const lookupRequest = parseLookupRequest(postback.text);
	if (lookupRequest) {
		// ignored if an earlier wait of this execution scheduled it: that wait had another limit
		return lookupRequest.waitId === resumeContext.waitId
			? await rule.onLookUp?.(resumeContext, lookupRequest.last)
			: undefined;
	}
	const source = { provider: name, read: postbacks.read };
	return await rule.onEvents(resumeContext, readEvents(source, postback, new Date().toISOString()));
}
