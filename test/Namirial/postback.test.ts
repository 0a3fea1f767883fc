import type { IDataObject } from 'n8n-workflow';
import { readPostback } from '../../nodes/Namirial/postback';
import { passesFilters } from '../../nodes/Namirial/triggerFields';
import type { PostbackEvent } from '../../nodes/shared/model/event';
import { readEvents } from '../../nodes/shared/receiving/readEvents';
import { passesStatus } from '../../nodes/shared/receiving/triggerParameters';
import { ID, MESSAGE } from './namirial';

const NOTIFICATION = {
	id: '0c0f7a52-6f0e-4a39-8f4b-2f5f5d6f1a10',
	webhookConfigurationId: '5f1f0c9e-9f53-4f0e-8a5e-9d0b6b0f7c21',
	type: 'STATUS_UPDATE',
	createdAt: '2026-03-01T10:00:09Z',
	message: {
		id: ID,
		providerAcceptanceAt: '2026-03-01T10:00:00Z',
		statusChangedAt: '2026-03-01T10:00:07Z',
		reference: { service: 'AUTHENTICATION', action: '2FA', key: 'order-9001' },
		channel: 'SMS',
		status: 'UNDELIVERED',
		provider: {
			name: 'PROVIDERX',
			id: 'c7c3d0f8-1111-4222-8333-444455556666',
			status: 'failed',
			code: '30007',
			message: 'Number Blocked by Carrier',
		},
		sms: { segments: 1 },
	},
};
const LATER = '2026-03-01T11:00:00.000Z';

function events(body: unknown, receivedAt = LATER): PostbackEvent[] {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const postback = { text, contentType: 'application/json', headers: {} };
	return readEvents({ provider: 'namirial', read: readPostback }, postback, receivedAt);
}

const changed = (message: object, envelope: object = {}) => ({
	...NOTIFICATION,
	...envelope,
	message: { ...NOTIFICATION.message, ...message },
});

describe('a notification of Namirial', () => {
	it('is read as in the published sample', () => {
		expect(events(NOTIFICATION)).toEqual([
			{
				provider: 'namirial',
				event: 'message.status',
				eventId: expect.stringMatching(/^[\da-f]{32}$/) as string,
				messageId: ID,
				inReplyTo: null,
				referenceId: 'order-9001',
				from: null,
				to: null,
				text: null,
				status: 'undelivered',
				isFinal: true,
				providerStatus: 'UNDELIVERED',
				errorCode: '30007',
				systemWord: null,
				errorMessage: 'Number Blocked by Carrier',
				channel: 'SMS',
				occurredAt: '2026-03-01T10:00:07.000Z',
				receivedAt: LATER,
				raw: NOTIFICATION,
			},
		]);
	});

	it.each([
		['SENT', 'SMS', 'sent', false],
		['DELIVERED', 'SMS', 'delivered', true],
		['DELIVERED', 'RCS', 'delivered', false],
		['READ', 'RCS', 'read', true],
		['REJECTED', 'SMS', 'failed', true],
		['PROVIDER_ACCEPTANCE', 'SMS', 'queued', false],
		['PAUSED', 'SMS', 'unknown', false],
	])('of %s on %s is %s, final: %s', (providerStatus, channel, status, isFinal) => {
		const body = changed({ status: providerStatus, channel });
		expect(events(body)).toMatchObject([{ event: 'message.status', status, isFinal }]);
	});

	it('that is repeated later has the same event ID', () => {
		const [first] = events(NOTIFICATION);
		const [repeated] = events(NOTIFICATION, '2026-03-02T08:00:00.000Z');
		expect(repeated.eventId).toBe(first.eventId);
	});

	it('of the same change with a different ID is another event', () => {
		const [first] = events(NOTIFICATION);
		const [another] = events({ ...NOTIFICATION, id: '11111111-6f0e-4a39-8f4b-2f5f5d6f1a10' });
		expect(another.eventId).not.toBe(first.eventId);
	});

	it('without an ID is distinguished by message, status and time', () => {
		const read = (message: object) => events(changed(message, { id: undefined }))[0].eventId;
		expect(read({})).toBe(read({}));
		expect(read({})).not.toBe(read({ status: 'DELIVERED' }));
		expect(read({})).not.toBe(read({ statusChangedAt: '2026-03-01T10:00:08Z' }));
	});

	it('without the time of the change has the time of the notification', () => {
		const [event] = events(changed({ statusChangedAt: undefined }));
		expect(event.occurredAt).toBe('2026-03-01T10:00:09.000Z');
	});

	it.each([
		['of another type', { ...NOTIFICATION, type: 'INBOUND' }],
		['without a message', { ...NOTIFICATION, message: undefined }],
		['about a message without an ID', changed({ id: undefined })],
	])('%s is unknown, with all its fields', (_what, body) => {
		expect(events(body)).toMatchObject([
			{ event: 'unknown', raw: JSON.parse(JSON.stringify(body)) as object },
		]);
	});

	it.each([['{"id":'], [''], ['null'], ['[]'], ['7'], ['hello']])(
		'that is "%s" is unknown, with the raw text',
		(body) => {
			expect(events(body)).toMatchObject([{ event: 'unknown', text: body, raw: body }]);
		},
	);
});

describe('the filters of the trigger', () => {
	const [event] = events(changed({ ...MESSAGE, status: 'DELIVERED', channel: 'RCS' }));

	it.each<[string, IDataObject, boolean]>([
		['nothing', {}, true],
		['empty lists', { status: [], channel: [], referenceKey: '' }, true],
		['its status', { status: ['delivered', 'read'] }, true],
		['another status', { status: ['undelivered'] }, false],
		['its channel', { channel: ['RCS'] }, true],
		['another channel', { channel: ['SMS'] }, false],
		['its reference key', { referenceKey: 'EXT_KEY' }, true],
		['another reference key', { referenceKey: 'EXT' }, false],
		['its reference service', { referenceService: 'DIGITALSIGN' }, true],
		['another reference service', { referenceService: 'ADMIN' }, false],
		['its status but another channel', { status: ['delivered'], channel: ['SMS'] }, false],
	])('set to %s decide about an event: %j, %s', (_what, filters, passes) => {
		expect(passesFilters(filters, event) && passesStatus(filters.status, event)).toBe(passes);
	});

	it('let unknown events pass', () => {
		const [unknown] = events('hello');
		expect(passesFilters({ channel: ['SMS'] }, unknown)).toBe(true);
		expect(passesStatus(['delivered'], unknown)).toBe(true);
	});
});
