import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** What is answered to a request. */

export interface Reply {
	body: string;
	type: string;
}

/** What most providers want to hear. */
export const OK: Reply = { body: 'OK', type: 'text/plain' };

/** Answers in place of n8n. */
export function end(
	context: IWebhookFunctions,
	status: number,
	{ body, type }: Reply,
): IWebhookResponseData {
	context.getResponseObject().status(status).type(type).send(body);
	return { noWebhookResponse: true };
}

/** The same for a request that is not taken. @param why for whoever looks into it */
export function refuse(
	context: IWebhookFunctions,
	status: number,
	why: string,
): IWebhookResponseData {
	return end(context, status, { body: why, type: 'text/plain' });
}
