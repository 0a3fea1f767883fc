import type { IDataObject } from 'n8n-workflow';
import type { Output } from '../../shared/item';
import { listOf, TEXT, TEXT_OR_NULL } from '../../shared/schema';
import { text, written } from '../../shared/values';
import { joinFragments } from '../fragments';
import { PROVIDER } from '../name';
import { guid, objects, readDate, writeDate } from '../wire';
import type { Api } from './connection';
import { believed } from './emptyLists';
import { get, post } from './request';

/** Incoming messages, as CDYNE's two calls give them (docs/providers/cdyne.md 5.3, 5.7). */

export const incomingShape = {
	provider: TEXT,
	messageId: TEXT_OR_NULL,
	inReplyTo: TEXT_OR_NULL,
	from: TEXT_OR_NULL,
	to: TEXT_OR_NULL,
	text: TEXT,
	subject: TEXT_OR_NULL,
	mediaIds: listOf(TEXT),
	receivedAt: TEXT_OR_NULL,
};

/** SMSIncomingMessage. */
function readUnread(entry: IDataObject): Output {
	return {
		json: {
			provider: PROVIDER,
			messageId: guid(entry.IncomingMessageID),
			inReplyTo: guid(entry.MatchedMessageID),
			from: text(entry.FromPhoneNumber),
			to: text(entry.ToPhoneNumber),
			text: text(entry.Message) ?? '',
			subject: null,
			mediaIds: [],
			receivedAt: readDate(entry.ResponseReceiveDate),
		},
		raw: entry,
	};
}

/** GetUnreadIncomingMessages: each message once, as it is marked read by being returned. */
export async function getUnread(api: Api): Promise<Output[]> {
	const query = { LicenseKey: api.licenseKey };
	const unread = await get(api, 'GetUnreadIncomingMessages', query, objects, {
		kind: 'send',
		ambiguity: {
			message: 'Messages may have been marked as read without reaching this workflow',
			description: 'Use Get Many to read the latest incoming messages again.',
		},
	});
	return (await believed(api, unread)).map(readUnread);
}

interface IncomingCriteria {
	startDate?: Date;
	endDate?: Date;
	referenceId?: string;
	incomingMessageId?: string;
	outgoingMessageId?: string;
}

/** The largest page is not published; a smaller one coming back does not end the list. */
const PAGE_SIZE = 100;

/** ReadIncomingMessages, one page. Absent criteria are left out: null is not taken for them. */
async function readPage(api: Api, by: IncomingCriteria, page: number): Promise<IDataObject[]> {
	const body: IDataObject = {
		...(by.endDate && { EndDate: writeDate(by.endDate) }),
		...(by.incomingMessageId && { IncomingMessageID: by.incomingMessageId }),
		LicenseKey: api.licenseKey,
		...(by.outgoingMessageId && { OutgoingMessageID: by.outgoingMessageId }),
		PageNumber: page,
		PageSize: PAGE_SIZE,
		...(by.referenceId && { ReferenceID: by.referenceId }),
		...(by.startDate && { StartDate: writeDate(by.startDate) }),
	};
	const messages = await post(api, 'ReadIncomingMessages', body, objects);
	return page === 1 ? await believed(api, messages) : messages;
}

async function readUpTo(
	api: Api,
	criteria: IncomingCriteria,
	limit: number,
): Promise<IDataObject[][]> {
	const byId = new Map<string, IDataObject>();
	for (let page = 1; ; page++) {
		const entries = await readPage(api, criteria, page);
		const known = byId.size;
		for (const entry of entries) byId.set(written(entry.IncomingMessageID), entry);
		const joined = joinFragments([...byId.values()]);
		// one more than wanted, since the last may lack fragments that are on the next page
		if (byId.size === known || joined.length > limit) return joined;
	}
}

/** IncomingMessageResponse: a text and its fragments. */
function readText(parts: IDataObject[]): Output {
	const [first] = parts;
	const attachments = parts.flatMap(({ Attachments }) =>
		Array.isArray(Attachments) ? Attachments.map(written) : [],
	);
	return {
		json: {
			provider: PROVIDER,
			messageId: guid(first.IncomingMessageID),
			inReplyTo: guid(first.OutgoingMessageID),
			from: text(first.From),
			to: text(first.To),
			text: parts.map(({ Payload }) => text(Payload) ?? '').join(''),
			subject: text(first.Subject),
			mediaIds: attachments,
			receivedAt: readDate(first.ReceivedDate),
		},
		raw: parts,
	};
}

/** ReadIncomingMessages: texts up to a limit, each joined from its fragments. */
export async function getIncoming(
	api: Api,
	criteria: IncomingCriteria,
	limit: number,
): Promise<Output[]> {
	return (await readUpTo(api, criteria, limit)).slice(0, limit).map(readText);
}
