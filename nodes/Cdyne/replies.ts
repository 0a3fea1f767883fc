import type { IDataObject } from 'n8n-workflow';
import type { ParsedEvent } from '../shared/model/event';
import { accepted, type Outcome } from '../shared/model/outcome';
import { countSegments } from '../shared/model/segments';
import type { ResumeContext } from '../shared/provider/waitStrategy';
import { signedResumeUrl } from '../shared/waiting/resumeUrl';
import type { Asked, HelpText } from '../shared/waiting/waitForReply';
import { type Api, connect } from './api/connection';
import { getIncoming } from './api/incoming';
import { readReplies } from './api/reply';
import { getByReference, getStatus } from './api/status';
import { sendSms } from './api/texts';
import { withOptOut } from './postback';

/** What a wait for a reply asks CDYNE. */

/** Sends the help text once: if CDYNE knows its reference, it was sent before. */
export async function sendHelp(
	{ context }: ResumeContext,
	{ to, from, text, reference }: HelpText,
): Promise<Outcome> {
	const api = await connect(context);
	if ((await getByReference(api, reference)).reports.length > 0) return accepted([]);
	const { segments, encoding } = countSegments(text, true);
	const help = {
		segments,
		encoding,
		number: to,
		reference,
		text,
		...(from && { from }),
		// INFERRED: CDYNE matches the next reply to this text, so it must be posted here too
		statusUrl: signedResumeUrl(context),
	};
	const textEncoding = { isUnicode: encoding === 'UCS-2', concatenate: true };
	const [outcome] = await sendSms(api, [help], textEncoding);
	return outcome;
}

/** How many incoming messages are searched for a code. */
const MAX_INCOMING = 200;

/** The replies to a message, or to its help text; with a code also those to other messages. */
export async function findReplies(
	{ context }: ResumeContext,
	{ ids, helpReference, code, askedAt }: Asked,
): Promise<ParsedEvent[]> {
	const api = await connect(context);
	const reports = await Promise.all(ids.map(async (id) => await getStatus(api, id, 'sms')));
	const { reports: help } = await getByReference(api, helpReference);
	const own = reports.flatMap(({ raw }) => readReplies(raw)).flatMap(toEvents);
	const toHelp = help.flatMap(({ raw }) => readReplies(raw)).flatMap(toEvents);
	const toOthers = code ? (await findIncoming(api, askedAt)).flatMap(toEvents) : [];
	return [
		...own,
		...toHelp.map((event) => ({ ...event, referenceId: helpReference })),
		...toOthers,
	];
}

/** All incoming messages since a time. The older service of CDYNE has no such list. */
async function findIncoming(api: Api, startDate: Date): Promise<IDataObject[]> {
	const outputs = await getIncoming(api, { startDate }, MAX_INCOMING).catch(() => []);
	return outputs.map(({ json }) => json);
}

/** The same events that a postback of the reply has. */
function toEvents(reply: IDataObject): ParsedEvent[] {
	const { messageId, inReplyTo, from, to, receivedAt } = reply as Record<string, string | null>;
	return withOptOut({
		event: 'message.received',
		key: ['SMSResponse', messageId],
		...{ messageId, inReplyTo, from, to },
		text: String(reply.text),
		occurredAt: receivedAt,
		raw: reply,
	});
}
