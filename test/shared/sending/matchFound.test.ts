import type { SmsMessage, SmsStatus } from '../../../nodes/shared/model/message';
import type { Outcome } from '../../../nodes/shared/model/outcome';
import type { Found, FoundMessage } from '../../../nodes/shared/provider/sendPlan';
import { matchExisting, matchSent } from '../../../nodes/shared/sending/matchFound';
import { messageWith } from '../../engine/harness/contexts';

/** Which found message belongs to which recipient. */

const found = (
	messageId: string,
	recipient: string | null,
	fields: Partial<SmsMessage> = {},
): FoundMessage => ({ message: messageWith({ messageId, ...fields }), raw: messageId, recipient });
const of = (...messages: FoundMessage[]): Found => ({ messages, isComplete: true });
const intents = (...recipients: string[]) =>
	recipients.map((recipient) => ({ recipient, reference: 'r' }));

/** Each outcome as the ID and the number of its message, or as its kind. */
const shown = (outcomes: Outcome[]) =>
	outcomes.map((outcome) => {
		if (outcome.kind !== 'accepted') return outcome.kind;
		const [{ json }] = outcome.outputs;
		return [json.messageId, json.to];
	});
const reasons = (outcomes: Outcome[]) =>
	outcomes.map((outcome) => ('failure' in outcome ? outcome.failure.message : undefined));

describe('messages that this execution has sent', () => {
	const shared = { isOwnReference: false };
	const own = { isOwnReference: true };

	it('belong to their recipients, each to one', () => {
		const messages = of(found('m1', 'b'), found('m2', 'a'), found('m3', 'a'));
		expect(shown(matchSent(messages, intents('a', 'b', 'a', 'a'), shared))).toEqual([
			['m2', 'a'],
			['m1', 'b'],
			['m3', 'a'],
			'untried',
		]);
	});

	it('are missing for certain if there are none', () => {
		expect(matchSent(of(), intents('a', 'b'), shared)).toEqual([
			{ kind: 'untried' },
			{ kind: 'untried' },
		]);
	});

	it('of an item with its own reference and one recipient need no number', () => {
		const messages = of(found('m1', null), found('m2', null));
		expect(shown(matchSent(messages, intents('a'), own))).toEqual([['m1', 'a']]);
	});

	it.each([
		['a shared reference', intents('a'), shared],
		['several recipients', intents('a', 'b'), own],
	])('of unknown recipients make all others unknown with %s', (_, recipients, options) => {
		const outcomes = matchSent(of(found('m1', null)), recipients, options);
		expect(outcomes.every(({ kind }) => kind === 'unknown')).toBe(true);
		expect(reasons(outcomes)[0]).toBe(
			'There are messages with the reference "r", but the provider does not say who received them. The message may have been sent before',
		);
	});

	it('that are known count although others are not', () => {
		const messages = of(found('m1', null), found('m2', 'b'));
		expect(shown(matchSent(messages, intents('a', 'b'), shared))).toEqual(['unknown', ['m2', 'b']]);
	});

	it('may be among those that were not listed', () => {
		const messages = { ...of(found('m1', 'a')), isComplete: false };
		const outcomes = matchSent(messages, intents('a', 'b'), shared);
		expect(shown(outcomes)).toEqual([['m1', 'a'], 'unknown']);
		expect(reasons(outcomes)[1]).toContain('more messages with the reference "r"');
	});

	const NOON = Date.parse('2030-01-01T12:00:00.000Z');
	const clock = (seconds: number) => ({ min: seconds * 1_000 - 400, max: seconds * 1_000 + 600 });

	it.each<[string, string | null, number | undefined, string]>([
		['sent later', '2030-01-01T12:00:05.000Z', 0, 'accepted'],
		['sent at the same time, in whole seconds', '2030-01-01T11:59:59.000Z', 0, 'accepted'],
		['sent a few seconds before', '2030-01-01T11:59:55.000Z', 0, 'unknown'],
		['sent before', '2030-01-01T11:59:50.000Z', 0, 'untried'],
		['without a time', null, 0, 'unknown'],
		['sent at the same time by a slow clock', '2030-01-01T11:59:00.000Z', -60, 'accepted'],
		['sent before by a fast clock', '2030-01-01T12:00:30.000Z', 60, 'untried'],
		['sent later by an unknown clock', '2030-01-01T12:00:05.000Z', undefined, 'accepted'],
		['sent before by an unknown clock', '2030-01-01T11:00:00.000Z', undefined, 'unknown'],
	])('since noon: %s (%s, clock %j) is %s', (_, sentAt, seconds, kind) => {
		const messages: Found = {
			...of(found('m1', 'a', { sentAt })),
			clock: seconds === undefined ? undefined : clock(seconds),
		};
		const [outcome] = matchSent(messages, intents('a'), { since: NOON, isOwnReference: false });
		expect(outcome.kind).toBe(kind);
	});

	it('that are scheduled have no time yet', () => {
		const options = { since: NOON, isOwnReference: false, isScheduled: true };
		const [queued] = matchSent(of(found('m1', 'a')), intents('a'), options);
		const dead = of(found('m1', 'a', { status: 'canceled' }));
		expect([queued.kind, matchSent(dead, intents('a'), options)[0].kind]).toEqual([
			'accepted',
			'unknown',
		]);
	});

	it('that may be older say so, and only to those who may have got them', () => {
		const old = { sentAt: '2030-01-01T11:59:55.000Z' };
		const options = { since: NOON, isOwnReference: false };
		const messages = { ...of(found('m1', 'a', old)), clock: clock(0) };
		const outcomes = matchSent(messages, intents('a', 'b'), options);
		expect(shown(outcomes)).toEqual(['unknown', 'untried']);
		expect(reasons(outcomes)[0]).toContain('is older than this call');
		const untold = { ...of(found('m1', null, old)), clock: clock(0) };
		expect(shown(matchSent(untold, intents('a', 'b'), options))).toEqual(['unknown', 'unknown']);
	});

	it('are the oldest that are new enough, so that a later call finds its own', () => {
		const at = (seconds: number) => ({ sentAt: new Date(NOON + seconds * 1_000).toISOString() });
		const messages = {
			...of(
				found('without a time', 'a'),
				found('of the later call', 'a', at(30)),
				found('of this call', 'a', at(1)),
				found('old', 'a', at(-60)),
			),
			clock: clock(0),
		};
		const options = { since: NOON, isOwnReference: false };
		expect(shown(matchSent(messages, intents('a'), options))).toEqual([['of this call', 'a']]);
		const later = { since: NOON + 29_000, isOwnReference: false };
		expect(shown(matchSent(messages, intents('a'), later))).toEqual([['of the later call', 'a']]);
	});

	it.each<SmsStatus>(['canceled', 'failed'])(
		'that are %s without a time may be older',
		(status) => {
			const dead = of(found('m1', 'a', { status }));
			const options = { since: NOON, isOwnReference: false };
			expect(shown(matchSent(dead, intents('a'), options))).toEqual(['unknown']);
			expect(shown(matchSent(dead, intents('a'), shared))).toEqual([['m1', 'a']]);
		},
	);
});

describe('messages that take the place of new ones', () => {
	it('are any with the reference for a single recipient, its own first', () => {
		const messages = of(found('m1', 'b', { to: 'b' }), found('m2', 'a'));
		expect(shown(matchExisting(messages, intents('a'), true))).toEqual([['m2', 'a']]);
		expect(shown(matchExisting(messages, intents('c'), true))).toEqual([['m1', 'b']]);
	});

	it('keep the number that they went to, and none if the provider does not say', () => {
		const untold = of(found('m1', null, { to: null }));
		expect(shown(matchExisting(untold, intents('a'), true))).toEqual([['m1', null]]);
		const another = of(found('m1', 'another number', { to: null }));
		expect(shown(matchExisting(another, intents('a'), true))).toEqual([['m1', null]]);
	});

	it('are those of each of several recipients', () => {
		const messages = of(found('m1', 'b'), found('m2', 'c'));
		expect(shown(matchExisting(messages, intents('a', 'b'), false))).toEqual([
			'untried',
			['m1', 'b'],
		]);
	});

	it('are not rejected or cancelled ones', () => {
		const dead = of(
			found('m1', 'a', { status: 'failed' }),
			found('m2', 'a', { status: 'canceled' }),
		);
		expect(shown(matchExisting(dead, intents('a'), true))).toEqual(['untried']);
		expect(shown(matchExisting(dead, intents('a', 'b'), false))).toEqual(['untried', 'untried']);
	});

	it('may be among those that were not listed', () => {
		const messages = { ...of(), isComplete: false };
		expect(shown(matchExisting(messages, intents('a'), true))).toEqual(['unknown']);
	});
});
