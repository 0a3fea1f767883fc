import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { MEGABYTE, readBody, readQuery } from './body';
import type { RawPostback } from './body';
import { postbackEvent, readKnown } from './event';
import type { Postbacks } from './postbacks';
import { redactor } from './redact';
import { end, refuse } from './reply';
import { passesStatus } from './statusFilter';

/**
 * Receives one postback: verifies it, reads the events, drops what the user did not select, and
 * answers. A refused postback gets 401, one that is too large 413, one in an encoding that nobody
 * reads 415, everything else 200.
 *
 * With `answer: whenStored` n8n answers once the execution is stored and with 500 when it could
 * not be, so that the provider tries again; with `atOnce` the node answers before that.
 */
export async function receive(
	context: IWebhookFunctions,
	{ name, postbacks }: { name: string; postbacks: Postbacks },
): Promise<IWebhookResponseData> {
	const secrets = await postbacks.verification.secretsOf(context);
	if (!secrets) return refuse(context, 401, 'The token is missing or wrong');

	const fields = context.getNodeParameter('additionalFields', {}) as IDataObject;
	let postback: RawPostback;
	try {
		postback =
			postbacks.method === 'GET' ? readQuery(context) : await readBody(context, mostBytes(fields));
	} catch (error) {
		const { httpStatus, status = httpStatus } = error as { status?: number; httpStatus?: number };
		const known = status === 413 || status === 415 ? status : 400;
		return refuse(context, known, 'The body could not be read');
	}

	const selected = new Set(context.getNodeParameter('events', []) as string[]);
	const receivedAt = new Date().toISOString();
	const events = readKnown(postbacks.read, postback)
		.filter(({ event }) => selected.has(event) || postbacks.isUnnamed !== undefined)
		.map((known) => postbackEvent(name, receivedAt, known))
		.filter((event) => selected.has(event.event) || postbacks.isUnnamed?.(event))
		.filter((event) => passesStatus(fields.status, event))
		.filter((event) => postbacks.accepts?.(context, event) ?? true);
	if (events.length === 0) return end(context, 200, postbacks.reply);

	const redact = redactor(secrets);
	const items: INodeExecutionData[] = events.map((event) => ({
		json: redact(event as unknown as IDataObject),
	}));
	const { answer } = fields as { answer?: string };
	const isAtOnce = (answer ?? postbacks.answer) === 'atOnce';
	return { ...(isAtOnce && end(context, 200, postbacks.reply)), workflowData: [items] };
}

/** Largest Body, in bytes. */
function mostBytes({ maxBodySize }: IDataObject): number {
	const megabytes = Number(maxBodySize ?? 1);
	return (megabytes >= 1 ? Math.min(megabytes, 16) : 1) * MEGABYTE;
}
