import { ApplicationError } from 'n8n-workflow';
import { Failure } from '../../nodes/shared/errors';
import type { FailureFacts } from '../../nodes/shared/errors';
import { detailsOf, toNodeError } from '../../nodes/shared/nodeError';
import { redactor } from '../../nodes/shared/redact';
import { NODE } from './contexts';

/** n8n's errors, made of failures and of whatever else was thrown. */

const SECRET = 'a-secret-of-ours';
const frame = { node: NODE, redact: redactor([SECRET]) };
const failureOf = (facts: Partial<FailureFacts> = {}) =>
	new Failure({ kind: 'rejected', message: 'No', ...facts });
const errorOf = (error: unknown, more: { itemIndex?: number; asTool?: boolean } = {}) =>
	toNodeError(error, { ...frame, ...more });

/** What differs from one kind of error to the other. */
const KINDS: Array<[string, (message: string, description?: string) => unknown, string]> = [
	['a failure', (message, description) => failureOf({ message, description }), 'NodeApiError'],
	['another error', (message, description) => ({ message, description }), 'NodeOperationError'],
];

describe.each(KINDS)('%s', (_, make, name) => {
	it('is one of n8n', () => {
		const error = errorOf(make('No', 'Mend it.'));
		expect(error).toMatchObject({ name, message: 'No', description: 'Mend it.', node: NODE });
	});

	it.each([
		[undefined, 'No'],
		[0, 'No [Item 0]'],
		[3, 'No [Item 3]'],
	])('of the item %s is %j', (itemIndex, message) => {
		const error = errorOf(make('No'), { itemIndex });
		expect(error.message).toBe(message);
		expect(error.context.itemIndex).toBe(itemIndex);
		// the editor writes the item behind a message whose context shows one
		const shown = Object.entries(error.context).filter(
			([key, value]) => key === 'itemIndex' && value !== undefined,
		);
		expect(shown).toEqual([]);
	});

	it.each([
		[undefined, undefined, 'No [Item 1]'],
		[false, 'Mend it.', 'No [Item 1]'],
		[true, 'Mend it.', 'No. Mend it. [Item 1]'],
		[true, '', 'No [Item 1]'],
		[true, undefined, 'No [Item 1]'],
	])('for an agent (%s) with the advice %j is %j', (asTool, description, message) => {
		expect(errorOf(make('No', description), { itemIndex: 1, asTool }).message).toBe(message);
	});

	it.each<[unknown, string | undefined | null]>([
		['Mend it.', 'Mend it.'],
		['', undefined],
		[5, undefined],
		[undefined, undefined],
		[`with ${SECRET}`, 'with ***'],
		['x'.repeat(2_001), `${'x'.repeat(2_000)}…`],
	])('with the description %j has %j', (description, told) => {
		const error = errorOf(make('No', description as string));
		expect(error.description ?? undefined).toBe(told);
	});

	it.each([
		[`is ${SECRET}!`, 'is ***!'],
		['x'.repeat(2_000), 'x'.repeat(2_000)],
		['x'.repeat(2_001), `${'x'.repeat(2_000)}…`],
		[`"${'x'.repeat(200)}"`, `"${'x'.repeat(200)}"`],
		[`a "${'x'.repeat(201)}" b`, 'a a text of 201 characters b'],
		[
			`"${'x'.repeat(201)}", "b", "${'y'.repeat(300)}"`,
			'a text of 201 characters, "b", a text of 300 characters',
		],
		['"" "a"', '"" "a"'],
		[`"${SECRET.repeat(20)}"`, `"${'***'.repeat(20)}"`],
		[`${'x'.repeat(1_990)} ${SECRET}`, `${'x'.repeat(1_990)} ***`],
	])('is told without what nobody reads', (message, told) => {
		expect(errorOf(make(message)).message).toBe(told);
		expect(errorOf(make(message), { itemIndex: 2 }).message).toBe(`${told} [Item 2]`);
	});
});

describe('a failure', () => {
	it.each<[Partial<FailureFacts>, string | null]>([
		[{}, null],
		[{ code: 'E7' }, 'E7'],
		[{ httpStatus: 404 }, '404'],
		[{ code: 'E7', httpStatus: 404 }, 'E7'],
		[{ code: SECRET }, '***'],
	])('with %j has the code %j', (facts, code) => {
		const error = errorOf(failureOf(facts));
		expect('httpCode' in error ? error.httpCode : undefined).toBe(code);
	});

	it('has its kind and its code in the context', () => {
		expect(errorOf(failureOf({ code: `E ${SECRET}` })).context).toMatchObject({
			kind: 'rejected',
			code: 'E ***',
		});
		const { context } = errorOf(failureOf());
		expect(context.kind).toBe('rejected');
		expect('code' in context).toBe(false);
		expect('itemIndex' in context).toBe(false);
	});

	it.each<[FailureFacts['kind'], number | undefined, object | undefined]>([
		['credential', undefined, { cause: 'credential-invalid', retryAfterMs: undefined }],
		['rateLimited', 7_000, { cause: 'rate-limited', retryAfterMs: 7_000 }],
		['unavailable', undefined, { cause: 'temporarily-unavailable', retryAfterMs: undefined }],
		['rejected', 7_000, undefined],
		['ambiguous', undefined, undefined],
		['optedOut', undefined, undefined],
	])('that is %s tells n8n whether waiting helps', (kind, retryAfter, failure) => {
		const error = errorOf(failureOf({ kind, retryAfter })) as unknown as { failure?: object };
		expect(error.failure).toEqual(failure);
		expect(errorOf(failureOf({ kind })).context.kind).toBe(kind);
	});

	it('keeps what it is made of', () => {
		const made = (facts: Partial<FailureFacts>) =>
			(errorOf(failureOf(facts)) as unknown as { errorResponse: unknown }).errorResponse;
		expect(made({})).toStrictEqual({ kind: 'rejected' });
		expect(made({ code: SECRET, httpStatus: 404 })).toEqual({
			kind: 'rejected',
			code: '***',
			httpStatus: 404,
		});
	});

	it.each(['ECONNREFUSED', 'econnreset', 'ENOTFOUND', 'ETIMEDOUT', 'getaddrinfo', 'EACCES'])(
		'that says %s keeps its words',
		(word) => {
			const { message } = errorOf(failureOf({ message: `No ${word}, ${word}` }));
			const kept = `${word.slice(0, 2)}\u2060${word.slice(2)}`;
			expect(message).toBe(`No ${kept}, ${kept}`);
		},
	);
});

describe('another error', () => {
	it('keeps the key of its description, where it has one', () => {
		const { context } = errorOf({ message: 'No', context: { descriptionKey: 'notBound' } });
		expect(context.descriptionKey).toBe('notBound');
		for (const other of [{}, undefined, { descriptionKey: '' }]) {
			expect(errorOf({ message: 'No', context: other }).context).not.toHaveProperty(
				'descriptionKey',
			);
		}
	});

	it.each<[unknown, string]>([
		[null, 'An error without words'],
		[undefined, 'undefined'],
		['words', 'words'],
		[new ApplicationError('Missing'), 'Missing'],
	])('may be anything: %j', (error, message) => {
		expect(errorOf(error)).toMatchObject({ name: 'NodeOperationError', message });
	});
});

describe('the details', () => {
	it.each<[unknown, object]>([
		[failureOf(), { kind: 'rejected', code: null, description: null }],
		[
			failureOf({ kind: 'optedOut', code: '7', description: 'Mend it.' }),
			{ kind: 'optedOut', code: '7', description: 'Mend it.' },
		],
		[
			failureOf({ code: SECRET, description: `of ${SECRET}` }),
			{ kind: 'rejected', code: '***', description: 'of ***' },
		],
		[failureOf({ code: '', description: '' }), { kind: 'rejected', code: '', description: '' }],
		[failureOf({ message: 'No credential' }), { kind: 'rejected', code: null, description: null }],
		[new Error('No'), { kind: 'rejected', code: null, description: null }],
		[
			{ message: 'The Credentials are missing', description: `of ${SECRET}`, code: '7' },
			{ kind: 'credential', code: null, description: 'of ***' },
		],
		[
			{ message: 'No', description: 5 },
			{ kind: 'rejected', code: null, description: null },
		],
		['No credential', { kind: 'credential', code: null, description: null }],
		[null, { kind: 'rejected', code: null, description: null }],
		[undefined, { kind: 'rejected', code: null, description: null }],
	])('of %j', (error, details) => {
		for (const nothingSent of [true, false]) {
			expect(detailsOf(error, nothingSent, frame.redact)).toEqual({ ...details, nothingSent });
		}
	});
});
