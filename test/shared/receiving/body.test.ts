/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { Failure } from '../../../nodes/shared/errors/failure';
import { decodeText } from '../../../nodes/shared/formats/charset';
import { decompress } from '../../../nodes/shared/formats/decompress';
import { decodeComponent, parseForm } from '../../../nodes/shared/formats/form';
import { parseJson } from '../../../nodes/shared/formats/json';
import { parseXml, unescapeXml } from '../../../nodes/shared/formats/xml';
import { MEGABYTE, readBody, readQuery } from '../../../nodes/shared/receiving/body';

/** Reading the body of a request: compression, character sets and formats. */

const contextOf = (rawBody: Buffer, headers: Record<string, string>) =>
	({
		getRequestObject: () => ({ rawBody }),
		getHeaderData: () => headers,
	}) as unknown as IWebhookFunctions;

const read = async (rawBody: Buffer, headers: Record<string, string> = {}) =>
	await readBody(contextOf(rawBody, headers), MEGABYTE);

const statusOf = async (result: Promise<unknown>) =>
	await result.then(
		() => 200,
		(error: unknown) => (error instanceof Failure ? error.httpStatus : error),
	);

describe('a compressed body', () => {
	const text = 'SMSResponse=1&Message=héllo';
	it.each([
		['gzip', gzipSync(text)],
		['x-gzip', gzipSync(text)],
		['GZIP', gzipSync(text)],
		['Deflate', deflateSync(text)],
		['DEFLATE', deflateRawSync(text)],
		['identity', Buffer.from(text)],
		// n8n has decompressed these
		['gzip', Buffer.from(text)],
		['deflate', Buffer.from(text)],
	])('in %s is read', async (encoding, bytes) => {
		expect((await read(bytes, { 'content-encoding': encoding })).text).toBe(text);
	});

	it('in an unsupported encoding is rejected with 415', async () => {
		for (const encoding of ['br', 'zstd', 'compress', 'gzip, br']) {
			const result = read(brotliCompressSync(text), { 'content-encoding': encoding });
			expect(await statusOf(result)).toBe(415);
		}
	});

	it('that is too large decompressed is rejected with 413, and a damaged one with 400', async () => {
		const bomb = Buffer.alloc(16 * MEGABYTE, '{},');
		expect(await statusOf(read(deflateSync(bomb), { 'content-encoding': 'DEFLATE' }))).toBe(413);
		expect(await statusOf(read(gzipSync(bomb), { 'content-encoding': 'x-gzip' }))).toBe(413);
		expect(await statusOf(read(bomb))).toBe(413);
		const truncated = gzipSync(text).subarray(0, 12);
		expect(await statusOf(read(truncated, { 'content-encoding': 'x-gzip' }))).toBe(400);
	});

	it('of exactly the maximum size is accepted', async () => {
		expect(await decompress(Buffer.alloc(MEGABYTE), '', MEGABYTE)).toHaveLength(MEGABYTE);
	});
});

describe('the character set of a body', () => {
	const latin1 = (text: string) => Buffer.from(text, 'latin1');
	const utf16be = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
	const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>é ü</a>`;

	it.each<[string, Buffer, string, string]>([
		['UTF-8', Buffer.from('é ü 😆'), 'text/plain', 'é ü 😆'],
		['UTF-8 with a byte order mark', Buffer.from('\uFEFFé'), 'text/plain', 'é'],
		['declared in the header', latin1('é ü'), 'text/plain; charset=iso-8859-1', 'é ü'],
		['declared in quotes', latin1('é'), 'text/plain; Charset="ISO-8859-1"', 'é'],
		['windows-1252', Buffer.from([0x80, 0x92]), 'a/b;charset=windows-1252', '€’'],
		['declared as us-ascii, wrongly', latin1('é'), 'a/b; charset=us-ascii', 'é'],
		['declared by the XML', latin1(xml('ISO-8859-1')), 'text/xml', xml('ISO-8859-1')],
		[
			'declared by XML in windows-1252',
			latin1(xml('windows-1252')),
			'text/xml',
			xml('windows-1252'),
		],
		[
			'UTF-16 with a byte order mark',
			Buffer.from('\uFEFF<a>é</a>', 'utf16le'),
			'text/xml',
			'<a>é</a>',
		],
		['UTF-16 with the other byte order', utf16be('<a>é</a>'), 'text/xml', '<a>é</a>'],
		[
			'UTF-16 without a byte order mark',
			Buffer.from('<a>é</a>', 'utf16le'),
			'text/xml',
			'<a>é</a>',
		],
		['an unknown one', Buffer.from('é'), 'a/b; charset=klingon', 'é'],
		['none, and the bytes are not UTF-8', latin1('é ü'), 'text/plain', 'é ü'],
	])('%s', async (_, bytes, type, text) => {
		expect((await read(bytes, { 'content-type': type })).text).toBe(text);
	});

	it('every byte is decoded to a different character', () => {
		const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
		const text = decodeText(bytes);
		const byteOf = new Map([...bytes].map((byte) => [decodeText(Buffer.of(byte), 'latin1'), byte]));
		expect(byteOf.size).toBe(256);
		expect([...text].map((character) => byteOf.get(character))).toEqual([...bytes]);
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
	])('%s is decoded to %s', (component, text) => {
		expect(decodeComponent(component)).toBe(text);
	});

	it('keeps names, their order and empty values', () => {
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

	it('is rejected if it is nested too deeply', () => {
		expect(parseXml('<a>'.repeat(5_000) + '</a>'.repeat(5_000))).toBeUndefined();
		expect(parseXml(`<a>${'<b/>'.repeat(5_000)}</a>`)?.children).toHaveLength(5_000);
	});
});

describe('JSON', () => {
	it('is read with large whole numbers as text, which JavaScript cannot represent', () => {
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

	it('is rejected if it is invalid', () => {
		for (const text of ['', '{', 'NaN', '{"a":1}}']) expect(() => parseJson(text)).toThrow();
	});
});

describe('decompression', () => {
	const text = 'a=1&b=2';
	const textOrStatus = async (bytes: Buffer, encoding: string) => {
		const result = await decompress(bytes, encoding, MEGABYTE).catch((error: unknown) => error);
		return result instanceof Failure ? result.httpStatus : String(result);
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
		// decompressed before; its first two bytes look like a header, a multiple of 31
		['deflate', Buffer.from(text)],
		['gzip', Buffer.from(text)],
	])('of the encoding %j returns the text', async (encoding, bytes) => {
		expect(await textOrStatus(bytes, encoding)).toBe(text);
	});

	it.each([
		['gzip', '\u001fx'],
		['gzip', ''],
		['deflate', 'hello'],
		['deflate', 'x'],
	])('of the encoding %s returns %j unchanged', async (encoding, received) => {
		expect(await textOrStatus(Buffer.from(received), encoding)).toBe(received);
	});

	it('checks both bytes that identify gzip', async () => {
		const bytes = Buffer.of(0x61, 0x8b, 0x62);
		expect(await decompress(bytes, 'gzip', 3)).toBe(bytes);
	});

	it.each([
		['x-gzip', Buffer.from(text), 400],
		['Gzip', Buffer.from(text), 400],
		['x-gzip', deflateRawSync(text), 400],
		['DEFLATE', Buffer.from('hello'), 400],
		['gzip', gzipSync(text).subarray(0, 12), 400],
		['deflate', deflateSync(text).subarray(0, 5), 400],
		['br', Buffer.from(text), 415],
	])('of the encoding %s fails for other data', async (encoding, bytes, status) => {
		expect(await textOrStatus(bytes, encoding)).toBe(status);
	});

	it.each<[number, number | undefined]>([
		[99, undefined],
		[100, undefined],
		[101, 413],
		[200_000, 413],
	])('to %i bytes, with a maximum of a hundred, fails with %s', async (length, status) => {
		const bytes = Buffer.alloc(length, 'a');
		for (const [encoding, compressed] of [
			['', bytes],
			['gzip', gzipSync(bytes)],
			['deflate', deflateSync(bytes)],
			['Deflate', deflateRawSync(bytes)],
		] as const) {
			const maxBytes = 100;
			if (encoding !== '' && compressed.length > maxBytes) continue;
			const result = await decompress(compressed, encoding, maxBytes).catch(
				(error: unknown) => error,
			);
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

	it('returns all of a body that consists of several chunks', async () => {
		const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index) % 251));
		expect((await decompress(gzipSync(bytes), 'gzip', MEGABYTE)).equals(bytes)).toBe(true);
	});

	it('names an unsupported encoding in its first forty characters', async () => {
		const message = async (encoding: string) =>
			await decompress(Buffer.alloc(0), encoding, 1).catch(
				(error: unknown) => (error as Error).message,
			);
		expect(await message(' BR ')).toBe('The encoding "br" is not supported');
		expect(await message('x'.repeat(41))).toBe(`The encoding "${'x'.repeat(40)}" is not supported`);
	});
});

describe('the declaration of the character set', () => {
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
		// a byte order mark has precedence over the header
		[[0xff, 0xfe, 0x61, 0x00], 'a'],
		[[0xfe, 0xff, 0x00, 0x61], 'a'],
		[[0xef, 0xbb, 0xbf, 0xd0, 0xb6], 'ж'],
		[[0x3c, 0x00, 0x61, 0x00], '<a'],
		[[0x00, 0x3c, 0x00, 0x61], '<a'],
	])('the bytes %j with windows-1251 in the header are %j', async (bytes, text) => {
		const postback = await read(Buffer.from(bytes), { 'content-type': CYRILLIC });
		expect(postback.text).toBe(text);
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
	])('is found in the header %s', async (type) => {
		expect((await read(Buffer.of(0xe6, 0x21), { 'content-type': type })).text).toBe('ж!');
	});

	it.each(['a/b', 'a/b; charset=', 'a/b; charset', `a/b;${'x'.repeat(1_000)}charset=windows-1251`])(
		'is not found in the header %s',
		async (type) => {
			expect((await read(Buffer.of(0xe6), { 'content-type': type })).text).toBe('æ');
		},
	);

	it('in the header has precedence over one at the beginning of an XML document', async () => {
		const xml = '<?xml version="1.0" encoding="windows-1251"?>';
		const lastCharacter = async (before: string, type = 'text/xml') =>
			(await read(Buffer.from(`${before}æ`, 'latin1'), { 'content-type': type })).text.slice(-1);
		expect(await lastCharacter(xml)).toBe('ж');
		expect(await lastCharacter(xml, 'text/xml; charset=iso-8859-1')).toBe('æ');
		expect(await lastCharacter(` \n${xml}`)).toBe('ж');
		expect(await lastCharacter(`x${xml}`)).toBe('æ');
		expect(await lastCharacter(`<?xml encoding = 'windows-1251'?>`)).toBe('ж');
		expect(await lastCharacter(`<?xml version="1.0"?><a encoding="windows-1251">`)).toBe('æ');
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
	it.each(NAMES)('%s is read as Windows-1252', (name) => {
		expect(decodeText(Buffer.from('é€'), name)).toBe('Ã©â‚¬');
		expect(decodeText(Buffer.of(0x80, 0x81, 0x8e, 0x9d, 0x9f, 0xa0), name)).toBe(
			'€\u0081Ž\u009dŸ\u00a0',
		);
	});

	it.each(['xascii', 'asciix', 'xl1', 'l1x', 'utf-8', 'klingon', undefined])(
		'%s is read as UTF-8, or as Windows-1252 if the bytes are not valid',
		(name) => {
			expect(decodeText(Buffer.from('é€'), name)).toBe('é€');
			expect(decodeText(Buffer.of(0xe9, 0x80), name)).toBe('é€');
		},
	);

	it.each<[string, number[], string]>([
		['iso-8859-15', [0xa4], '€'],
		['windows-1251', [0xe6], 'ж'],
		['utf-16le', [0x36, 0x04], 'ж'],
		// incomplete in UTF-16, but complete in UTF-8
		['utf-16le', [0xd0, 0xb6, 0x21], 'ж!'],
		['utf-16le', [0xe6, 0xb6, 0x21], 'æ¶!'],
	])('%s reads the bytes %j', (name, bytes, text) => {
		expect(decodeText(Buffer.from(bytes), name)).toBe(text);
	});
});

describe('a request', () => {
	it('is read with its content type without parameters, and its headers', async () => {
		const headers = { 'content-type': ' Text/XML ; charset=utf-8', 'x-a': 'b' };
		expect(await read(Buffer.from('é'), headers)).toEqual({
			text: 'é',
			contentType: 'text/xml',
			headers,
		});
		expect(await read(Buffer.from('a'))).toEqual({ text: 'a', contentType: '', headers: {} });
	});

	it.each<[string, Buffer | undefined, Buffer | undefined, number, string]>([
		['was read before', Buffer.from('a'), Buffer.from('b'), 0, 'a'],
		['was not read before', undefined, Buffer.from('b'), 1, 'b'],
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
	])('with the query %j is read as the form %j', (query, text) => {
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
