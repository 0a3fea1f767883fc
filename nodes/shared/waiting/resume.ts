import {
	type INode,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeHelpers,
} from 'n8n-workflow';
import { internalsOf } from '../host/internals';
import type { RawPostback } from '../model/event';
import type { Output } from '../model/output';
import type { Postbacks } from '../provider/provider';
import type { SuspendedWait, ResumeContext, ResumeRule } from '../provider/waitStrategy';
import { MEGABYTE, readBody } from '../receiving/body';
import { readEvents } from '../receiving/readEvents';
import { respondWithError } from '../receiving/respond';
import { parseHandedOn } from './openQuestions';
import { hasResumeKey, redactorOfRequest } from './resumeUrl';
import { routeOutputs } from './routeOutputs';
import { parseLookupRequest, WAIT_HAS_ENDED } from './scheduleLookups';

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
		const redact = redactorOfRequest(context);
		const postback = await readBody(context, MEGABYTE);
		const lookup = parseLookupRequest(postback.text);
		// scheduled by an earlier wait of this execution, which had another limit
		if (lookup && lookup.waitId !== suspended?.waitId) {
			return respondWithError(context, WAIT_HAS_ENDED, 'The wait has ended');
		}
		if (lookup?.probe) return {};
		const handedOn = parseHandedOn(postback.text);
		const outputs = await outputsFor({ context, suspended, provider, postback, lookup, handedOn });
		return outputs ? { workflowData: routeOutputs(outputs, redact) } : {};
	} catch {
		const { name } = context.getNode();
		context.logger.warn(
			`"${name}" keeps waiting: a request to its resume URL could not be processed`,
		);
		return {};
	}
}

interface ResumeRequest {
	context: IWebhookFunctions;
	suspended: SuspendedWait | undefined;
	provider: Resumable;
	postback: RawPostback;
	lookup: ReturnType<typeof parseLookupRequest>;
	handedOn: ReturnType<typeof parseHandedOn>;
}

async function outputsFor({
	context,
	suspended,
	provider: { name, operations, postbacks },
	postback,
	lookup,
	handedOn,
}: ResumeRequest): Promise<Output[] | undefined> {
	const chosen = context.getNodeParameter('operation');
	const rule = operations.find(({ operation, wait }) => wait && operation === chosen)?.wait;
	if (!rule || !suspended) return undefined;
	const resumeContext: ResumeContext = { context, ...suspended };
	if (lookup) return await rule.onLookUp?.(resumeContext, lookup.last);
	if (handedOn) return await rule.onEvents(resumeContext, [handedOn]);
	const source = { provider: name, read: postbacks.read };
	return await rule.onEvents(resumeContext, readEvents(source, postback, new Date().toISOString()));
}
