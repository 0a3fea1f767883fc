import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { fail } from './errors';
import { addHint } from './hint';
import type { Item } from './item';

/** Sends that nothing can be looked up by, in an execution that n8n repeats. */

export const notOnRetryOption: INodeProperties = {
	displayName: 'Send Only in the First Run',
	name: 'notOnRetry',
	type: 'boolean',
	default: false,
	description:
		'Whether to send nothing when an execution is retried. What the execution had sent before it failed or crashed cannot be looked up, so a retry may text people again; with this option such items end in an error instead.',
};

/** Runs that have been told. */
const told = new WeakSet<IExecuteFunctions>();

/**
 * Says, in a retry of an execution, that the message may be out already, or refuses to send it
 * where the user wants that.
 *
 * @throws Failure of kind `ambiguous`
 */
export function checkRetry(item: Item): void {
	const { context } = item;
	if (context.getMode() !== 'retry') return;
	if (item.flagOption('notOnRetry')) {
		fail({
			kind: 'ambiguous',
			message:
				'This execution is a retry, and Send Only in the First Run is on. The message may have gone out in the execution that is repeated',
			description:
				'Look at the provider’s log or at the handset. To send it all the same, start a new execution or turn the option off.',
		});
	}
	if (told.has(context)) return;
	told.add(context);
	addHint(
		context,
		'This execution is a retry. What the execution before it had sent cannot be looked up, so people may have been texted again. The option Send Only in the First Run, where the node has it, turns such items into errors.',
	);
}
