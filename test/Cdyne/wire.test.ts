import fc from 'fast-check';
import { MESSAGE_STATUS, readCode, SMS_ERRORS } from '../../nodes/Cdyne/codes';
import { parseNumber as parseCdyneNumber, toCdyneForm } from '../../nodes/Cdyne/number';
import {
	readBoolean,
	readGuid,
	toObjects,
	readDate,
	readValue,
	writeDate,
} from '../../nodes/Cdyne/wire';

const toCdyneNumber = (input: string, country?: string) =>
	toCdyneForm(parseCdyneNumber(input, country));

function responseOf(text: string, status = 200) {
	return { status, headers: { 'content-type': 'x/y' }, text };
}

describe('a date of CDYNE', () => {
	it.each([
		[
			'JSON with an offset: the clock is shifted',
			'/Date(1709665629250-0500)/',
			'2024-03-05T14:07:09.250Z',
		],
		['JSON with another offset', '/Date(1709672829250-0700)/', '2024-03-05T14:07:09.250Z'],
		['JSON without an offset', '/Date(1709647629250)/', '2024-03-05T14:07:09.250Z'],
		['XML with a short fraction', '2024-03-05T14:07:09.25', '2024-03-05T14:07:09.250Z'],
		['XML with seven digits', '2024-03-05T14:07:09.2512345', '2024-03-05T14:07:09.251Z'],
		['XML without a fraction', '2024-03-05T14:07:09', '2024-03-05T14:07:09.000Z'],
		['"never" in JSON', '/Date(-62135578800000-0500)/', null],
		['"never" in JSON of another server', '/Date(-62135571600000-0700)/', null],
		['"never" in XML', '0001-01-01T00:00:00', null],
		['null', null, null],
		['a text that is not a date', 'soon', null],
	])('%s', (_name, written, expected) => {
		expect(readDate(written)).toBe(expected);
	});

	it('can be read as an unshifted clock', () => {
		expect(readDate('/Date(1709665629250-0500)/', false)).toBe('2024-03-05T19:07:09.250Z');
	});

	it('is written in milliseconds without an offset', () => {
		expect(writeDate(new Date('2024-03-05T14:07:09.250Z'))).toBe('/Date(1709647629250)/');
	});

	it('does not depend on the offset of the server', () => {
		const time = fc.integer({ min: 946684800000, max: 4102444800000 });
		fc.assert(
			fc.property(time, fc.integer({ min: -12, max: 12 }), (utc, hours) => {
				const sign = hours < 0 ? '-' : '+';
				const offset = `${sign}${String(Math.abs(hours)).padStart(2, '0')}00`;
				const written = `/Date(${utc - hours * 3_600_000}${offset})/`;
				expect(readDate(written)).toBe(new Date(utc).toISOString());
			}),
		);
	});
});

describe('an enumeration', () => {
	it.each([
		[0, 0, 'NoError'],
		['3', 3, 'PhoneNumberInvalid'],
		['stopfromphonenumber', 1, 'STOPfromPhoneNumber'],
		['ContactEsendexAccountSuspended', 9, 'ContactCdyneAccountSuspended'],
		[77, 77, '77'],
		['SomethingNew', null, 'SomethingNew'],
	])('SMSErrors %s is read as %s %s', (value, number, name) => {
		expect(readCode(value, SMS_ERRORS)).toEqual({ number, name });
	});

	it.each([
		[0, 'Hold'],
		['InvalidDID', 'InvalidDid'],
		['StopOnPhonNumber', 'StopOnPhoneNumber'],
		[507, 'Cancelled'],
	])('MessageStatus %s is read as %s', (value, name) => {
		expect(readCode(value, MESSAGE_STATUS).name).toBe(name);
	});
});

describe('a response', () => {
	it('is the same value in JSON and in XML', () => {
		const json = readValue(
			responseOf(
				'[{"Cancelled":false,"MessageID":"0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31","SMSIncomingMessages":[{"Message":" hi "}]}]',
			),
		);
		const xml = readValue(
			responseOf(
				'<ArrayOfSMSResponse xmlns="http://sms2.cdyne.com" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><SMSResponse><Cancelled>false</Cancelled><MessageID>0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31</MessageID><SMSIncomingMessages><SMSIncomingMessage><Message> hi </Message></SMSIncomingMessage></SMSIncomingMessages></SMSResponse></ArrayOfSMSResponse>',
			),
		);
		expect(xml).toEqual([{ ...(json as object[])[0], Cancelled: 'false' }]);
	});

	it.each([
		['an empty list', '<ArrayOfSMSIncomingMessage xmlns="http://sms2.cdyne.com" xmlns:i="x"/>', []],
		['null', '<SMSResponse><ReferenceID i:nil="true"/></SMSResponse>', { ReferenceID: null }],
		['a scalar', '<boolean xmlns="x">true</boolean>', 'true'],
		[
			'64-bit ids in XML',
			'<MediaMetadata><MediaId>9223372036854775807</MediaId></MediaMetadata>',
			{ MediaId: '9223372036854775807' },
		],
		[
			'64-bit ids in JSON',
			'{"MediaId":9223372036854775807,"Name":"1:9223372036854775807"}',
			{ MediaId: '9223372036854775807', Name: '1:9223372036854775807' },
		],
		['a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
	])('reads %s', (_name, text, expected) => {
		expect(readValue(responseOf(text))).toEqual(expected);
	});

	it.each([
		[
			'an HTML page',
			'<html><body><p>Request Error</p></body></html>',
			200,
			'HTTP 200 with an HTML page: "Request Error"',
		],
		['an empty body', '', 200, 'HTTP 200 with an empty body'],
		['truncated JSON', '[{"Cancelled":fa', 200, 'HTTP 200 with a x/y body: "[{"Cancelled":fa"'],
		['truncated XML', '<ArrayOfSMSResponse><SMS', 200, 'HTTP 200'],
		[
			'an error page',
			'<html>Endpoint not found.</html>',
			404,
			'HTTP 404 with an HTML page: "Endpoint not found."',
		],
		['an empty 500', '', 500, 'HTTP 500 with an empty body'],
	])('that is %s becomes an error that describes it', (_name, text, status, message) => {
		expect(() => readValue(responseOf(text, status))).toThrow(message);
	});
});

describe('a number in CDYNE’s form', () => {
	it.each([
		['(757) 544-9510', undefined, '17575449510'],
		['+1 757 544 9510', undefined, '17575449510'],
		['17575449510', undefined, '17575449510'],
		['+39 333 111 2233', undefined, '011393331112233'],
		['011 39 333 111 2233', undefined, '011393331112233'],
		['333 111 2233', 'IT', '011393331112233'],
	])('of %s (%s) is %s', (input, country, expected) => {
		expect(toCdyneNumber(input, country)).toBe(expected);
	});
});

it.each([
	['00000000-0000-0000-0000-000000000000', null],
	['00000000-0000-0000-0000-00000000000', null],
	['', null],
	[undefined, null],
	['0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31', '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31'],
])('the GUID %s is read as %s', (value, expected) => {
	expect(readGuid(value)).toBe(expected);
});

it.each<[number, boolean]>([
	[199, false],
	[200, true],
	[299, true],
	[300, false],
])('a response with HTTP %i is read: %s', (status, isRead) => {
	const read = () => readValue(responseOf('{"a":1}', status));
	if (isRead) expect(read()).toEqual({ a: 1 });
	else expect(read).toThrow(`Expected a response from CDYNE, got HTTP ${status}`);
});

it.each<[string, unknown]>([
	['\uFEFF\n <a>x</a>', 'x'],
	['<a/>', ''],
	['<a nil="true">x</a>', null],
	['<a nil="false">x</a>', 'x'],
	['<a><b>1</b><c><d>2</d></c></a>', { b: '1', c: { d: '2' } }],
	['<a><string>1</string></a>', ['1']],
	['<a><b>1</b><long>2</long></a>', ['1', '2']],
	['<ArrayOfX><b>1</b></ArrayOfX>', ['1']],
	['<XArrayOf><b>1</b></XArrayOf>', { b: '1' }],
	['<a><PostbackSettingsResponse><b>1</b></PostbackSettingsResponse></a>', [{ b: '1' }]],
])('the XML %j is read as %j', (text, expected) => {
	expect(readValue(responseOf(text))).toEqual(expected);
});

it.each(['<HTML><b/></HTML>', '<html/>', '<a><b></a>', '<'])(
	'%s is not a response of CDYNE',
	(text) => {
		expect(() => readValue(responseOf(text))).toThrow('Expected a response from CDYNE');
	},
);

it.each<[unknown, unknown]>([
	[
		[{ a: 1 }, null, 'x', [], { b: 2 }],
		[{ a: 1 }, { b: 2 }],
	],
	[{ a: 1 }, [{ a: 1 }]],
	[null, []],
	['', []],
	[7, []],
])('the objects of %j are %j', (value, expected) => {
	expect(toObjects(value)).toEqual(expected);
});

it.each<[unknown, boolean]>([
	[true, true],
	[' TRUE ', true],
	['true', true],
	[false, false],
	['false', false],
	['untrue', false],
	[1, false],
	['', false],
	[null, false],
	[{ a: true }, false],
])('the boolean %j is read as %s', (value, expected) => {
	expect(readBoolean(value)).toBe(expected);
});

it.each<[unknown, string | null]>([
	['{00000000-0000-0000-0000-000000000000}', null],
	['(0-0)', null],
	[' 0 ', null],
	[0, null],
	[{ a: 1 }, null],
	[' x ', 'x'],
	['a0', 'a0'],
	['0a', '0a'],
	['{0a}', '{0a}'],
	['a{0}', 'a{0}'],
	[12, '12'],
])('the ID %j is read as %s', (value, expected) => {
	expect(readGuid(value)).toBe(expected);
});

it.each<[unknown, string | null]>([
	[' /Date(1709647629250)/ ', '2024-03-05T14:07:09.250Z'],
	['\\/Date(1709647629250)\\/', '2024-03-05T14:07:09.250Z'],
	['/Date(1709647629250+0130)/', '2024-03-05T15:37:09.250Z'],
	['/Date(1709647629250-0130)/', '2024-03-05T12:37:09.250Z'],
	['/Date(1709647629250-01)/', null],
	['x/Date(1709647629250)/', null],
	['/Date(1709647629250)/x', null],
	['/Date()/', null],
	['/Date(99999999999999999)/', null],
	[undefined, null],
	[{ a: 1 }, null],
	[true, null],
])('the time %j is read as %s', (value, expected) => {
	expect(readDate(value)).toBe(expected);
});

it.each(['+0130', '-0130', ''])('the time with the offset "%s" can be read unshifted', (offset) => {
	const read = readDate(`/Date(1709647629250${offset})/`, false);
	expect(read).toBe('2024-03-05T14:07:09.250Z');
});
