import { eventSchema } from '../../../nodes/shared/model/event';
import type { ParsedEvent, RawPostback } from '../../../nodes/shared/model/event';
import {
	completeEvent,
	readEvents,
	parseEvents,
	readList,
} from '../../../nodes/shared/receiving/readEvents';

const AT = '2030-01-31T18:30:00.000Z';
const PARSED: ParsedEvent = { event: 'message.status', key: ['m1', 'Sent'], raw: { a: '1' } };
const POSTBACK: RawPostback = { text: 'body', contentType: '', headers: {} };
const UNKNOWN: ParsedEvent = { event: 'unknown', key: ['body'], raw: 'body', text: 'body' };
const eventOf = (changes: Partial<ParsedEvent> = {}, provider = 'p') =>
	completeEvent(provider, AT, { ...PARSED, ...changes });

describe('a list', () => {
	const read = (index: number): ParsedEvent => ({ ...PARSED, key: [String(index)] });
	const eventsOf = (length: number) =>
		readList(
			Array.from({ length }, (_, index) => index),
			read,
			'body',
		);

	it.each([0, 1, 999, 1_000])('of %i events is read completely', (length) => {
		const events = eventsOf(length);
		expect(events).toHaveLength(length);
		expect(
			events.every(({ event, key }, index) => event !== 'unknown' && key[0] === `${index}`),
		).toBe(true);
	});

	it.each([1_001, 5_000])('of %i events has the first thousand and one with the body', (length) => {
		const events = eventsOf(length);
		expect(events).toHaveLength(1_001);
		expect(events[999]).toEqual(read(999));
		expect(events[1_000]).toEqual(UNKNOWN);
	});
});

describe('an event', () => {
	it('has all fields, null for those that were not read', () => {
		expect(eventOf()).toEqual({
			provider: 'p',
			event: 'message.status',
			// SHA-256 of ["p","message.status","m1","Sent"]
			eventId: 'dca5ea8188917975d9901ddd2f5b15bd',
			messageId: null,
			inReplyTo: null,
			referenceId: null,
			from: null,
			to: null,
			text: null,
			status: null,
			isFinal: null,
			providerStatus: null,
			errorCode: null,
			systemWord: null,
			occurredAt: null,
			receivedAt: AT,
			raw: { a: '1' },
		});
		// what people look for first
		expect(Object.keys(eventOf()).slice(0, 5)).toEqual([
			'from',
			'text',
			'to',
			'event',
			'occurredAt',
		]);
		expect(Object.keys(eventSchema).sort()).toEqual(Object.keys(eventOf()).sort());
		expect(eventSchema.raw).toEqual({ type: ['object', 'string'] });
		expect(eventSchema.isFinal).toEqual({ type: ['boolean', 'null'] });
	});

	it('has the fields that were read', () => {
		const fields = {
			messageId: 'm1',
			inReplyTo: 'm0',
			referenceId: 'r',
			from: '1',
			to: '2',
			text: 'Hi',
			providerStatus: 'Sent',
			errorCode: '7',
			continuesAs: 'm2',
			occurredAt: AT,
		};
		expect(eventOf({ ...fields, status: 'sent' })).toMatchObject({ ...fields, status: 'sent' });
		expect(eventOf()).not.toHaveProperty('key');
	});

	it.each<[Partial<ParsedEvent>, boolean | null]>([
		[{}, null],
		[{ status: null }, null],
		[{ status: 'sent' }, false],
		[{ status: 'delivered' }, true],
		[{ status: 'delivered', isFinal: false }, false],
		[{ status: 'sent', isFinal: true }, true],
	])('with %j is final: %s', (fields, isFinal) => {
		expect(eventOf(fields).isFinal).toBe(isFinal);
	});

	it.each<[string | null | undefined, string | undefined]>([
		['No route', 'No route'],
		['Failed', undefined],
		['', undefined],
		[null, undefined],
		[undefined, undefined],
	])('with the error message %j has %j', (errorMessage, expected) => {
		const event = eventOf({ providerStatus: 'Failed', errorMessage });
		expect(event.errorMessage).toBe(expected);
		expect('errorMessage' in event).toBe(expected !== undefined);
	});

	it('has an id made of its provider, its name and its key', () => {
		const ids = [
			eventOf(),
			eventOf({}, 'q'),
			eventOf({ event: 'message.received' }),
			eventOf({ key: ['m1'] }),
			eventOf({ key: ['m1', 'Sent', null] }),
			eventOf({ key: ['m1', null] }),
			eventOf({ key: ['m1', ''] }),
			eventOf({ key: ['m1Sent'] }),
		].map(({ eventId }) => eventId);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.filter((id) => !/^[\da-f]{32}$/.test(id))).toEqual([]);
		expect(eventOf({ raw: 'other', text: 'x' }).eventId).toBe(ids[0]);
		expect(eventOf({ key: ['m1', undefined] }).eventId).toBe(ids[5]);
	});
});

describe('a postback', () => {
	it.each<[string, () => ParsedEvent[], ParsedEvent[]]>([
		['has the events that are read', () => [PARSED, PARSED], [PARSED, PARSED]],
		['without events is one unknown event', () => [], [UNKNOWN]],
		[
			'that cannot be read is one unknown event',
			() => {
				throw new Error('No');
			},
			[UNKNOWN],
		],
	])('%s', (_, read, parsed) => {
		const spied = jest.fn(read);
		expect(parseEvents(spied, POSTBACK)).toEqual(parsed);
		expect(spied.mock.calls).toEqual([[POSTBACK]]);
		expect(readEvents({ provider: 'p', read }, POSTBACK, AT)).toEqual(
			parsed.map((event) => completeEvent('p', AT, event)),
		);
	});
});
