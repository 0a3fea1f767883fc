import type { INodeProperties } from 'n8n-workflow';
import { throwFailure, throwInvalidInput } from '../errors/failure';
import type { Item } from '../input/item';
import { moreOn } from '../input/pages';

/** Options of sends that are about sending nothing twice. */

/** For sends whose messages can be looked up by a reference. */
export const sendOnceOptions: INodeProperties[] = [
	{
		displayName: 'Send Again If Not Found',
		name: 'sendAgainIfNotFound',
		type: 'boolean',
		default: false,
		description:
			'Whether to send the message once more if the response is lost and the provider does not know the reference of the message. Without this option, such an item fails.',
	},
	{
		displayName: 'Skip If Reference Exists',
		name: 'skipIfReferenceExists',
		type: 'boolean',
		default: false,
		description: `Whether to look up the reference first, and to return the message that carries it instead of sending another one. A good reference names what the text is about, such as the number and the state of an order. It must not contain the time of the run. ${moreOn('duplicates')}.`,
	},
];

/**
 * @param hasReference whether the message has a reference of the user that can be looked up
 * @throws Failure if Skip If Reference Exists is on without one
 */
export function requireReference(item: Item, hasReference: boolean): void {
	if (hasReference || !item.flagOption('skipIfReferenceExists')) return;
	throwInvalidInput(
		'Skip If Reference Exists is on, but the message has no reference',
		'Set the reference in the options, or turn Skip If Reference Exists off. If the reference is an expression, check its value.',
	);
}

/** For sends whose messages cannot be looked up. */
export const notOnRetryOption: INodeProperties = {
	displayName: 'Send Only in the First Run',
	name: 'notOnRetry',
	type: 'boolean',
	default: false,
	description: `Whether to send nothing when an execution is retried. Messages that were sent before the execution failed or crashed cannot be looked up, so a retry may text people again. With this option, the items of a retry fail instead. ${moreOn('duplicates')}.`,
};

/** @throws Failure in a retry if Send Only in the First Run is on */
export function rejectSecondRun(item: Item): void {
	if (!item.flagOption('notOnRetry')) return;
	throwFailure({
		kind: 'ambiguous',
		message:
			'This execution is a retry, and Send Only in the First Run is on. The message may have been sent in the execution that is retried',
		description:
			'Check the provider’s log or the handset. To send it anyway, start a new execution or turn the option off.',
	});
}
