import { refusal, throwRefusal, throwUnexpected } from '../../../nodes/Cdyne/api/refusals';
import type { FailureKind } from '../../../nodes/shared/errors/failure';
import { factsOf, thrownBy } from '../../engine/harness/canned';

/** Failures for rejections, and for responses of an unexpected form. */

const CHECK =
	'Check the values of this item, and that everything they refer to belongs to this license key.';
const STOP =
	'The recipient opted out of messages from this license key. Only they can opt in again, by texting RESUME.';

it.each<[string, FailureKind | undefined, string | null | undefined, object]>([
	[
		'STOPfromPhoneNumber',
		undefined,
		'175',
		{
			kind: 'optedOut',
			message: 'Not sent to 175: the recipient has opted out (CDYNE: STOPfromPhoneNumber)',
			description: STOP,
		},
	],
	[
		'StopOnPhoneNumber',
		'unavailable',
		undefined,
		{
			kind: 'optedOut',
			message: 'The recipient has opted out (CDYNE: StopOnPhoneNumber)',
			description: STOP,
		},
	],
	[
		'AccountSuspended',
		'unavailable',
		null,
		{
			kind: 'credential',
			message: 'The account is suspended (CDYNE: AccountSuspended)',
			description: 'The account is suspended. Contact CDYNE (Esendex).',
		},
	],
	[
		'New',
		undefined,
		undefined,
		{ kind: 'rejected', message: 'CDYNE responded with New', description: CHECK },
	],
	[
		'New',
		'unavailable',
		'175',
		{
			kind: 'unavailable',
			message: 'Not sent to 175: CDYNE responded with New',
			description: CHECK,
		},
	],
])('%s (%s, %s) is %j', async (name, kind, to, facts) => {
	const expected = { ...facts, nothingAccepted: true };
	expect(factsOf(refusal({ number: 12, name }, kind, to))).toEqual({ ...expected, code: '12' });
	expect(factsOf(refusal({ number: null, name }, kind, to))).toEqual({ ...expected, code: name });
});

it('a rejection that is about no recipient is thrown', async () => {
	const code = { number: 8, name: 'InternalError' };
	expect(await thrownBy(() => throwRefusal(code, 'unavailable'))).toEqual({
		kind: 'unavailable',
		message: 'An internal error at CDYNE (CDYNE: InternalError)',
		description: 'CDYNE has an internal error. Try again later.',
		code: '8',
		nothingAccepted: true,
	});
	expect(await thrownBy(() => throwRefusal(code))).toMatchObject({ kind: 'rejected' });
});

it.each([
	[{ a: 1 }, '{"a":1}'],
	[undefined, 'nothing'],
])('the unexpected value %j is quoted', async (value, quote) => {
	expect(await thrownBy(() => throwUnexpected('a list', value))).toEqual({
		kind: 'malformed',
		message: `Expected a list from CDYNE, got ${quote}`,
	});
});
