import fc from 'fast-check';
import { Failure } from '../../nodes/shared/errors/failure';
import type { PostbackEvent } from '../../nodes/shared/model/event';
import type { SmsMessage } from '../../nodes/shared/model/message';
import { readEvents } from '../../nodes/shared/receiving/readEvents';
import { formValue } from '../engine/harness/fuzzed';
import type { Fuzzed } from '../engine/harness/fuzzed';
import * as providers from '../engine/tables/providers';
import { RUNS } from '../runs';

/** For any postback or response, the output follows the contract. */

const EVENTS = [
	'message.status',
	'message.received',
	'contact.optedIn',
	'contact.optedOut',
	'link.clicked',
	'media.ready',
	'media.failed',
	'unknown',
];
const STATUSES = [
	'queued',
	'sent',
	'delivered',
	'read',
	'undelivered',
	'failed',
	'canceled',
	'unknown',
];
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function isTextOrNull(value: unknown) {
	return value === null || typeof value === 'string';
}

function checkEvent(event: PostbackEvent) {
	expect(EVENTS).toContain(event.event);
	expect(event.eventId).toMatch(/^[\da-f]{32}$/);
	for (const name of ['messageId', 'inReplyTo', 'referenceId', 'from', 'to', 'text'] as const) {
		expect([name, isTextOrNull(event[name])]).toEqual([name, true]);
	}
	expect(isTextOrNull(event.providerStatus) && isTextOrNull(event.errorCode)).toBe(true);
	if (event.status !== null) expect(STATUSES).toContain(event.status);
	if (event.occurredAt !== null) expect(event.occurredAt).toMatch(ISO);
	expect([true, false, null]).toContain(event.isFinal);
}

function checkMessage(message: SmsMessage) {
	expect(STATUSES).toContain(message.status);
	expect(typeof message.isFinal).toBe('boolean');
	expect(typeof message.providerStatus).toBe('string');
	for (const name of ['messageId', 'referenceId', 'to', 'from', 'errorCode'] as const) {
		expect([name, isTextOrNull(message[name])]).toEqual([name, true]);
	}
	for (const time of [message.sentAt, message.updatedAt])
		if (time !== null) expect(time).toMatch(ISO);
}

/** Words of providers, unknown codes, and names of members that every object has. */
const word = fc.constantFrom(
	...[
		'constructor',
		'__proto__',
		'toString',
		'hasOwnProperty',
		'valueOf',
		'',
		' ',
		'0',
		'1',
		'000',
	],
	...['024', '091', '999', '777', 'N102', 'E101', 'N211', 'N301', 'N003', 'E503', 'E999', 'SMS_MT'],
	...['delivered', 'DELIVERED', 'UNDELIVERED', 'READ', 'queued', 'sms_delivered', 'sms-clicked'],
	...['STATUS_UPDATE', 'true', 'null', 'STOP', 'Hello', '2024-03-05T14:07:09Z', '1709647629'],
	...['3/5/2024 2:07:09 PM', '/Date(1709647629250-0500)/', '0001-01-01T00:00:00', '2024-02-30'],
	...[
		'0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31',
		'00000000-0000-0000-0000-000000000000',
		'9'.repeat(19),
	],
);
/** JSON values that JavaScript cannot convert to a text or a number. */
const unconvertible = fc.constantFrom<unknown>({ toString: 0 }, { toString: null, valueOf: null }, [
	{ toString: 0 },
]);
const value = fc.oneof(
	{ weight: 4, arbitrary: word },
	unconvertible,
	fc.string(),
	fc.integer(),
	fc.anything(),
);
const objectOf = (names: string[], members: fc.Arbitrary<unknown> = value) =>
	fc.dictionary(fc.constantFrom(...names, '__proto__', 'constructor', 'toString'), members, {
		maxKeys: 12,
	});

const jsonOf = (names: string[]) => {
	const inner = objectOf(names);
	return fc
		.oneof(inner, fc.array(inner), objectOf(names, fc.oneof(value, inner)))
		.map((generated) => {
			try {
				return (
					JSON.stringify(generated, (_, part: unknown) =>
						typeof part === 'bigint' ? Number(part) : part,
					) ?? ''
				);
			} catch {
				return '';
			}
		});
};
const orTruncated = (text: fc.Arbitrary<string>) =>
	fc.oneof(
		{ weight: 5, arbitrary: text },
		fc.tuple(text, fc.nat(60)).map(([whole, at]) => whole.slice(0, at)),
		fc.string(),
	);

/** A form whose values are texts. */
const formOf = (names: string[]) =>
	objectOf(names, fc.oneof(word, fc.string())).map((members) =>
		Object.entries(members)
			.map(([name, text]) => `${name}=${formValue(text)}`)
			.join('&'),
	);

/** The bodies of a provider's postbacks. */
function bodiesOf({ names, bodies }: Fuzzed): fc.Arbitrary<string> {
	return fc.oneof(
		...bodies.map((body) => {
			if (body === 'json') return jsonOf(names);
			return body === 'form'
				? formOf(names)
				: objectOf(names, fc.oneof(word, fc.string(), value)).map((members) => body(members));
		}),
	);
}

const CASES = Object.values(providers).map((provider) => [provider.title, provider] as const);

describe('postbacks', () => {
	it.each(CASES)('of %s become valid events', (_, { provider, fuzzed }) => {
		const { read } = provider.postbacks;
		fc.assert(
			fc.property(orTruncated(bodiesOf(fuzzed)), (text) => {
				const postback = { text, contentType: '', headers: {} };
				const events = readEvents({ provider: 'p', read }, postback, 'now');
				expect(events.length).toBeGreaterThan(0);
				events.forEach(checkEvent);
				const again = readEvents({ provider: 'p', read }, postback, 'later');
				expect(again.map(({ eventId }) => eventId)).toEqual(events.map(({ eventId }) => eventId));
			}),
			RUNS,
		);
	});
});

/** The result of a reader that may throw a Failure, but nothing else. */
function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		expect(error).toBeInstanceOf(Failure);
		return undefined;
	}
}

describe('responses', () => {
	it.each(CASES)('of %s become valid messages', (_, { fuzzed }) => {
		const { names, responseNames = names, readMembers = [], readText, texts } = fuzzed;
		const members = objectOf(responseNames, fc.oneof(value, objectOf(responseNames)));
		fc.assert(
			fc.property(members, (raw) => {
				for (const read of readMembers) {
					const message = attempt(() => read(raw as never));
					if (message) checkMessage(message);
				}
			}),
			RUNS,
		);
		const all = texts ? objectOf(responseNames).map(texts) : jsonOf(responseNames);
		fc.assert(
			fc.property(orTruncated(all), (text) => {
				const message = attempt(() => readText?.(text));
				if (message) checkMessage(message);
			}),
			RUNS,
		);
	});
});
