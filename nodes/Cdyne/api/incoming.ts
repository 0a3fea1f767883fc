import type { IDataObject } from 'n8n-workflow';
import { objects, writeDate } from '../wire';
import type { Api } from './connection';
import { believed } from './emptyLists';
import { get, post } from './request';

/** GetUnreadIncomingMessages: each message once, as it is marked read by being returned. */
export async function getUnread(api: Api): Promise<IDataObject[]> {
	const query = { LicenseKey: api.licenseKey };
	const unread = await get(api, 'GetUnreadIncomingMessages', query, objects, {
		kind: 'send',
		ambiguity: {
			message: 'Messages may have been marked as read without reaching this workflow',
			description: 'Use Get Many to read the latest incoming messages again.',
		},
	});
	return await believed(api, unread);
}

export interface IncomingCriteria {
	startDate?: Date;
	endDate?: Date;
	referenceId?: string;
	incomingMessageId?: string;
	outgoingMessageId?: string;
	unreadOnly?: boolean;
	page: number;
	pageSize: number;
}

/** ReadIncomingMessages, one page. Absent criteria are left out: null is not taken for them. */
export async function readIncoming(api: Api, by: IncomingCriteria): Promise<IDataObject[]> {
	const body: IDataObject = {
		...(by.endDate && { EndDate: writeDate(by.endDate) }),
		...(by.incomingMessageId && { IncomingMessageID: by.incomingMessageId }),
		LicenseKey: api.licenseKey,
		...(by.outgoingMessageId && { OutgoingMessageID: by.outgoingMessageId }),
		PageNumber: by.page,
		PageSize: by.pageSize,
		...(by.referenceId && { ReferenceID: by.referenceId }),
		...(by.startDate && { StartDate: writeDate(by.startDate) }),
		...(by.unreadOnly && { UnreadMessagesOnly: true }),
	};
	const messages = await post(api, 'ReadIncomingMessages', body, objects);
	return by.page === 1 ? await believed(api, messages) : messages;
}
