import type { INodeExecutionData } from 'n8n-workflow';
import type { Redact } from '../errors/redact';
import type { Output } from '../model/output';

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
