import fc from 'fast-check';
import { redactor } from '../../nodes/shared/redact';

const ACCOUNT = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90';
const ODD = 'a/b&c "d" é+<x>\'y\\z=1';
const PLAIN = 'K7q+Zp/3vT9xLm2Wd8Rc';

const chars = (secret: string) => [...secret];
const units = (secret: string) => secret.split('');
const byte = (character: string) =>
	[...Buffer.from(character)].map((one) => `%${one.toString(16).padStart(2, '0')}`).join('');
const percent = (secret: string) => chars(secret).map(byte).join('');

const SPELLINGS: Array<[string, (secret: string) => string]> = [
	['as it is', (secret) => secret],
	['in upper case', (secret) => secret.toUpperCase()],
	['as part of an address', (secret) => encodeURIComponent(secret)],
	['as a form field', (secret) => new URLSearchParams({ s: secret }).toString()],
	['percent-encoded throughout', percent],
	['encoded twice', (secret) => encodeURIComponent(encodeURIComponent(secret))],
	['encoded three times', (s) => encodeURIComponent(encodeURIComponent(encodeURIComponent(s)))],
	['in JSON', (secret) => JSON.stringify({ secret })],
	['in JSON in JSON', (secret) => JSON.stringify({ inner: JSON.stringify({ secret }) })],
	['in JSON with slashes escaped', (s) => JSON.stringify({ s }).replace(/\//g, '\\/')],
	[
		'in JSON as code units',
		(secret) =>
			units(secret)
				.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
				.join(''),
	],
	['in XML', (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')],
	[
		'in an attribute',
		(s) =>
			s
				.replace(/&/g, '&amp;')
				.replace(/"/g, '&quot;')
				.replace(/'/g, '&#39;')
				.replace(/</g, '&lt;')
				.replace(/>/g, '&gt;'),
	],
	[
		'as decimal references',
		(s) =>
			chars(s)
				.map((c) => `&#${c.codePointAt(0)};`)
				.join(''),
	],
	[
		'as hexadecimal references',
		(s) =>
			chars(s)
				.map((c) => `&#x${c.codePointAt(0)?.toString(16)};`)
				.join(''),
	],
	['in base64', (secret) => Buffer.from(secret).toString('base64')],
	['in base64 for addresses', (secret) => Buffer.from(secret).toString('base64url')],
	...['u:', 'us:', 'use:', 'user:'].map((before): [string, (secret: string) => string] => [
		`in a Basic header behind ${before}`,
		(secret) => `Basic ${Buffer.from(before + secret).toString('base64')}`,
	]),
	['in a Basic header before more', (s) => Buffer.from(`${s}:password`).toString('base64')],
];

/** What is left of a secret: its longest part that stands in a text in any of these ways. */
const holds = (text: string, secret: string) =>
	text.toLowerCase().includes(secret.toLowerCase().slice(2, -2));

describe.each([ACCOUNT, ODD, PLAIN])('the secret %s', (secret) => {
	const redact = redactor([secret]);
	it.each(SPELLINGS)('is taken out %s', (_, spell) => {
		const spelled = spell(secret);
		const masked = redact(`before ${spelled} after`);
		expect(masked).toContain('***');
		expect(masked).toMatch(/^before [\s\S]* after$/);
		expect(holds(masked, secret)).toBe(false);
		// of a Basic header up to three characters of the neighbours may go or stay
		expect(masked.length).toBeLessThan('before  after'.length + spelled.length);
		for (let at = 0; at + 8 <= spelled.length; at++) {
			const part = spelled.slice(at, at + 8);
			if (spelled.includes(secret)) continue;
			if (/^(?:Basic|\{"|s=)/.test(part)) continue;
			if (at > 16 && at < spelled.length - 16) expect(masked).not.toContain(part);
		}
	});
});

it('a secret that was pasted with a line end is the same one', () => {
	expect(redactor([`${PLAIN}\n`])(`x ${PLAIN} y`)).toBe('x *** y');
});

it('a GUID is found with and without its dashes, and in braces', () => {
	for (const secret of [ACCOUNT, ACCOUNT.replace(/-/g, ''), `{${ACCOUNT}}`]) {
		const redact = redactor([secret]);
		expect(redact(`a ${ACCOUNT} b`)).toBe('a *** b');
		expect(redact(`a ${ACCOUNT.replace(/-/g, '')} b`)).toBe('a *** b');
		expect(redact(`a ${encodeURIComponent(`{${ACCOUNT}}`)} b`)).toContain('***');
	}
});

it('a secret that holds another is masked whole', () => {
	const redact = redactor(['abcdefghijklmnop', 'abcdefghijklmnopqrstuv']);
	expect(redact('x abcdefghijklmnopqrstuv y')).toBe('x *** y');
});

describe('a short secret', () => {
	const redact = redactor(['hello', '55501']);

	it('is masked in an error and in an address, where it stands alone', () => {
		expect(redact('the token hello is wrong')).toBe('the token *** is wrong');
		expect(redact({ url: 'https://a.b/c?token=hello' })).toEqual({
			url: 'https://a.b/c?token=***',
		});
	});

	it('touches neither what people write nor their numbers', () => {
		const item = {
			text: 'hello Anna',
			to: '17575550142',
			from: '55501',
			raw: { Message: 'hello' },
		};
		expect(redact(item)).toEqual(item);
		expect(redact('17575550142 and Othello')).toBe('17575550142 and Othello');
	});
});

it('a long one is taken out of every JSON value', () => {
	expect(redactor([ACCOUNT])({ a: [{ b: `x${ACCOUNT}` }], [ACCOUNT]: 1, n: 5, d: null })).toEqual({
		a: [{ b: 'x***' }],
		'***': 1,
		n: 5,
		d: null,
	});
});

it('leaves texts alone when the secret is too short to be one', () => {
	expect(redactor(['abc', '', undefined])('abcabc')).toBe('abcabc');
});

it('leaves no secret in any JSON value, whatever is around it', () => {
	const redact = redactor([ACCOUNT, PLAIN]);
	const planted = fc
		.tuple(fc.string(), fc.constantFrom(ACCOUNT, PLAIN), fc.string())
		.map((parts) => parts.join(''));
	const value = fc.letrec((tie) => ({
		node: fc.oneof(
			planted,
			fc.constantFrom(1, null, true),
			fc.array(tie('node'), { maxLength: 3 }),
			fc.dictionary(planted, tie('node'), { maxKeys: 3 }),
		),
	})).node;
	fc.assert(
		fc.property(value, (json) => {
			const left = JSON.stringify(redact(json)) ?? '';
			expect(left).not.toContain(ACCOUNT);
			expect(left).not.toContain(PLAIN);
		}),
	);
});
