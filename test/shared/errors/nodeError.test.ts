import { ApplicationError, NodeOperationError } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import type { FailureFacts } from '../../../nodes/shared/errors/failure';
import { detailsOf, toNodeError } from '../../../nodes/shared/errors/nodeError';
import { redactor } from '../../../nodes/shared/errors/redact';
import { NODE } from '../../engine/harness/contexts';

const SECRET = 'a-secret-of-ours';
const options = { node: NODE, redact: redactor([SECRET]) };
const failureOf = (facts: Partial<FailureFacts> = {}) =>
	new Failure({ kind: 'rejected', message: 'No', ...facts });
const errorOf = (error: unknown, added: { itemIndex?: number; asTool?: boolean } = {}) =>
	toNodeError(error, { ...options, ...added });

const ERRORS: Array<[string, (message: string, description?: string) => unknown, string]> = [
	['a failure', (message, description) => failureOf({ message, description }), 'NodeApiError'],
	['any other error', (message, description) => ({ message, description }), 'NodeOperationError'],
];

describe.each(ERRORS)('%s', (_, make, name) => {
	it('becomes an error of n8n', () => {
		const error = errorOf(make('No', 'Fix it.'));
		expect(error).toMatchObject({ name, message: 'No', description: 'Fix it.', node: NODE });
	});

	it.each([
		[undefined, 'No'],
		[0, 'No [Item 0]'],
		[3, 'No [Item 3]'],
	])('of the item %s has the message %j', (itemIndex, message) => {
		const error = errorOf(make('No'), { itemIndex });
		expect(error.message).toBe(message);
		expect(error.context.itemIndex).toBe(itemIndex);
		// the editor appends the item to a message if the index is enumerable
		const enumerable = Object.entries(error.context).filter(
			([key, value]) => key === 'itemIndex' && value !== undefined,
		);
		expect(enumerable).toEqual([]);
	});

	it('can be given another item, as n8n does when a tool fails inside an agent', () => {
		const error = errorOf(make('No'), { itemIndex: 3 });
		const wrapped = new NodeOperationError(NODE, error);
		expect(wrapped.message).toBe('No [Item 3]');
	});

	it.each([
		[undefined, undefined, 'No [Item 1]'],
		[false, 'Fix it.', 'No [Item 1]'],
		[true, 'Fix it.', 'No. Fix it. [Item 1]'],
		[true, '', 'No [Item 1]'],
		[true, undefined, 'No [Item 1]'],
	])('with asTool %s and the description %j has the message %j', (asTool, description, message) => {
		expect(errorOf(make('No', description), { itemIndex: 1, asTool }).message).toBe(message);
	});

	it.each<[unknown, string | undefined | null]>([
		['Fix it.', 'Fix it.'],
		['', undefined],
		[5, undefined],
		[undefined, undefined],
		[`with ${SECRET}`, 'with ***'],
		['x'.repeat(2_001), `${'x'.repeat(2_000)}…`],
	])('with the description %j shows %j', (description, shown) => {
		const error = errorOf(make('No', description as string));
		expect(error.description ?? undefined).toBe(shown);
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
	])('has a message with secrets masked and long parts shortened', (message, shown) => {
		expect(errorOf(make(message)).message).toBe(shown);
		expect(errorOf(make(message), { itemIndex: 2 }).message).toBe(`${shown} [Item 2]`);
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
	])('of the kind %s tells n8n whether waiting helps', (kind, retryAfter, failure) => {
		const error = errorOf(failureOf({ kind, retryAfter })) as unknown as { failure?: object };
		expect(error.failure).toEqual(failure);
		expect(errorOf(failureOf({ kind })).context.kind).toBe(kind);
	});

	it('has its facts in the error response', () => {
		const responseOf = (facts: Partial<FailureFacts>) =>
			(errorOf(failureOf(facts)) as unknown as { errorResponse: unknown }).errorResponse;
		expect(responseOf({})).toStrictEqual({ kind: 'rejected' });
		expect(responseOf({ code: SECRET, httpStatus: 404 })).toEqual({
			kind: 'rejected',
			code: '***',
			httpStatus: 404,
		});
	});

	it.each(['ECONNREFUSED', 'econnreset', 'ENOTFOUND', 'ETIMEDOUT', 'getaddrinfo', 'EACCES'])(
		'with %s in its message is not replaced by n8n',
		(word) => {
			const { message, stack } = errorOf(failureOf({ message: `No ${word}, ${word}` }));
			expect(message).toBe(`No ${word}, ${word}`);
			expect(stack).toContain(`No ${word}, ${word}`);
		},
	);
});

describe('any other error', () => {
	it('keeps the key of its description if it has one', () => {
		const { context } = errorOf({ message: 'No', context: { descriptionKey: 'notBound' } });
		expect(context.descriptionKey).toBe('notBound');
		for (const withoutKey of [{}, undefined, { descriptionKey: '' }]) {
			expect(errorOf({ message: 'No', context: withoutKey }).context).not.toHaveProperty(
				'descriptionKey',
			);
		}
	});

	it.each<[unknown, string]>([
		[null, 'Unknown error'],
		[undefined, 'undefined'],
		['words', 'words'],
		[new ApplicationError('Missing'), 'Missing'],
	])('may be any thrown value: %j', (error, message) => {
		expect(errorOf(error)).toMatchObject({ name: 'NodeOperationError', message });
	});
});

describe('the details', () => {
	it.each<[unknown, object]>([
		[failureOf(), { kind: 'rejected', code: null, description: null }],
		[
			failureOf({ kind: 'optedOut', code: '7', description: 'Fix it.' }),
			{ kind: 'optedOut', code: '7', description: 'Fix it.' },
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
			expect(detailsOf(error, nothingSent, options.redact)).toEqual({ ...details, nothingSent });
		}
	});
});
