import type { IExecuteFunctions } from 'n8n-workflow';

/** Shows a note beside the node's output; an n8n too old for that leaves it out. */
export function addHint(context: IExecuteFunctions, message: string): void {
	context.addExecutionHints?.({ message, type: 'info', location: 'outputPane' });
}
