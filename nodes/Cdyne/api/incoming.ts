import type { IDataObject } from 'n8n-workflow';
import { textOrNull, toText } from '../../shared/formats/values';
import type { Output } from '../../shared/model/output';
import { joinFragments } from './concatenatedSms';
import { PROVIDER } from '../name';
import { fromCdyneForm } from '../number';
import { readGuid, toObjects, readDate, writeDate } from '../wire';
import type { Api } from './connection';
import { verifyEmptyList } from './emptyLists';
import { readReply } from './reply';
import { get, post } from './request';

/** Incoming messages, from two calls (docs/providers/cdyne.md 5.3, 5.7). */

/** GetUnreadIncomingMessages. Returned messages are marked as read and not returned again. */
export async function getUnread(api: Api): Promise<Output[]> {
	const query = { LicenseKey: api.licenseKey };
	const unread = await get(api, 'GetUnreadIncomingMessages', query, toObjects, {
		kind: 'send',
		ambiguity: {
			message: 'Messages may have been marked as read without reaching this workflow',
			description: 'Use Get Many to read the latest incoming messages again.',
		},
	});
	return (await verifyEmptyList(api, unread)).map((raw) => ({ json: readReply(raw), raw }));
}

interface IncomingCriteria {
	startDate?: Date;
	endDate?: Date;
	referenceId?: string;
	incomingMessageId?: string;
	outgoingMessageId?: string;
}

/** The maximum is not published, so a page with fewer messages does not have to be the last one. */
const PAGE_SIZE = 100;

/** One page of ReadIncomingMessages. INFERRED (2.5): criteria that are not set must not be null. */
async function readPage(api: Api, criteria: IncomingCriteria, page: number) {
	const { startDate, endDate, referenceId, incomingMessageId, outgoingMessageId } = criteria;
	const body: IDataObject = {
		...(endDate && { EndDate: writeDate(endDate) }),
		...(incomingMessageId && { IncomingMessageID: incomingMessageId }),
		LicenseKey: api.licenseKey,
		...(outgoingMessageId && { OutgoingMessageID: outgoingMessageId }),
		PageNumber: page,
		PageSize: PAGE_SIZE,
		...(referenceId && { ReferenceID: referenceId }),
		...(startDate && { StartDate: writeDate(startDate) }),
	};
	const messages = await post(api, 'ReadIncomingMessages', body, toObjects);
	return page === 1 ? await verifyEmptyList(api, messages) : messages;
}

/** Reads pages until the texts are complete up to the limit, or a page brings nothing new. */
async function readUpTo(api: Api, criteria: IncomingCriteria, limit: number) {
	const byId = new Map<string, IDataObject>();
	for (let page = 1; ; page++) {
		const entries = await readPage(api, criteria, page);
		const sizeBefore = byId.size;
		for (const entry of entries) byId.set(toText(entry.IncomingMessageID), entry);
		const texts = joinFragments([...byId.values()]);
		// one more than needed, since parts of the last one may be on the next page
		if (byId.size === sizeBefore || texts.length > limit) return texts;
	}
}

function readJoined(parts: IDataObject[]): Output {
	const [first] = parts;
	const attachments = parts.flatMap(({ Attachments }) =>
		Array.isArray(Attachments) ? Attachments.map(toText) : [],
	);
	return {
		json: {
			provider: PROVIDER,
			messageId: readGuid(first.IncomingMessageID),
			inReplyTo: readGuid(first.OutgoingMessageID),
			from: fromCdyneForm(first.From),
			to: fromCdyneForm(first.To),
			text: parts.map(({ Payload }) => textOrNull(Payload) ?? '').join(''),
			subject: textOrNull(first.Subject),
			mediaIds: attachments,
			receivedAt: readDate(first.ReceivedDate),
		},
		raw: parts,
	};
}

/** ReadIncomingMessages. @returns texts up to the limit, each joined from its parts */
export async function getIncoming(api: Api, criteria: IncomingCriteria, limit: number) {
	return (await readUpTo(api, criteria, limit)).slice(0, limit).map(readJoined);
}
