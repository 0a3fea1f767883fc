import fc from 'fast-check';
import { redactor } from '../../nodes/shared/redact';

const ACCOUNT = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90';

describe('redaction', () => {
	it.each([
		['in a text', `key ${ACCOUNT}!`, 'key ***!'],
		['in the other case', ACCOUNT.toUpperCase(), '***'],
		['in an object', { a: [{ b: `x${ACCOUNT}` }] }, { a: [{ b: 'x***' }] }],
		['in a name of a field', { [ACCOUNT]: 1 }, { '***': 1 }],
	])('takes a secret out %s', (_where, value, expected) => {
		expect(redactor([ACCOUNT])(value)).toEqual(expected);
	});

	it('takes out the spellings of URLs, JSON, XML and Basic headers', () => {
		const secret = 'a/b&c "d" é';
		const redact = redactor([secret]);
		for (const spelling of [
			encodeURIComponent(secret),
			new URLSearchParams({ s: secret }).toString(),
			JSON.stringify({ secret }),
			secret.replace(/&/g, '&amp;'),
			Buffer.from(secret).toString('base64'),
		]) {
			expect(redact(`<${spelling}>`)).toContain('***');
		}
	});

	it('leaves texts alone when the secret is too short to be one', () => {
		expect(redactor(['abc', '', undefined])('abcabc')).toBe('abcabc');
	});

	it('leaves no secret in any JSON value', () => {
		const redact = redactor([ACCOUNT]);
		const value = fc.letrec((tie) => ({
			node: fc.oneof(
				fc.constantFrom(ACCOUNT, `a${ACCOUNT}b`, 1, null, true),
				fc.array(tie('node'), { maxLength: 3 }),
				fc.dictionary(fc.constantFrom('x', ACCOUNT), tie('node'), { maxKeys: 3 }),
			),
		})).node;
		fc.assert(
			fc.property(value, (json) => {
				expect(JSON.stringify(redact(json)) ?? '').not.toContain(ACCOUNT);
			}),
		);
	});
});
