import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { throwFailure } from '../errors/failure';
import { addHint } from '../host/internals';
import type { Item } from '../input/item';

/** Retries of an execution, for sends whose earlier messages cannot be looked up. */

export const notOnRetryOption: INodeProperties = {
	displayName: 'Send Only in the First Run',
	name: 'notOnRetry',
	type: 'boolean',
	default: false,
	description:
		'Whether to send nothing when an execution is retried. Messages that were sent before the execution failed or crashed cannot be looked up, so a retry may text people again. With this option, the items of a retry fail instead.',
};

/** Runs that already have the hint. */
const hintedRuns = new WeakSet<IExecuteFunctions>();

/**
 * Adds a hint, in a retry of an execution, that the message may have been sent before.
 *
 * @throws Failure of kind `ambiguous` in a retry with Send Only in the First Run
 */
export function checkExecutionRetry(item: Item): void {
	const { context } = item;
	if (context.getMode() !== 'retry') return;
	if (item.flagOption('notOnRetry')) {
		throwFailure({
			kind: 'ambiguous',
			message:
				'This execution is a retry, and Send Only in the First Run is on. The message may have been sent in the execution that is retried',
			description:
				'Check the provider’s log or the handset. To send it anyway, start a new execution or turn the option off.',
		});
	}
	if (hintedRuns.has(context)) return;
	hintedRuns.add(context);
	addHint(
		context,
		'This execution is a retry. Messages that the retried execution had sent cannot be looked up, so people may have been texted again. With the option Send Only in the First Run, if the node has it, a retry sends nothing and its items fail.',
	);
}
