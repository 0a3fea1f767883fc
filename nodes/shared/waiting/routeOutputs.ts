import type { INodeExecutionData, INodeTypeDescription } from 'n8n-workflow';
import type { Redact } from '../errors/redact';
import { HOST_ROUTES_OUTPUTS } from '../host/capabilities';
import type { Output } from '../model/output';

/** The outputs of a node whose operations may wait: three while one of those is chosen. */
export const waitOutputs: INodeTypeDescription['outputs'] = HOST_ROUTES_OUTPUTS
	? `={{ $parameter["operation"] === "sendAndWait" ? ${outputsNamed('Replied')} : $parameter["operation"] === "sendAndWaitForDelivery" ? ${outputsNamed('Delivered')} : ["main"] }}`
	: '={{ ["main"] }}';

function outputsNamed(success: string): string {
	const outputs = [success, 'Failed', 'Timed Out'].map((displayName) => ({
		type: 'main',
		displayName,
	}));
	return JSON.stringify(outputs);
}

/**
 * The index of the output of an outcome.
 *
 * @param asTool an agent uses the node as a tool, and reads the first output only
 */
export function outputOf(outcome: string, asTool: boolean): number {
	if (!HOST_ROUTES_OUTPUTS || asTool) return 0;
	return outcome === 'failed' ? 1 : outcome === 'timedOut' ? 2 : 0;
}

/** Groups outputs by the node output they belong to, as n8n expects them. */
export function routeOutputs(
	outputs: Output[],
	redact: Redact = (value) => value,
): INodeExecutionData[][] {
	const lastOutput = outputs.reduce((max, { output = 0 }) => Math.max(max, output), 0);
	return Array.from({ length: lastOutput + 1 }, (_, index) =>
		outputs
			.filter(({ output = 0 }) => output === index)
			.map(({ json }) => ({ json: redact(json), pairedItem: { item: 0 } })),
	);
}
