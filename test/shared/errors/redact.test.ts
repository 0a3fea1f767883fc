import fc from 'fast-check';
import { redactor } from '../../../nodes/shared/errors/redact';

const ACCOUNT = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90';
const WITH_SPECIAL_CHARACTERS = 'a/b&c "d" é+<x>\'y\\z=1';
const PLAIN = 'K7q+Zp/3vT9xLm2Wd8Rc';

const chars = (secret: string) => [...secret];
const codeUnits = (secret: string) => secret.split('');
const percentEncoded = (secret: string) =>
	[...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const SPELLINGS: Array<[string, (secret: string) => string]> = [
	['as plain text', (secret) => secret],
	['in upper case', (secret) => secret.toUpperCase()],
	['as part of a URL', (secret) => encodeURIComponent(secret)],
	['as a form field', (secret) => new URLSearchParams({ s: secret }).toString()],
	['with every byte percent-encoded', percentEncoded],
	['encoded twice', (secret) => encodeURIComponent(encodeURIComponent(secret))],
	['encoded three times', (s) => encodeURIComponent(encodeURIComponent(encodeURIComponent(s)))],
	['in JSON', (secret) => JSON.stringify({ secret })],
	['in JSON in JSON', (secret) => JSON.stringify({ inner: JSON.stringify({ secret }) })],
	['in JSON with slashes escaped', (s) => JSON.stringify({ s }).replace(/\//g, '\\/')],
	[
		'in JSON as code units',
		(secret) =>
			codeUnits(secret)
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
	['in base64url', (secret) => Buffer.from(secret).toString('base64url')],
	...['u:', 'us:', 'use:', 'user:'].map((before): [string, (secret: string) => string] => [
		`in a Basic header after ${before}`,
		(secret) => `Basic ${Buffer.from(before + secret).toString('base64')}`,
	]),
	['in a Basic header before a password', (s) => Buffer.from(`${s}:password`).toString('base64')],
];

/** Whether a text contains a secret, apart from its first and last characters. */
const contains = (text: string, secret: string) =>
	text.toLowerCase().includes(secret.toLowerCase().slice(2, -2));

describe.each([ACCOUNT, WITH_SPECIAL_CHARACTERS, PLAIN])('the secret %s', (secret) => {
	const redact = redactor([secret]);
	it.each(SPELLINGS)('is masked %s', (_, spell) => {
		const spelled = spell(secret);
		const masked = redact(`before ${spelled} after`);
		expect(masked).toContain('***');
		expect(masked).toMatch(/^before [\s\S]* after$/);
		expect(contains(masked, secret)).toBe(false);
		// in a Basic header, up to three characters of the neighboring text may be masked or not
		expect(masked.length).toBeLessThan('before  after'.length + spelled.length);
		for (let at = 0; at + 8 <= spelled.length; at++) {
			const part = spelled.slice(at, at + 8);
			if (spelled.includes(secret)) continue;
			if (/^(?:Basic|\{"|s=)/.test(part)) continue;
			if (at > 16 && at < spelled.length - 16) expect(masked).not.toContain(part);
		}
	});
});

it('a line break at the end of a pasted secret is ignored', () => {
	expect(redactor([`${PLAIN}\n`])(`x ${PLAIN} y`)).toBe('x *** y');
});

it('a GUID is masked with and without its dashes, and in braces', () => {
	for (const secret of [ACCOUNT, ACCOUNT.replace(/-/g, ''), `{${ACCOUNT}}`]) {
		const redact = redactor([secret]);
		expect(redact(`a ${ACCOUNT} b`)).toBe('a *** b');
		expect(redact(`a ${ACCOUNT.replace(/-/g, '')} b`)).toBe('a *** b');
		expect(redact(`a ${encodeURIComponent(`{${ACCOUNT}}`)} b`)).toContain('***');
	}
});

it('a secret that contains another is masked completely', () => {
	const redact = redactor(['abcdefghijklmnop', 'abcdefghijklmnopqrstuv']);
	expect(redact('x abcdefghijklmnopqrstuv y')).toBe('x *** y');
});

describe('a short secret', () => {
	const redact = redactor(['hello', '55501']);

	it('is masked as a whole word in an error and in a URL', () => {
		expect(redact('the token hello is wrong')).toBe('the token *** is wrong');
		expect(redact({ url: 'https://a.b/c?token=hello' })).toEqual({
			url: 'https://a.b/c?token=***',
		});
	});

	it('is not masked in what people write, nor inside numbers and words', () => {
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

it('a long secret is masked in every JSON value', () => {
	expect(redactor([ACCOUNT])({ a: [{ b: `x${ACCOUNT}` }], [ACCOUNT]: 1, n: 5, d: null })).toEqual({
		a: [{ b: 'x***' }],
		'***': 1,
		n: 5,
		d: null,
	});
});

it('a value that is too short for a secret is not masked', () => {
	expect(redactor(['abc', '', undefined])('abcabc')).toBe('abcabc');
});

it('no secret remains in any JSON value, whatever surrounds it', () => {
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
			const masked = JSON.stringify(redact(json)) ?? '';
			expect(masked).not.toContain(ACCOUNT);
			expect(masked).not.toContain(PLAIN);
		}),
	);
});

const B = (text: string) => Buffer.from(text).toString('base64');

describe('the length of a secret decides where it is masked', () => {
	it.each([
		['abcd', 'x abcd y'],
		['abcde', 'x *** y'],
		[' abcd ', 'x  abcd  y'],
		['  abcde\n', 'x   ***\n y'],
	])('%j in an error becomes %j', (secret, masked) => {
		expect(redactor([secret])(`x ${secret} y`)).toBe(masked);
	});

	it.each([
		['abcdefghijklmno', 'xabcdefghijklmnoy', 'abcdefghijklmno'],
		['abcdefghijklmnop', 'x***y', '***'],
		['abcdefghijklmnopq', 'x***y', '***'],
	])('%s inside a word, or in what people wrote', (secret, inWord, inData) => {
		const redact = redactor([secret]);
		expect(redact(`x${secret}y`)).toBe(inWord);
		expect(redact({ text: secret, [secret]: 1 })).toEqual({ text: inData, [inData]: 1 });
	});

	it.each([
		['abcdefg', false],
		['abcdefgh', true],
	])('%s in base64 is masked: %s', (secret, isMasked) => {
		for (const before of ['', 'u', 'us']) {
			expect(redactor([secret])(`Basic ${B(before + secret)}`).includes('***')).toBe(isMasked);
		}
	});
});

describe('in base64', () => {
	it('the rest of a text that looks encoded is unchanged', () => {
		for (const secret of ['abcdefgh', 'abcde']) {
			expect(redactor([secret])('100% & more \\ here')).toBe('100% & more \\ here');
		}
	});

	it.each([
		['abcdefghi', '', '***'],
		['abcdefghi', 'u', 'dW***Q=='],
		['abcdefghi', 'us', 'dXN***k='],
		['abcdefgh', '', '***g='],
		['abcdefghij', '', '***g=='],
	])('%s after %j is masked except for shared characters: %s', (secret, before, masked) => {
		expect(redactor([secret])(B(before + secret))).toBe(masked);
	});

	it.each(['+', '-', '%2B', '%2b'])('the character + may be %s', (sign) => {
		// "~~>" is "fn4+" in base64
		const secret = 'abc~~>abc';
		expect(redactor([secret])(`a ${B(secret).replace('+', sign)} b`)).toBe('a *** b');
	});

	it.each(['/', '_', '%2F', '%2f'])('the character / may be %s', (sign) => {
		// "~~?" is "fn4/" in base64
		const secret = 'abc~~?abc';
		expect(redactor([secret])(`a ${B(secret).replace('/', sign)} b`)).toBe('a *** b');
	});
});

describe('a short secret is masked as a whole word only', () => {
	const redact = redactor(['hello', 'a b+c']);
	it.each([
		['hello', '***'],
		['(hello)', '(***)'],
		['HELLO, hello', '***, ***'],
		['_hello_', '_***_'],
		['hellos', 'hellos'],
		['éhello', 'éhello'],
		['helloж', 'helloж'],
		['1hello', '1hello'],
		['hello2', 'hello2'],
		['%68ello!', '***!'],
		['hell\\u006f', '***'],
		['x%68ello', 'x%68ello'],
		['s=a+b%2Bc', 's=***'],
		['a b+c', '***'],
	])('%s: %s', (text, masked) => {
		expect(redact(text)).toBe(masked);
	});

	it.each([
		['https://a.b/hello', 'https://a.b/***'],
		['?token=hello', '?token=***'],
		['a&TOKEN=hello', 'a&TOKEN=***'],
		['token=hello', 'token=hello'],
		['?tokens=hello', '?tokens=hello'],
		['hello there', 'hello there'],
	])('in data, %s: %s', (text, masked) => {
		expect(redact({ [text]: [text] })).toEqual({ [masked]: [masked] });
	});
});

describe('every spelling of a character', () => {
	const secretWith = (sign: string) => `abcdefghij${sign}klmnopqrst`;
	it.each([
		[
			'é',
			[
				'%C3%A9',
				'%25C3%25A9',
				'\\u00e9',
				'\\\\u00E9',
				'\\xe9',
				'&#233;',
				'&#0233;',
				'&#xE9;',
				'&#x00e9;',
			],
		],
		['ÿ', ['\\xff', '&#255;']],
		['ж', ['%d0%b6', '\\u0436', '&#1078;', '&#x436;']],
		['😀', ['%F0%9F%98%80', '\\ud83d\\ude00', '&#128512;', '&#x1f600;']],
		['&', ['&amp;', '%26', '&#38;']],
		['<', ['&lt;']],
		['>', ['&gt;']],
		['"', ['&quot;', '\\"', '\\\\\\"']],
		["'", ['&apos;', "\\'"]],
		['/', ['\\/', '%2F', '%252525252F']],
		['\\', ['\\\\', '%5C']],
		[' ', ['+', '%20', '&#32;']],
		['.', ['.', '%2e']],
		['+', ['%2B']],
		['$', ['%24']],
	])('%s is masked', (sign, spellings) => {
		const redact = redactor([secretWith(sign)]);
		for (const spelling of [sign, ...spellings]) {
			expect([spelling, redact(`x ${secretWith(spelling)} y`)]).toEqual([spelling, 'x *** y']);
		}
	});

	it.each([
		['.', 'x'],
		['a', '\\a'],
		['Ā', '\\x100'],
		[' ', 'x'],
		['+', ' '],
		['é', '&eacute;'],
		['é', '&undefined;'],
		['é', '+'],
	])('%s is not spelled %s', (sign, notItsSpelling) => {
		const text = `x & ${secretWith(notItsSpelling)} y`;
		expect(redactor([secretWith(sign)])(text)).toBe(text);
	});

	it('a plus stands for a space even if only one of the secrets has a space', () => {
		const redact = redactor(['correct horse battery', ACCOUNT]);
		expect(redact('x correct+horse+battery y')).toBe('x *** y');
	});

	it('a plus is not ignored inside a secret without a space', () => {
		const text = 'x abcdefghij+klmnopqrst y';
		expect(redactor(['abcdefghijklmnopqrst'])(text)).toBe(text);
	});
});

describe('a GUID', () => {
	const bareGuid = ACCOUNT.replace(/-/g, '');
	it.each([
		ACCOUNT,
		bareGuid,
		`{${ACCOUNT}}`,
		ACCOUNT.toUpperCase(),
		ACCOUNT.replace('-', ''),
		ACCOUNT.replace(/-/g, '%2D'),
	])('in any form is masked in the form %s', (form) => {
		for (const secret of [ACCOUNT, bareGuid, `{${ACCOUNT}}`]) {
			expect(redactor([secret])(`x ${form} y`)).toMatch(/^x \{?\*\*\*\}? y$/);
		}
	});

	it.each([`${ACCOUNT}0`, `0${ACCOUNT}`, `${ACCOUNT.slice(0, -1)}g`, ACCOUNT.slice(0, -1)])(
		'is not %s, whose dashes are not optional',
		(secret) => {
			const redact = redactor([secret]);
			expect(redact(`x ${secret} y`)).toBe('x *** y');
			const text = `x ${secret.replace(/-/g, '')} y`;
			expect(redact(text)).toBe(text);
		},
	);
});

describe('a value', () => {
	const redact = redactor([ACCOUNT, 'hello']);

	it('that contains no text is unchanged', () => {
		const date = new Date(0);
		for (const value of [5, null, undefined, true]) expect(redact(value)).toBe(value);
		expect(redact(date)).toBe(date);
		expect(redact({ date }).date).toBe(date);
		const withToJsonField = { toJSON: 5, a: ACCOUNT };
		expect(redact(withToJsonField)).toEqual({ toJSON: 5, a: '***' });
	});

	it('with a secret is copied, not changed', () => {
		const value = { a: [ACCOUNT] };
		expect(redact(value)).toEqual({ a: ['***'] });
		expect(value).toEqual({ a: [ACCOUNT] });
		expect(redact([ACCOUNT, [5]])).toEqual(['***', [5]]);
	});

	it('without a secret is returned itself', () => {
		const value = { a: 'b' };
		for (const secrets of [[], [undefined], ['', 'abcd']]) {
			expect(redactor(secrets)(value)).toBe(value);
		}
		const words = { list: [{ text: 'a text of some length' }, 5, null], none: undefined };
		expect(redact(words)).toBe(words);
		expect(redact([words])).toEqual([words]);
	});

	it('is masked if only the name of a member or the last entry of a list has the secret', () => {
		expect(redact({ a: 1, [`x ${ACCOUNT}`]: 2 })).toEqual({ a: 1, 'x ***': 2 });
		expect(redact({ list: ['a', [ACCOUNT]] })).toEqual({ list: ['a', ['***']] });
	});

	it('is masked in the shortest texts that can contain a secret', () => {
		expect(redact('hello')).toBe('***');
		expect(redact({ a: 'hello' })).toEqual({ a: 'hello' });
		expect(redact({ a: 'b://hello' })).toEqual({ a: 'b://***' });
		const inBase64 = redactor(['12345678']);
		for (const before of ['', 'a', 'ab']) {
			const value = Buffer.from(`${before}12345678`).toString('base64');
			expect(inBase64({ value }).value).toContain('***');
		}
	});
});

it('all of several secrets are masked, the longest first, in any order', () => {
	const long = ['abcdefghijklmnop', 'abcdefghijklmnopqrstuv'];
	for (const secrets of [long, [...long].reverse(), [...long, ...long]]) {
		expect(redactor(secrets)('x abcdefghijklmnopqrstuv y abcdefghijklmnop')).toBe('x *** y ***');
	}
	const short = ['hello', 'hello-you'];
	for (const secrets of [short, [...short].reverse()]) {
		expect(redactor(secrets)('hello-you, hello')).toBe('***, ***');
	}
	expect(redactor([ACCOUNT, 'hello'])(`${ACCOUNT} hello`)).toBe('*** ***');
});
