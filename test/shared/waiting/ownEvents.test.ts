import { isOwnId, isSameNumber } from '../../../nodes/shared/waiting/ownEvents';

/** Which ids and numbers are those of a message. */

it.each<[string | null, string | null, string[], boolean]>([
	['a-1', 'a-1', [], true],
	['A-1', 'a-1', [], true],
	['a-1', 'A-1', [], true],
	['a-2', 'a-1', ['a-2'], true],
	['A-2', 'a-1', ['a-2'], true],
	['a-3', 'a-1', ['a-2'], false],
	[null, null, [], false],
	[null, 'a-1', [], false],
	['a-1', null, [], false],
])('the id %j of the message %j, sent again as %j: %s', (id, messageId, furtherIds, isOwn) => {
	expect(isOwnId(id, { messageId }, furtherIds)).toBe(isOwn);
});

it.each<[string | null, string | null, boolean]>([
	['+1 757 544 9510', '17575449510', true],
	['7575449510', '+17575449510', true],
	['011393331112233', '+393331112233', true],
	['00393331112233', '393331112233', true],
	['+52 1 55 1234 5678', '+525512345678', true],
	['525512345678', '+5215512345678', true],
	['+54 9 11 2345 6789', '541123456789', true],
	['+5411 2345 6789', '+5491123456789', true],
	['+5215512345678', '+525512345679', false],
	['+521551234567', '+52551234567', false],
	['', '', false],
	[null, null, false],
	['+39 333', '+39 334', false],
])('%j and %j are the same number: %s', (first, second, isSame) => {
	expect(isSameNumber(first, second)).toBe(isSame);
	expect(isSameNumber(second, first)).toBe(isSame);
});
