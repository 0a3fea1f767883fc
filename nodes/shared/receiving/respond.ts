import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { PostbackResponse } from '../provider/provider';

/** Responds in place of n8n. */
export function respond(
	context: IWebhookFunctions,
	status: number,
	{ body, type }: PostbackResponse,
): IWebhookResponseData {
	context.getResponseObject().status(status).type(type).send(body);
	return { noWebhookResponse: true };
}

/** Responds to a request that is rejected. @param reason the body, for people who debug it */
export function respondWithError(
	context: IWebhookFunctions,
	status: number,
	reason: string,
): IWebhookResponseData {
	return respond(context, status, { body: reason, type: 'text/plain' });
}
