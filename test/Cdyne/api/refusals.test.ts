import { odd, refuse } from '../../../nodes/Cdyne/api/refusals';
import type { FailureKind } from '../../../nodes/shared/errors';
import { refusal } from '../../shared/canned';

/** Refusals in plain words, and answers that say nothing. */

const CHECK = 'Check the values of this item, and that what they name belongs to this license key.';
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
		{ kind: 'rejected', message: 'CDYNE answered New', description: CHECK },
	],
	[
		'New',
		'unavailable',
		'175',
		{ kind: 'unavailable', message: 'Not sent to 175: CDYNE answered New', description: CHECK },
	],
])('%s (%s, %s) is refused as %j', async (name, kind, to, facts) => {
	expect(await refusal(() => refuse({ number: 12, name }, kind, to))).toEqual({
		...facts,
		code: '12',
		nothingAccepted: true,
	});
	expect(await refusal(() => refuse({ number: null, name }, kind, to))).toEqual({
		...facts,
		code: name,
		nothingAccepted: true,
	});
});

it.each([
	[{ a: 1 }, '{"a":1}'],
	[undefined, 'nothing'],
])('%j is told as what came', async (value, came) => {
	expect(await refusal(() => odd('a list', value))).toEqual({
		kind: 'malformed',
		message: 'Expected a list of CDYNE, got \u0000',
		came: [came],
	});
});
