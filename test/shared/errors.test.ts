import { asFailure, fail, Failure, failInput, rethrow, wordsOf } from '../../nodes/shared/errors';

function caught(act: () => never): unknown {
	try {
		return act();
	} catch (error) {
		return error;
	}
}

describe('a failure', () => {
	it('claims nothing that it was not given', () => {
		expect(new Failure({ kind: 'unavailable', message: 'Down' })).toMatchObject({
			name: 'Failure',
			message: 'Down',
			kind: 'unavailable',
			nothingAccepted: false,
			timedOut: false,
			lasting: false,
			notFound: false,
		});
	});

	it('keeps all that it was given', () => {
		const facts = {
			kind: 'rejected',
			message: 'No',
			description: 'Try another',
			code: '7',
			httpStatus: 400,
			retryAfter: 5,
			nothingAccepted: true,
			timedOut: true,
			lasting: true,
			notFound: true,
			came: ['x'],
		} as const;
		const failure = new Failure({ ...facts, came: ['x'] });
		expect(failure).toMatchObject(facts);
		expect(failure.with({ code: '8' })).toMatchObject({ ...facts, code: '8' });
		expect(failure.with({ message: 'Never' }).message).toBe('Never');
	});

	it('for bad input has sent nothing', () => {
		expect(caught(() => failInput('Bad', 'Mend it'))).toMatchObject({
			kind: 'rejected',
			message: 'Bad',
			description: 'Mend it',
			nothingAccepted: true,
		});
		expect(caught(() => fail({ kind: 'rejected', message: 'Bad' }))).toMatchObject({
			nothingAccepted: false,
		});
	});

	it('stays the one it is', () => {
		const failure = new Failure({ kind: 'optedOut', message: 'STOP' });
		expect(asFailure(failure)).toBe(failure);
		expect(caught(() => rethrow(failure))).toBe(failure);
	});
});

describe('anything else that was thrown', () => {
	it.each<[unknown, string]>([
		[new TypeError('no function'), 'no function'],
		[{ message: 'of another realm' }, 'of another realm'],
		[{ message: 7 }, 'An error without words'],
		[{}, 'An error without words'],
		[null, 'An error without words'],
		[undefined, 'undefined'],
		['words', 'words'],
		[7, '7'],
	])('%p is %p', (error, words) => {
		expect(wordsOf(error)).toBe(words);
		expect(asFailure(error)).toMatchObject({ kind: 'rejected', message: words });
	});
});
