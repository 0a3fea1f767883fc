import { randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { sameSecret } from './secret';
import type { Parked } from './wait';

/** The address of a wait, and who may post to it. */

/** By which a parked execution knows who was given its address, where n8n does not. */
const KEY = 'key';

function keyOf(context: IExecuteFunctions): string {
	const store = context.getContext('node') as { waitKey?: string };
	store.waitKey ??= randomUUID();
	return store.waitKey;
}

/**
 * The address at which a postback resumes this execution. n8n checks the token in it; n8n 1 puts
 * none there, and the number of an execution is easily guessed, so it gets a key of ours.
 */
export function resumeAddress(context: IExecuteFunctions): string {
	const url = new URL(String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${context.getNode().id}`;
	if (url.search === '') url.searchParams.set(KEY, keyOf(context));
	return url.toString();
}

/** Whether a request has the key of the wait, if that has one. */
export function hasKey(context: IWebhookFunctions, parked: Parked | undefined): boolean {
	if (parked?.key === undefined) return true;
	const given = (context.getQueryData() as IDataObject)[KEY];
	return typeof given === 'string' && sameSecret(given, parked.key);
}
