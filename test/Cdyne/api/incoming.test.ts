import { getIncoming, getUnread } from '../../../nodes/Cdyne/api/incoming';
import {
	apiWith,
	CHECK_OF_KEY,
	DATE,
	got,
	ID,
	ACCOUNT,
	NO_ID,
	OTHER_ID,
	posted,
	TIME,
} from '../cdyne';

/** Incoming messages: the requests, page by page, and what is read from the responses. */

describe('unread messages', () => {
	const UNREAD = got(
		'GetUnreadIncomingMessages',
		{ LicenseKey: ACCOUNT },
		{
			kind: 'send',
			ambiguity: {
				message: 'Messages may have been marked as read without reaching this workflow',
				description: 'Use Get Many to read the latest incoming messages again.',
			},
		},
	);

	it('are read', async () => {
		const entry = {
			IncomingMessageID: ID,
			MatchedMessageID: OTHER_ID,
			FromPhoneNumber: '17575550142',
			ToPhoneNumber: '17575550100',
			Message: 'Yes',
			ResponseReceiveDate: DATE,
		};
		const bare = { IncomingMessageID: NO_ID };
		const { api, requests } = apiWith([entry, bare]);
		const nothing = { provider: 'cdyne', subject: null, mediaIds: [] };
		expect(await getUnread(api)).toEqual([
			{
				json: {
					...nothing,
					messageId: ID,
					inReplyTo: OTHER_ID,
					from: '+17575550142',
					to: '+17575550100',
					text: 'Yes',
					receivedAt: TIME,
				},
				raw: entry,
			},
			{
				json: {
					...nothing,
					messageId: null,
					inReplyTo: null,
					from: null,
					to: null,
					text: '',
					receivedAt: null,
				},
				raw: bare,
			},
		]);
		expect(requests).toEqual([UNREAD]);
	});

	it('are an empty list after a check of the license key', async () => {
		const { api, requests } = apiWith([], { MessageStatus: 404 });
		expect(await getUnread(api)).toEqual([]);
		expect(requests).toEqual([UNREAD, CHECK_OF_KEY]);
	});
});

describe('stored messages', () => {
	const page = (PageNumber: number, before: object = {}, after: object = {}) =>
		posted('ReadIncomingMessages', {
			...before,
			LicenseKey: ACCOUNT,
			PageNumber,
			PageSize: 100,
			...after,
		});
	const entry = (id: string) => ({ IncomingMessageID: id, Payload: id });
	const [A, B, C] = ['a', 'b', 'c'].map(entry);
	const texts = (outputs: Array<{ json: object }>) => outputs.map(({ json }) => json);

	it('are read, with the parts of a text joined', async () => {
		const parts = [1, 2].map((sequence) => ({
			IncomingMessageID: `${ID.slice(0, -1)}${sequence}`,
			OutgoingMessageID: OTHER_ID,
			From: '17575550142',
			To: '17575550100',
			Payload: `Part ${sequence}.`,
			Subject: 'Hello',
			Attachments: [sequence, { toString: 0 }],
			ReceivedDate: DATE,
			Udh: [5, 0, 3, 9, 3, sequence],
		}));
		const last = { ...parts[1], IncomingMessageID: OTHER_ID, Udh: [5, 0, 3, 9, 3, 3] };
		const empty = { ...last, Payload: null, Attachments: null };
		const { api } = apiWith([empty, parts[1], parts[0]]);
		expect(await getIncoming(api, {}, 5)).toEqual([
			{
				json: {
					provider: 'cdyne',
					messageId: `${ID.slice(0, -1)}1`,
					inReplyTo: OTHER_ID,
					from: '+17575550142',
					to: '+17575550100',
					text: 'Part 1.Part 2.',
					subject: 'Hello',
					mediaIds: ['1', '{"toString":0}', '2', '{"toString":0}'],
					receivedAt: TIME,
				},
				raw: [...parts, empty],
			},
		]);
	});

	it('are requested with all criteria', async () => {
		const { api, requests } = apiWith([A, B]);
		const criteria = {
			startDate: new Date(1),
			endDate: new Date(2),
			referenceId: 'r',
			incomingMessageId: 'i',
			outgoingMessageId: 'o',
		};
		await getIncoming(api, criteria, 1);
		const body = {
			EndDate: '/Date(2)/',
			IncomingMessageID: 'i',
			LicenseKey: ACCOUNT,
			OutgoingMessageID: 'o',
			PageNumber: 1,
			PageSize: 100,
			ReferenceID: 'r',
			StartDate: '/Date(1)/',
		};
		expect(requests).toEqual([posted('ReadIncomingMessages', body)]);
	});

	it('are requested without criteria', async () => {
		const { api, requests } = apiWith([A, B]);
		expect(texts(await getIncoming(api, {}, 1))).toMatchObject([{ text: 'a' }]);
		expect(requests).toEqual([page(1)]);
	});

	it('are read up to one more than requested', async () => {
		const { api, requests } = apiWith([A, B], [C]);
		expect(texts(await getIncoming(api, {}, 2))).toMatchObject([{ text: 'a' }, { text: 'b' }]);
		expect(requests).toEqual([page(1), page(2)]);
	});

	it.each<[string, unknown]>([
		['is empty', []],
		['repeats the same messages', [A, B]],
	])('end when a page %s', async (_, last) => {
		const { api, requests } = apiWith([A], [B], last);
		expect(texts(await getIncoming(api, {}, 9))).toMatchObject([{ text: 'a' }, { text: 'b' }]);
		expect(requests).toEqual([page(1), page(2), page(3)]);
	});

	it('are an empty list after a check of the license key', async () => {
		const { api, requests } = apiWith([], { MessageStatus: 404 });
		expect(await getIncoming(api, {}, 9)).toEqual([]);
		expect(requests).toEqual([page(1), CHECK_OF_KEY]);
	});
});
