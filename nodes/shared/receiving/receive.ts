import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { redactor } from '../errors/redact';
import type { EventName, RawPostback } from '../model/event';
import type { Postbacks } from '../provider/provider';
import { MEGABYTE, readBody, readQuery } from './body';
import { completeEvent, parseEvents } from './readEvents';
import { respond, respondWithError } from './respond';
import {
	additionalFieldsOf,
	isIgnoredWord,
	passesStatus,
	selectedEvents,
} from './triggerParameters';

/**
 * Receives one postback: verifies it, reads its events, outputs those that the user selected, and
 * responds. The status is 401 without a valid token, 413 for a body that is too large, 415 for an
 * unsupported encoding, 400 for a body that cannot be read, and 200 otherwise.
 *
 * With `whenStored`, n8n responds once the execution is stored, or with 500 if it cannot be
 * stored, so that the provider tries again. With `atOnce`, the node responds before that.
 */
export async function receive(
	context: IWebhookFunctions,
	{ name, postbacks }: { name: string; postbacks: Postbacks },
): Promise<IWebhookResponseData> {
	const secrets = await postbacks.verification.secretsOf(context);
	if (!secrets) return respondWithError(context, 401, 'The token is missing or wrong');

	const fields = additionalFieldsOf(context);
	let postback: RawPostback;
	try {
		const maxBytes = maxBodyBytes(fields);
		postback = postbacks.method === 'GET' ? readQuery(context) : await readBody(context, maxBytes);
	} catch (error) {
		const { httpStatus, status = httpStatus } = error as { status?: number; httpStatus?: number };
		const responseStatus = status === 413 || status === 415 ? status : 400;
		return respondWithError(context, responseStatus, 'The body could not be read');
	}

	const selected = selectedEvents(context);
	const isSelected = (event: EventName) => selected?.includes(event) ?? true;
	const receivedAt = new Date().toISOString();
	const events = parseEvents(postbacks.read, postback)
		.filter(({ event }) => isSelected(event) || postbacks.bypassesEventFilter !== undefined)
		.map((parsed) => completeEvent(name, receivedAt, parsed))
		.filter((event) => isSelected(event.event) || postbacks.bypassesEventFilter?.(event))
		.filter((event) => passesStatus(fields.status, event))
		.filter((event) => !isIgnoredWord(fields.ignoreSystemWords, event))
		.filter((event) => postbacks.accepts?.(context, event) ?? true);
	if (events.length === 0) return respond(context, 200, postbacks.response);

	const redact = redactor(secrets);
	const items = events.map((event) => ({ json: redact(event as unknown as IDataObject) }));
	const { answer } = fields as { answer?: string };
	const isAtOnce = (answer ?? postbacks.respond) === 'atOnce';
	return { ...(isAtOnce && respond(context, 200, postbacks.response)), workflowData: [items] };
}

/** Largest Body (MB) in bytes. */
function maxBodyBytes({ maxBodySize }: IDataObject): number {
	const megabytes = Number(maxBodySize ?? 1);
	return (megabytes >= 1 ? Math.min(megabytes, 16) : 1) * MEGABYTE;
}
