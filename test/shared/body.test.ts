/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { IWebhookFunctions } from 'n8n-workflow';
import { decode, MEGABYTE, readBody, unpack } from '../../nodes/shared/body';
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
