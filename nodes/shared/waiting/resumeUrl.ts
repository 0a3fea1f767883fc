import { randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { secretsEqual } from '../credentials/postbackToken';
import { maskUrlSecrets, type Redact, redactor } from '../errors/redact';
import type { SuspendedWait } from '../provider/waitStrategy';

/** The name of the query parameter. */
const KEY = 'key';

/** The query parameters of resume URLs that are secret: n8n's own, and the key. */
const SECRET_PARAMETERS = ['signature', KEY];

/** The key of the execution: all its waits have the same resume URL. */
function keyOf(context: IExecuteFunctions): string {
	const store = context.getContext('node') as { waitKey?: string };
	store.waitKey ??= randomUUID();
	return store.waitKey;
}

/**
 * The URL at which a postback resumes this execution. n8n 2 puts a token into it and verifies that.
 * n8n 1 does not, and execution numbers are easily guessed, so the URL gets a key there.
 */
export function resumeUrl(context: IExecuteFunctions): string {
	const url = new URL(String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${context.getNode().id}`;
	if (url.search === '') url.searchParams.set(KEY, keyOf(context));
	return maskUrlSecrets(context, url.toString(), SECRET_PARAMETERS);
}

/** The same for an operation that n8n knows as a Send and Wait, whose URL it signs itself. */
export function signedResumeUrl(context: IExecuteFunctions | IWebhookFunctions): string {
	return maskUrlSecrets(context, context.getSignedResumeUrl());
}

/** A function that masks the secrets of the URL that a request was posted to. */
export function redactorOfRequest(context: IWebhookFunctions): Redact {
	const query = context.getQueryData() as IDataObject;
	const values = SECRET_PARAMETERS.flatMap((name) => query[name] ?? []);
	return redactor(values.filter((value) => typeof value === 'string'));
}

/** Whether a request has the key of the wait; true if the wait has none. */
export function hasResumeKey(context: IWebhookFunctions, suspended?: SuspendedWait): boolean {
	if (suspended?.key === undefined) return true;
	const received = (context.getQueryData() as IDataObject)[KEY];
	return typeof received === 'string' && secretsEqual(received, suspended.key);
}
