import fc from 'fast-check';
import { Failure } from '../../nodes/shared/errors';
import { readEvents } from '../../nodes/shared/event';
import type { PostbackEvent } from '../../nodes/shared/event';
import type { SmsMessage } from '../../nodes/shared/message';
import * as providers from '../providers';
import { RUNS } from '../runs';
import { formValue } from './fuzzed';
import type { Fuzzed } from './fuzzed';

/** Whatever comes, what leaves is of the contract. */

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

/** Words that providers use, codes that nobody does, and names of members of every object. */
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
/** What JSON can hold and JavaScript cannot make a text or a number of. */
const unspeakable = fc.constantFrom<unknown>({ toString: 0 }, { toString: null, valueOf: null }, [
	{ toString: 0 },
]);
const value = fc.oneof(
	{ weight: 4, arbitrary: word },
	unspeakable,
	fc.string(),
	fc.integer(),
	fc.anything(),
);
const named = (names: string[], of: fc.Arbitrary<unknown> = value) =>
	fc.dictionary(fc.constantFrom(...names, '__proto__', 'constructor', 'toString'), of, {
		maxKeys: 12,
	});

const jsonOf = (names: string[]) => {
	const inner = named(names);
	return fc.oneof(inner, fc.array(inner), named(names, fc.oneof(value, inner))).map((one) => {
		try {
			return (
				JSON.stringify(one, (_, part: unknown) =>
					typeof part === 'bigint' ? Number(part) : part,
				) ?? ''
			);
		} catch {
			return '';
		}
	});
};
const cut = (text: fc.Arbitrary<string>) =>
	fc.oneof(
		{ weight: 5, arbitrary: text },
		fc.tuple(text, fc.nat(60)).map(([whole, at]) => whole.slice(0, at)),
		fc.string(),
	);

/** A form of values that are texts. */
const formOf = (names: string[]) =>
	named(names, fc.oneof(word, fc.string())).map((members) =>
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
				: named(names, fc.oneof(word, fc.string(), value)).map((members) => body(members));
		}),
	);
}

const CASES = Object.values(providers).map((one) => [one.title, one] as const);

describe('postbacks', () => {
	it.each(CASES)('of %s become events of the contract', (_, { provider, fuzzed }) => {
		const { read } = provider.postbacks;
		fc.assert(
			fc.property(cut(bodiesOf(fuzzed)), (text) => {
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

/** Reads, or ends in a Failure. */
function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		expect(error).toBeInstanceOf(Failure);
		return undefined;
	}
}

describe('answers', () => {
	it.each(CASES)('of %s become messages of the contract', (_, { fuzzed }) => {
		const { names, answerNames = names, readMembers = [], readText, texts } = fuzzed;
		const members = named(answerNames, fc.oneof(value, named(answerNames)));
		fc.assert(
			fc.property(members, (raw) => {
				for (const read of readMembers) {
					const message = attempt(() => read(raw as never));
					if (message) checkMessage(message);
				}
			}),
			RUNS,
		);
		const all = texts ? named(answerNames).map(texts) : jsonOf(answerNames);
		fc.assert(
			fc.property(cut(all), (text) => {
				const message = attempt(() => readText?.(text));
				if (message) checkMessage(message);
			}),
			RUNS,
		);
	});
});
