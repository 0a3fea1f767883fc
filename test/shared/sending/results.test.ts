import { Failure } from '../../../nodes/shared/errors/failure';
import { accepted, failed, type Outcome } from '../../../nodes/shared/model/outcome';
import { outputsOf } from '../../../nodes/shared/sending/results';

/** The outputs of an item, or its error. */

const ok = (id: string) => accepted([{ json: { id } }]);
const refused = (message: string, kind: 'rejected' | 'credential' = 'rejected') =>
	failed(new Failure({ kind, message, code: '7', nothingAccepted: true }));
const unknown = (message: string) => failed(new Failure({ kind: 'ambiguous', message }));

function play(outcomes: Outcome[], isGroup = false) {
	const results = outcomes.map((outcome, index) => ({ recipient: `+${index}`, outcome }));
	try {
		return outputsOf('p', results, isGroup).map(({ json }) => json);
	} catch (error) {
		return (error as Failure).message;
	}
}

it('has the messages of each recipient in order', () => {
	expect(play([ok('a'), ok('b')])).toEqual([{ id: 'a' }, { id: 'b' }]);
});

it.each([
	['the failure of the only recipient', [refused('No')], 'No'],
	['an unknown outcome of the only recipient', [unknown('Lost')], 'Lost'],
	['one reason for all', [refused('No'), refused('No')], 'No'],
	['unknown outcomes of all', [unknown('One'), unknown('Two')], 'One'],
	[
		'a rejected credential if nobody was reached',
		[refused('A'), refused('Key', 'credential')],
		'Key',
	],
])('is an error after %s', (_, outcomes, message) => {
	expect(play(outcomes)).toBe(message);
});

it('has an output for each recipient who was not reached, beside others', () => {
	expect(play([ok('a'), refused('Key', 'credential'), unknown('Lost')])).toMatchObject([
		{ id: 'a' },
		{
			provider: 'p',
			to: '+1',
			status: 'failed',
			isFinal: true,
			providerStatus: 'not sent',
			errorCode: '7',
			errorMessage: 'Key',
		},
		{
			to: '+2',
			status: 'unknown',
			isFinal: false,
			providerStatus: 'unknown',
			errorCode: null,
			errorMessage: 'Lost',
		},
	]);
});

it('has outputs for recipients who were rejected for different reasons', () => {
	expect(play([refused('A'), refused('B')])).toMatchObject([
		{ to: '+0', errorMessage: 'A' },
		{ to: '+1', errorMessage: 'B' },
	]);
});

it('shows what the provider reports of a rejected message', () => {
	const rejected = { ...refused('A'), outputs: [{ json: { id: 'x' } }] } as Outcome;
	expect(play([ok('a'), rejected])).toEqual([{ id: 'a' }, { id: 'x' }]);
	expect(play([rejected])).toBe('A');
});

it('of a group are about all its members, even if none was reached', () => {
	const rejected = { ...refused('A'), outputs: [{ json: { id: 'x' } }] } as Outcome;
	expect(play([rejected], true)).toEqual([{ id: 'x' }]);
	expect(play([refused('A')], true)).toBe('A');
});
