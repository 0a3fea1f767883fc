import { WorkflowExecute } from 'n8n-core';
import type { ExecutionLifecycleHooks } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type { IDataObject, INode, INodeParameters, IRun } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { additionalDataFor, workflowWith } from '../harness/engine';
import { until } from '../harness/until';
import { PROVIDERS, runProvider } from '../tables/operations';

/** Cancel in n8n's engine: n8n stores the execution at once, while the node is still sending. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const A = '17575550142';
const B = '17575550143';

interface Retry {
	/** What n8n has stored of the execution that is retried. */
	contextData?: object;
	/** When n8n cancels the retry. */
	cancelWhen?(): boolean;
}

/** Retries an execution. @returns what n8n stores of the retry, once it has ended or was cancelled */
async function retry(parameters: INodeParameters, { contextData = {}, cancelWhen }: Retry = {}) {
	const { node, credentials } = PROVIDERS.cdyne;
	const workflow = workflowWith({
		node,
		parameters,
		credentials: credentials(sandbox.url),
		settings: { onError: 'continueRegularOutput' },
	});
	const start = workflow.getNode('Start') as INode;
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [[{ json: {} }]] }, source: null }],
			contextData: contextData as never,
		},
		resumeToken: 'token',
	});
	const additionalData = additionalDataFor(credentials(sandbox.url));
	const stored = new Promise<IRun>((resolve) => {
		const hooks = additionalData.hooks as ExecutionLifecycleHooks;
		hooks.addHandler('workflowExecuteAfter', (run) =>
			resolve(JSON.parse(JSON.stringify(run)) as IRun),
		);
	});
	const execution = new WorkflowExecute(additionalData, 'retry', data);
	const running = execution.processRunExecutionData(workflow);
	if (cancelWhen) {
		await until(cancelWhen);
		running.cancel();
	}
	await running.catch(() => undefined);
	const { resultData, executionData } = (await stored).data;
	const items = resultData.runData.Node?.at(-1)?.data?.main[0] ?? [];
	return {
		json: items.map((item): IDataObject => item.json),
		contextData: executionData?.contextData,
	};
}

it('a retry that is cancelled while it sends to the second recipient: the next retry has a result for both', async () => {
	const send = { resource: 'message', operation: 'send', message: 'Hi' };
	const options = { referenceId: 'r' };
	// the execution crashed after the message to A was accepted
	await runProvider('cdyne', sandbox, { ...send, to: A, options });
	// the message to B is accepted, but n8n cancels the retry before the response
	const fault = sandbox.faults.add({ kind: 'hang', when: 'after', operation: 'AdvancedSMSsend' });
	const parameters = { ...send, to: `${A},${B}`, options };
	const { contextData } = await retry(parameters, { cancelWhen: () => fault.struck > 0 });
	await until(() => sandbox.requests.underWay('cdyne') === 0);
	const { json } = await retry(parameters, { contextData });
	expect(JSON.stringify(json)).toContain(B);
});
