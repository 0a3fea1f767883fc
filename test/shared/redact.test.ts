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

const B = (text: string) => Buffer.from(text).toString('base64');

describe('how long a secret is', () => {
	it.each([
		['abcd', 'x abcd y'],
		['abcde', 'x *** y'],
		[' abcd ', 'x  abcd  y'],
		['  abcde\n', 'x   ***\n y'],
	])('%j in an error leaves %j', (secret, left) => {
		expect(redactor([secret])(`x ${secret} y`)).toBe(left);
	});

	it.each([
		['abcdefghijklmno', 'xabcdefghijklmnoy', 'abcdefghijklmno'],
		['abcdefghijklmnop', 'x***y', '***'],
		['abcdefghijklmnopq', 'x***y', '***'],
	])('%s within a word, or in what people wrote', (secret, inWord, inData) => {
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
	it('nothing else of a text with signs of an encoding is touched', () => {
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
	])('%s behind %j leaves what its neighbours have a part in: %s', (secret, before, left) => {
		expect(redactor([secret])(B(before + secret))).toBe(left);
	});

	it.each(['+', '-', '%2B', '%2b'])('the sign + may be %s', (sign) => {
		// "~~>" is "fn4+" there
		const secret = 'abc~~>abc';
		expect(redactor([secret])(`a ${B(secret).replace('+', sign)} b`)).toBe('a *** b');
	});

	it.each(['/', '_', '%2F', '%2f'])('the sign / may be %s', (sign) => {
		// "~~?" is "fn4/" there
		const secret = 'abc~~?abc';
		expect(redactor([secret])(`a ${B(secret).replace('/', sign)} b`)).toBe('a *** b');
	});
});

describe('what counts as a word', () => {
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

describe('every spelling of one sign', () => {
	const around = (sign: string) => `abcdefghij${sign}klmnopqrst`;
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
	])('%s', (sign, ways) => {
		const redact = redactor([around(sign)]);
		for (const way of [sign, ...ways]) {
			expect([way, redact(`x ${around(way)} y`)]).toEqual([way, 'x *** y']);
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
	])('%s is not %s', (sign, other) => {
		const text = `x & ${around(other)} y`;
		expect(redactor([around(sign)])(text)).toBe(text);
	});

	it('a plus stands for the blank of one secret beside another without any', () => {
		const redact = redactor(['correct horse battery', ACCOUNT]);
		expect(redact('x correct+horse+battery y')).toBe('x *** y');
	});

	it('a secret without a blank is none with a plus', () => {
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
	])('given in one form is masked in the form %s', (form) => {
		for (const secret of [ACCOUNT, bareGuid, `{${ACCOUNT}}`]) {
			expect(redactor([secret])(`x ${form} y`)).toMatch(/^x \{?\*\*\*\}? y$/);
		}
	});

	it.each([`${ACCOUNT}0`, `0${ACCOUNT}`, `${ACCOUNT.slice(0, -1)}g`, ACCOUNT.slice(0, -1)])(
		'is not %s, whose dashes count',
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

	it('that is no text stays as it is', () => {
		const date = new Date(0);
		for (const value of [5, null, undefined, true]) expect(redact(value)).toBe(value);
		expect(redact(date)).toBe(date);
		expect(redact({ date }).date).toBe(date);
		const own = { toJSON: 5, a: ACCOUNT };
		expect(redact(own)).toEqual({ toJSON: 5, a: '***' });
	});

	it('is a copy', () => {
		const value = { a: [ACCOUNT] };
		expect(redact(value)).toEqual({ a: ['***'] });
		expect(value).toEqual({ a: [ACCOUNT] });
		expect(redact([ACCOUNT, [5]])).toEqual(['***', [5]]);
	});

	it('comes back itself where there is no secret', () => {
		const value = { a: 'b' };
		for (const none of [[], [undefined], ['', 'abcd']]) expect(redactor(none)(value)).toBe(value);
		const words = { list: [{ text: 'a text of some length' }, 5, null], none: undefined };
		expect(redact(words)).toBe(words);
		expect(redact([words])).toEqual([words]);
	});

	it('is masked in the name of a member alone, and in the last of a list alone', () => {
		expect(redact({ a: 1, [`x ${ACCOUNT}`]: 2 })).toEqual({ a: 1, 'x ***': 2 });
		expect(redact({ list: ['a', [ACCOUNT]] })).toEqual({ list: ['a', ['***']] });
	});

	it('is looked for in the shortest texts that can hold one', () => {
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

it('of several secrets each is masked, the longest first, whatever their order', () => {
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
