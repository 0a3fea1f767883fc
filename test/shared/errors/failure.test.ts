import {
	toFailure,
	throwFailure,
	throwInvalidInput,
	Failure,
	rethrow,
	messageOf,
} from '../../../nodes/shared/errors/failure';
import type { FailureFacts } from '../../../nodes/shared/errors/failure';

function caught(act: () => never): unknown {
	try {
		return act();
	} catch (error) {
		return error;
	}
}

describe('a failure', () => {
	it('has flags that are off by default', () => {
		expect(new Failure({ kind: 'unavailable', message: 'Down' })).toMatchObject({
			name: 'Failure',
			message: 'Down',
			kind: 'unavailable',
			nothingAccepted: false,
			timedOut: false,
			persistent: false,
			holdsForAccount: false,
		});
	});

	it('has all facts that it is created with, and can be copied with changes', () => {
		const facts = {
			kind: 'rejected',
			message: 'No',
			description: 'Try another',
			code: '7',
			httpStatus: 400,
			retryAfter: 5,
			nothingAccepted: true,
			timedOut: true,
			persistent: true,
			holdsForAccount: true,
		} as const;
		const failure = new Failure(facts);
		expect(failure).toMatchObject(facts);
		expect(failure.with({ code: '8' })).toMatchObject({ ...facts, code: '8' });
		expect(failure.with({ message: 'Never' }).message).toBe('Never');
	});

	it('for invalid input has sent nothing', () => {
		expect(caught(() => throwInvalidInput('Bad', 'Fix it'))).toMatchObject({
			kind: 'rejected',
			message: 'Bad',
			description: 'Fix it',
			nothingAccepted: true,
		});
		expect(caught(() => throwFailure({ kind: 'rejected', message: 'Bad' }))).toMatchObject({
			nothingAccepted: false,
		});
	});

	it('is not wrapped in another failure', () => {
		const failure = new Failure({ kind: 'optedOut', message: 'STOP' });
		expect(toFailure(failure)).toBe(failure);
		expect(caught(() => rethrow(failure))).toBe(failure);
	});
});

describe('a message that quotes what was received', () => {
	const redact = <T>(value: T) => String(value).replaceAll('secret', '***') as T;
	const failureWith = (message: FailureFacts['message']) =>
		new Failure({ kind: 'malformed', message, code: '7', timedOut: true });
	const quoting =
		(...received: string[]): FailureFacts['message'] =>
		(excerptOf) =>
			`Got "${received.map(excerptOf).join(', ')}"`;

	it.each<[string[], string]>([
		[['one'], 'Got "one"'],
		[['one', '<b>two</b>'], 'Got "one, two"'],
		[['$& $1'], 'Got "$& $1"'],
		[['x'.repeat(121)], `Got "${'x'.repeat(120)}…"`],
	])('quotes excerpts of %j', (received, message) => {
		expect(failureWith(quoting(...received)).message).toBe(message);
		expect(failureWith(quoting(...received)).masked(redact)).toMatchObject({
			kind: 'malformed',
			message,
			code: '7',
			timedOut: true,
		});
	});

	it.each<[string, string]>([
		['a secret', 'Got "a ***"'],
		// masked before it is cut
		[`${'x'.repeat(117)}secret`, `Got "${'x'.repeat(117)}***"`],
		[`${'x'.repeat(118)}secret`, `Got "${'x'.repeat(118)}**…"`],
	])('masks the secrets in %j', (received, message) => {
		expect(failureWith(quoting(received)).masked(redact).message).toBe(message);
	});

	it('is still masked after other facts have changed, and stays masked', () => {
		const changed = failureWith(quoting('a secret')).with({ code: '8' });
		expect(changed.message).toBe('Got "a secret"');
		const masked = changed.masked(redact);
		expect(masked).toMatchObject({ message: 'Got "a ***"', code: '8' });
		expect(masked.with({ code: '9' })).toMatchObject({ message: 'Got "a ***"', code: '9' });
		expect(masked.masked(redact)).toBe(masked);
	});

	it('may be replaced with one that quotes nothing', () => {
		const failure = failureWith(quoting('a secret')).with({ message: 'No secret' });
		expect(failure.message).toBe('No secret');
		expect(failure.masked(redact)).toBe(failure);
	});

	it('is the only message that is masked', () => {
		const failure = failureWith('a secret');
		expect(failure.masked(redact)).toBe(failure);
	});
});

describe('any other thrown value', () => {
	it.each<[unknown, string]>([
		[new TypeError('no function'), 'no function'],
		[{ message: 'of another realm' }, 'of another realm'],
		[{ message: 7 }, 'Unknown error'],
		[{}, 'Unknown error'],
		[null, 'Unknown error'],
		[undefined, 'undefined'],
		['words', 'words'],
		[7, '7'],
	])('%p becomes a failure with the message %p', (error, message) => {
		expect(messageOf(error)).toBe(message);
		expect(toFailure(error)).toMatchObject({ kind: 'rejected', message });
	});
});
