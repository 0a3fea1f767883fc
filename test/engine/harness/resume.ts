import { createRunExecutionData } from 'n8n-workflow';
import type { INode, IWebhookFunctions } from 'n8n-workflow';
import { Cdyne } from '../../../nodes/Cdyne/Cdyne.node';
import type { Sandbox } from '../../../sandbox';
import { GOOD_STANDING } from '../../../sandbox/cdyne/settings';
import type { RunResult } from './engine';

/** Calls the node's `webhook()` as n8n does for a suspended execution. */
export async function resume(
	sandbox: Sandbox,
	result: RunResult,
	body: string,
	more: { name?: string; type?: string; nodeType?: typeof Cdyne } = {},
) {
	const node = {
		...(result.workflow.getNode('Node') as INode),
		...(more.name && { name: more.name }),
	};
	const runExecutionData = createRunExecutionData({ executionData: result.run.data.executionData });
	const contexts = runExecutionData.executionData?.contextData ?? {};
	if (more.name) contexts[`node:${more.name}`] = contexts['node:Node'];
	const context = {
		runExecutionData,
		getNode: () => node,
		getNodeParameter: (name: string) => node.parameters[name],
		getHeaderData: () => ({ 'content-type': more.type ?? 'application/x-www-form-urlencoded' }),
		getQueryData: () => ({}),
		getRequestObject: () => ({ rawBody: Buffer.from(body) }),
		evaluateExpression: () => {
			throw new Error('not needed');
		},
		getCredentials: async () => ({
			baseUrl: `${sandbox.url}/cdyne/Messaging.svc`,
			licenseKey: GOOD_STANDING,
		}),
		getSignedResumeUrl: () => `${sandbox.url}/nobody`,
		helpers: { httpRequest: async () => ({ statusCode: 500, headers: {}, body: '' }) },
		logger: { warn: () => {} },
	} as unknown as IWebhookFunctions;
	const { workflowData } = await new (more.nodeType ?? Cdyne)().webhook.call(context);
	return workflowData?.map((items) => items.map(({ json }) => json));
}
