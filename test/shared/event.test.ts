import type { RawPostback } from '../../nodes/shared/body';
import {
	eventShape,
	postbackEvent,
	readEvents,
	readKnown,
	readList,
} from '../../nodes/shared/event';
import type { KnownEvent } from '../../nodes/shared/event';

/** Events out of postbacks: nothing of what came is lost. */

const AT = '2030-01-31T18:30:00.000Z';
const KNOWN: KnownEvent = { event: 'message.status', key: ['m1', 'Sent'], raw: { a: '1' } };
const POSTBACK: RawPostback = { text: 'came', contentType: '', headers: {} };
const UNKNOWN: KnownEvent = { event: 'unknown', key: ['came'], raw: 'came', text: 'came' };
const eventOf = (changes: Partial<KnownEvent> = {}, provider = 'p') =>
	postbackEvent(provider, AT, { ...KNOWN, ...changes });

describe('a list', () => {
	const read = (index: number): KnownEvent => ({ ...KNOWN, key: [String(index)] });
	const eventsOf = (length: number) =>
		readList(
			Array.from({ length }, (_, index) => index),
			read,
			'came',
		);

	it.each([0, 1, 999, 1_000])('of %i events has each of them', (length) => {
		const events = eventsOf(length);
		expect(events).toHaveLength(length);
		expect(
			events.every(({ event, key }, index) => event !== 'unknown' && key[0] === `${index}`),
		).toBe(true);
	});

	it.each([1_001, 5_000])('of %i has the first thousand, and the whole text', (length) => {
		const events = eventsOf(length);
		expect(events).toHaveLength(1_001);
		expect(events[999]).toEqual(read(999));
		expect(events[1_000]).toEqual(UNKNOWN);
	});
});

describe('an event', () => {
	it('has every field, and null for what is not known', () => {
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
			occurredAt: null,
			receivedAt: AT,
			raw: { a: '1' },
		});
		expect(Object.keys(eventShape).sort()).toEqual(Object.keys(eventOf()).sort());
		expect(eventShape.raw).toEqual({ type: ['object', 'string'] });
		expect(eventShape.isFinal).toEqual({ type: ['boolean', 'null'] });
	});

	it('keeps what is known', () => {
		const known = {
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
		expect(eventOf({ ...known, status: 'sent' })).toMatchObject({ ...known, status: 'sent' });
		expect(eventOf()).not.toHaveProperty('key');
	});

	it.each<[Partial<KnownEvent>, boolean | null]>([
		[{}, null],
		[{ status: null }, null],
		[{ status: 'sent' }, false],
		[{ status: 'delivered' }, true],
		[{ status: 'delivered', isFinal: false }, false],
		[{ status: 'sent', isFinal: true }, true],
	])('with %j is final: %s', (known, isFinal) => {
		expect(eventOf(known).isFinal).toBe(isFinal);
	});

	it.each<[string | null | undefined, string | undefined]>([
		['No route', 'No route'],
		['Failed', undefined],
		['', undefined],
		[null, undefined],
		[undefined, undefined],
	])('with the words %j tells %j of them', (errorMessage, told) => {
		const event = eventOf({ providerStatus: 'Failed', errorMessage });
		expect(event.errorMessage).toBe(told);
		expect('errorMessage' in event).toBe(told !== undefined);
	});

	it('has an id by its provider, its kind and its key', () => {
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
	it.each<[string, () => KnownEvent[], KnownEvent[]]>([
		['has the events that are read', () => [KNOWN, KNOWN], [KNOWN, KNOWN]],
		['that has none is unknown', () => [], [UNKNOWN]],
		[
			'that cannot be read is unknown',
			() => {
				throw new Error('No');
			},
			[UNKNOWN],
		],
	])('%s', (_, read, known) => {
		const seen = jest.fn(read);
		expect(readKnown(seen, POSTBACK)).toEqual(known);
		expect(seen.mock.calls).toEqual([[POSTBACK]]);
		expect(readEvents({ provider: 'p', read }, POSTBACK, AT)).toEqual(
			known.map((one) => postbackEvent('p', AT, one)),
		);
	});
});
