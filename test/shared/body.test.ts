/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { decode, MEGABYTE, readBody, readQuery, unpack } from '../../nodes/shared/body';
import { Failure } from '../../nodes/shared/errors';
import { decodeComponent, parseForm } from '../../nodes/shared/form';
import { parseJson } from '../../nodes/shared/json';
import { parseXml, unescapeXml } from '../../nodes/shared/xml';

const contextOf = (rawBody: Buffer, headers: Record<string, string>) =>
	({
		getRequestObject: () => ({ rawBody }),
		getHeaderData: () => headers,
	}) as unknown as IWebhookFunctions;

const read = async (rawBody: Buffer, headers: Record<string, string> = {}) =>
	await readBody(contextOf(rawBody, headers), MEGABYTE);

const statusOf = async (work: Promise<unknown>) =>
	await work.then(
		() => 200,
		(error: unknown) => (error instanceof Failure ? error.httpStatus : error),
	);

describe('a packed body', () => {
	const text = 'SMSResponse=1&Message=héllo';
	it.each([
		['gzip', gzipSync(text)],
		['x-gzip', gzipSync(text)],
		['GZIP', gzipSync(text)],
		['Deflate', deflateSync(text)],
		['DEFLATE', deflateRawSync(text)],
		['identity', Buffer.from(text)],
		// n8n has unpacked these
		['gzip', Buffer.from(text)],
		['deflate', Buffer.from(text)],
	])('in %s is read', async (encoding, bytes) => {
		expect((await read(bytes, { 'content-encoding': encoding })).text).toBe(text);
	});

	it('in an encoding that nobody reads is refused with 415', async () => {
		for (const encoding of ['br', 'zstd', 'compress', 'gzip, br']) {
			const work = read(brotliCompressSync(text), { 'content-encoding': encoding });
			expect(await statusOf(work)).toBe(415);
		}
	});

	it('that unpacks to more than is allowed is refused with 413, and a broken one with 400', async () => {
		const bomb = Buffer.alloc(16 * MEGABYTE, '{},');
		expect(await statusOf(read(deflateSync(bomb), { 'content-encoding': 'DEFLATE' }))).toBe(413);
		expect(await statusOf(read(gzipSync(bomb), { 'content-encoding': 'x-gzip' }))).toBe(413);
		expect(await statusOf(read(bomb))).toBe(413);
		const broken = gzipSync(text).subarray(0, 12);
		expect(await statusOf(read(broken, { 'content-encoding': 'x-gzip' }))).toBe(400);
	});

	it('of the size that is allowed is taken', async () => {
		expect(await unpack(Buffer.alloc(MEGABYTE), '', MEGABYTE)).toHaveLength(MEGABYTE);
	});
});

describe('the character set of a body', () => {
	const latin1 = (text: string) => Buffer.from(text, 'latin1');
	const utf16be = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
	const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>é ü</a>`;

	it.each<[string, Buffer, string, string]>([
		['UTF-8', Buffer.from('é ü 😆'), 'text/plain', 'é ü 😆'],
		['UTF-8 with its mark', Buffer.from('\uFEFFé'), 'text/plain', 'é'],
		['declared in the header', latin1('é ü'), 'text/plain; charset=iso-8859-1', 'é ü'],
		['in quotes', latin1('é'), 'text/plain; Charset="ISO-8859-1"', 'é'],
		['windows-1252', Buffer.from([0x80, 0x92]), 'a/b;charset=windows-1252', '€’'],
		['us-ascii that is not', latin1('é'), 'a/b; charset=us-ascii', 'é'],
		['declared by the XML', latin1(xml('ISO-8859-1')), 'text/xml', xml('ISO-8859-1')],
		['of an XML in windows-1252', latin1(xml('windows-1252')), 'text/xml', xml('windows-1252')],
		['UTF-16 with its mark', Buffer.from('\uFEFF<a>é</a>', 'utf16le'), 'text/xml', '<a>é</a>'],
		['the other UTF-16', utf16be('<a>é</a>'), 'text/xml', '<a>é</a>'],
		['UTF-16 without its mark', Buffer.from('<a>é</a>', 'utf16le'), 'text/xml', '<a>é</a>'],
		['one that nobody knows', Buffer.from('é'), 'a/b; charset=klingon', 'é'],
		['none, and no UTF-8', latin1('é ü'), 'text/plain', 'é ü'],
	])('%s', async (_, bytes, type, text) => {
		expect((await read(bytes, { 'content-type': type })).text).toBe(text);
	});

	it('whatever the bytes are, they can be had back', () => {
		const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
		const text = decode(bytes);
		const back = new Map([...bytes].map((byte) => [decode(Buffer.of(byte), 'latin1'), byte]));
		expect(back.size).toBe(256);
		expect([...text].map((character) => back.get(character))).toEqual([...bytes]);
	});
});

describe('a form', () => {
	it.each([
		['caf%C3%A9', 'café'],
		['caf%e9', 'café'],
		['a+b%2Bc', 'a b+c'],
		['100%', '100%'],
		['%zz%', '%zz%'],
		['%F0%9F%98%86', '😆'],
		['é%20ü', 'é ü'],
		['%80', '€'],
	])('%s is %s', (component, text) => {
		expect(decodeComponent(component)).toBe(text);
	});

	it('keeps names, order and what has no value', () => {
		expect(parseForm('a=1&b&=x&a=2&&c=d=e')).toEqual([
			['a', '1'],
			['b', ''],
			['', 'x'],
			['a', '2'],
			['c', 'd=e'],
		]);
	});
});

describe('XML', () => {
	it('joins references to the halves of a character', () => {
		expect(parseXml('<a>&#55357;&#56838; &#xD83D;&#xDE06; &#128518;</a>')?.text).toBe('😆 😆 😆');
		expect(parseXml('<a>x&#55357;y&#56838;z&#60;</a>')?.text).toBe('x\uFFFDy\uFFFDz<');
		expect(unescapeXml('&#55357;&#56838; &lt;&AMP;&quot;&#x41;')).toBe('😆 <&"A');
	});

	it('deeper than any of these providers nests is none', () => {
		expect(parseXml('<a>'.repeat(5_000) + '</a>'.repeat(5_000))).toBeUndefined();
		expect(parseXml(`<a>${'<b/>'.repeat(5_000)}</a>`)?.children).toHaveLength(5_000);
	});
});

describe('JSON', () => {
	it('keeps whole numbers that JavaScript cannot hold as text', () => {
		expect(parseJson('{"id":9223372036854775807,"n":-1234567890123456,"x":12}')).toEqual({
			id: '9223372036854775807',
			n: '-1234567890123456',
			x: 12,
		});
		expect(parseJson('["1:9223372036854775807",1.2345678901234567,1e20]')).toEqual([
			'1:9223372036854775807',
			1.2345678901234567,
			1e20,
		]);
		expect(parseJson('["a\\"b", 90071992547409931]')).toEqual(['a"b', '90071992547409931']);
	});

	it('that is none is refused', () => {
		for (const text of ['', '{', 'NaN', '{"a":1}}']) expect(() => parseJson(text)).toThrow();
	});
});

describe('what is unpacked', () => {
	const text = 'a=1&b=2';
	const as = async (bytes: Buffer, encoding: string) => {
		const unpacked = await unpack(bytes, encoding, MEGABYTE).catch((error: unknown) => error);
		return unpacked instanceof Failure ? unpacked.httpStatus : String(unpacked);
	};

	it.each<[string, Buffer]>([
		['gzip', gzipSync(text)],
		[' gzip ', gzipSync(text)],
		['X-GZIP', gzipSync(text)],
		['deflate', deflateSync(text)],
		['deflate', deflateSync(text, { level: 9 })],
		['DEFLATE', deflateSync(text, { level: 1 })],
		[' deflate', deflateRawSync(text)],
		['', Buffer.from(text)],
		[' ', Buffer.from(text)],
		['Identity', Buffer.from(text)],
		// unpacked before; its first two bytes are a multiple of 31
		['deflate', Buffer.from(text)],
		['gzip', Buffer.from(text)],
	])('%j is', async (encoding, bytes) => {
		expect(await as(bytes, encoding)).toBe(text);
	});

	it.each([
		['gzip', '\u001fx'],
		['gzip', ''],
		['deflate', 'hello'],
		['deflate', 'x'],
	])('in %s, %j is as it came', async (encoding, came) => {
		expect(await as(Buffer.from(came), encoding)).toBe(came);
	});

	it('of the two bytes of gzip both count', async () => {
		const bytes = Buffer.of(0x61, 0x8b, 0x62);
		expect(await unpack(bytes, 'gzip', 3)).toBe(bytes);
	});

	it.each([
		['x-gzip', Buffer.from(text), 400],
		['Gzip', Buffer.from(text), 400],
		['x-gzip', deflateRawSync(text), 400],
		['DEFLATE', Buffer.from('hello'), 400],
		['gzip', gzipSync(text).subarray(0, 12), 400],
		['deflate', deflateSync(text).subarray(0, 5), 400],
		['br', Buffer.from(text), 415],
	])('in %s not everything is', async (encoding, bytes, status) => {
		expect(await as(bytes, encoding)).toBe(status);
	});

	it.each<[number, number | undefined]>([
		[99, undefined],
		[100, undefined],
		[101, 413],
		[200_000, 413],
	])('of %i bytes, where a hundred are allowed: %s', async (length, status) => {
		const bytes = Buffer.alloc(length, 'a');
		for (const [encoding, packed] of [
			['', bytes],
			['gzip', gzipSync(bytes)],
			['deflate', deflateSync(bytes)],
			['Deflate', deflateRawSync(bytes)],
		] as const) {
			const most = 100;
			if (encoding !== '' && packed.length > most) continue;
			const result = await unpack(packed, encoding, most).catch((error: unknown) => error);
			if (status === undefined) expect(result).toEqual(bytes);
			else {
				expect(result).toMatchObject({
					kind: 'rejected',
					message: 'The body is too large',
					httpStatus: status,
				});
			}
		}
	});

	it('comes whole out of several parts', async () => {
		const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index) % 251));
		expect((await unpack(gzipSync(bytes), 'gzip', MEGABYTE)).equals(bytes)).toBe(true);
	});

	it('names the encoding that it does not know, up to its fortieth sign', async () => {
		const message = async (encoding: string) =>
			await unpack(Buffer.alloc(0), encoding, 1).catch(
				(error: unknown) => (error as Error).message,
			);
		expect(await message(' BR ')).toBe('The encoding "br" is not read here');
		expect(await message('x'.repeat(41))).toBe(`The encoding "${'x'.repeat(40)}" is not read here`);
	});
});

describe('what names the character set', () => {
	const CYRILLIC = 'text/plain; charset=windows-1251';

	it.each<[number[], string]>([
		[[0xff, 0x61], 'яa'],
		[[0x61, 0xfe], 'aю'],
		[[0xfe, 0x61], 'юa'],
		[[0x61, 0xff], 'aя'],
		[[0xef, 0xbb, 0x61], 'п»a'],
		[[0xef, 0x61, 0xbf], 'пaї'],
		[[0x61, 0xbb, 0xbf], 'a»ї'],
		[[0xef, 0xbb], 'п»'],
		[[0x3c, 0x61], '<a'],
		[[0x61, 0x00], 'a\0'],
		[[0x00, 0x61], '\0a'],
		[[0x61, 0x3c], 'a<'],
		[[0xef], 'п'],
		[[], ''],
		// a mark counts for more than the header
		[[0xff, 0xfe, 0x61, 0x00], 'a'],
		[[0xfe, 0xff, 0x00, 0x61], 'a'],
		[[0xef, 0xbb, 0xbf, 0xd0, 0xb6], 'ж'],
		[[0x3c, 0x00, 0x61, 0x00], '<a'],
		[[0x00, 0x3c, 0x00, 0x61], '<a'],
	])('the bytes %j, where the header says windows-1251', async (bytes, text) => {
		const came = await read(Buffer.from(bytes), { 'content-type': CYRILLIC });
		expect(came.text).toBe(text);
	});

	it.each([
		'charset=windows-1251',
		'a/b;charset=windows-1251',
		'a/b; charset="windows-1251"',
		"a/b; charset='windows-1251'; x=y",
		'a/b; CHARSET  =  "Windows-1251"',
		'a/b; charset=windows-1251;x=y',
		'a/b; charset=windows-1251 x',
		`a/b;${'x'.repeat(970)}charset=cp1251`,
	])('the header %s', async (type) => {
		expect((await read(Buffer.of(0xe6, 0x21), { 'content-type': type })).text).toBe('ж!');
	});

	it.each(['a/b', 'a/b; charset=', 'a/b; charset', `a/b;${'x'.repeat(1_000)}charset=windows-1251`])(
		'nothing in the header %s',
		async (type) => {
			expect((await read(Buffer.of(0xe6), { 'content-type': type })).text).toBe('æ');
		},
	);

	it('the header more than the document, and the document only at its beginning', async () => {
		const xml = '<?xml version="1.0" encoding="windows-1251"?>';
		const of = async (before: string, type = 'text/xml') =>
			(await read(Buffer.from(`${before}æ`, 'latin1'), { 'content-type': type })).text.slice(-1);
		expect(await of(xml)).toBe('ж');
		expect(await of(xml, 'text/xml; charset=iso-8859-1')).toBe('æ');
		expect(await of(` \n${xml}`)).toBe('ж');
		expect(await of(`x${xml}`)).toBe('æ');
		expect(await of(`<?xml encoding = 'windows-1251'?>`)).toBe('ж');
		expect(await of(`<?xml version="1.0"?><a encoding="windows-1251">`)).toBe('æ');
	});
});

describe('a character set', () => {
	const NAMES = [
		'windows-1252',
		'WINDOWS-1252',
		'cp1252',
		'cp-1252',
		'iso-8859-1',
		'ISO8859-1',
		'latin1',
		'latin-1',
		'l1',
		'us-ascii',
		'ascii',
	];
	it.each(NAMES)('that is Latin: %s', (name) => {
		expect(decode(Buffer.from('é€'), name)).toBe('Ã©â‚¬');
		expect(decode(Buffer.of(0x80, 0x81, 0x8e, 0x9d, 0x9f, 0xa0), name)).toBe(
			'€\u0081Ž\u009dŸ\u00a0',
		);
	});

	it.each(['xascii', 'asciix', 'xl1', 'l1x', 'utf-8', 'klingon', undefined])(
		'that is none of these: %s',
		(name) => {
			expect(decode(Buffer.from('é€'), name)).toBe('é€');
			expect(decode(Buffer.of(0xe9, 0x80), name)).toBe('é€');
		},
	);

	it.each<[string, number[], string]>([
		['iso-8859-15', [0xa4], '€'],
		['windows-1251', [0xe6], 'ж'],
		['utf-16le', [0x36, 0x04], 'ж'],
		// half a character, but whole in UTF-8
		['utf-16le', [0xd0, 0xb6, 0x21], 'ж!'],
		['utf-16le', [0xe6, 0xb6, 0x21], 'æ¶!'],
	])('%s reads the bytes %j', (name, bytes, text) => {
		expect(decode(Buffer.from(bytes), name)).toBe(text);
	});
});

describe('a request', () => {
	it('has its type without parameters, and its headers', async () => {
		const headers = { 'content-type': ' Text/XML ; charset=utf-8', 'x-a': 'b' };
		expect(await read(Buffer.from('é'), headers)).toEqual({
			text: 'é',
			contentType: 'text/xml',
			headers,
		});
		expect(await read(Buffer.from('a'))).toEqual({ text: 'a', contentType: '', headers: {} });
	});

	it.each<[string, Buffer | undefined, Buffer | undefined, number, string]>([
		['was read', Buffer.from('a'), Buffer.from('b'), 0, 'a'],
		['was not read', undefined, Buffer.from('b'), 1, 'b'],
		['has no body', undefined, undefined, 1, ''],
	])('that %s', async (_, before, after, times, text) => {
		const request = { rawBody: before, readRawBody: async () => void (request.rawBody = after) };
		const reading = jest.spyOn(request, 'readRawBody');
		const context = {
			getRequestObject: () => request,
			getHeaderData: () => ({}),
		} as unknown as IWebhookFunctions;
		expect((await readBody(context, 1)).text).toBe(text);
		expect(reading.mock.calls).toHaveLength(times);
	});

	it.each<[IDataObject, string]>([
		[{}, ''],
		[{ token: 't' }, ''],
		[{ a: '1', token: 't', b: '2 &' }, 'a=1&b=2+%26'],
		[{ a: ['1', '2'], token: ['t', 'u'] }, 'a=1&a=2'],
		[{ tokens: 't', a: [] }, 'tokens=t'],
	])('with the query %j has the form %j', (query, text) => {
		const headers = { 'x-a': 'b' };
		const context = {
			getQueryData: () => query,
			getHeaderData: () => headers,
		} as unknown as IWebhookFunctions;
		expect(readQuery(context)).toEqual({
			text,
			contentType: 'application/x-www-form-urlencoded',
			headers,
		});
	});
});
