import type { XmlElement } from '../../nodes/shared/formats/xml';
import { API_CODES } from '../../nodes/Skycore/codes';
import {
	parseNumber as parseSkycoreNumber,
	parseSender as parseSkycoreSender,
	toSkycoreForm,
} from '../../nodes/Skycore/number';
import {
	toSkycoreFailure,
	isRejected,
	readResponse,
	readRejection,
	toJsonValue,
	trimmedText,
	writeRequest,
} from '../../nodes/Skycore/wire';
import { thrownBy } from '../engine/harness/canned';
import { elementOf } from './api/skycore';
const toSkycoreNumber = (input: string, country?: string) =>
	toSkycoreForm(parseSkycoreNumber(input, country));
const toSkycoreSender = parseSkycoreSender;

/** Skycore's XML, its codes and its numbers. */

const of = (inside: string) => elementOf(`<RESPONSE>${inside}</RESPONSE>`);
const rejected = (code: string, reason = '') =>
	of(`<ERRORCODE>${code}</ERRORCODE><ERRORINFO>${reason}</ERRORINFO>`);

describe('a request', () => {
	it('leaves out undefined elements, and keeps empty ones', () => {
		expect(
			writeRequest([
				['A', ' 1 < 2 '],
				['B', undefined],
				['C', ''],
				[
					'D',
					[
						['E', '5'],
						['F', undefined],
						['G', []],
					],
				],
			]),
		).toBe('<REQUEST><A> 1 &lt; 2 </A><C></C><D><E>5</E><G></G></D></REQUEST>');
	});
});

it.each([
	[
		'<ERRORCODE>E114</ERRORCODE><TO>17575550142</TO>',
		'Skycore responded with E114: The phone number is blacklisted (to +17575550142)',
	],
	['<ERRORCODE>E114</ERRORCODE>', 'Skycore responded with E114: The phone number is blacklisted'],
	['<ERRORINFO>x</ERRORINFO><TO>1</TO>', 'Skycore rejected the request: x (to 1)'],
])('the failure of %s names the number: %s', (inside, message) => {
	expect(toSkycoreFailure(of(inside), true).message).toBe(message);
	expect(toSkycoreFailure(of(inside)).message).not.toContain('(to ');
});

describe('the trimmed text of a child', () => {
	it.each([
		['<A> 007 </A>', '007'],
		['<A>  </A>', null],
		['<A/>', null],
		['<B>1</B>', null],
	])('in %s is %s', (inside, expected) => {
		expect(trimmedText(of(inside), 'A')).toBe(expected);
	});
});

describe('a response', () => {
	it.each([
		['<STATUS>Failure</STATUS>', true],
		['<STATUS> FAILED </STATUS>', true],
		['<STATUS>error</STATUS><TRACKINGID>t1</TRACKINGID>', true],
		['<STATUS>Success</STATUS>', false],
		['', false],
		['<ERRORINFO>x</ERRORINFO>', true],
		['<STATUS>Success</STATUS><ERRORINFO>x</ERRORINFO>', true],
		['<ERRORINFO>x</ERRORINFO><TRACKINGID>t1</TRACKINGID>', false],
		['<TRACKINGID>t1</TRACKINGID>', false],
		['<ERRORCODE>E1</ERRORCODE><TRACKINGID>t1</TRACKINGID>', true],
		['<ERRORCODE> </ERRORCODE><ERRORINFO/>', false],
	])('%s is a rejection: %s', (inside, expected) => {
		expect(isRejected(of(inside))).toBe(expected);
	});

	it.each([
		['<ERRORCODE>e110</ERRORCODE>', 'E110', 'The number of the recipient is not valid'],
		['<ERRORCODE>E110</ERRORCODE><ERRORINFO> x </ERRORINFO>', 'E110', 'x'],
		['<ERRORCODE>E999</ERRORCODE>', 'E999', 'no reason was given'],
		['<ERRORCODE>constructor</ERRORCODE>', 'CONSTRUCTOR', 'no reason was given'],
		['<ERRORINFO>x</ERRORINFO>', null, 'x'],
		['<STATUSDETAILS>y</STATUSDETAILS>', null, 'y'],
		['<ERRORCODE>E110</ERRORCODE><STATUSDETAILS>y</STATUSDETAILS>', 'E110', 'y'],
		['<ERRORINFO>x</ERRORINFO><STATUSDETAILS>y</STATUSDETAILS>', null, 'x'],
		['', null, 'no reason was given'],
	])('%s is a rejection with code %s: %s', (inside, code, reason) => {
		expect(readRejection(of(inside))).toEqual({ code, reason });
	});

	it.each([
		['<ERRORCODE>E110</ERRORCODE>', true],
		['<ERRORCODE>e110</ERRORCODE>', true],
		['<ERRORCODE>E172</ERRORCODE>', true],
		['<ERRORCODE>E503</ERRORCODE>', false],
		['<ERRORCODE>E999</ERRORCODE>', false],
		['<ERRORCODE>constructor</ERRORCODE>', false],
		['<STATUS>Failure</STATUS>', false],
	])('with %s makes it certain that nothing was accepted: %s', (inside, expected) => {
		expect(toSkycoreFailure(of(inside)).nothingAccepted).toBe(expected);
	});

	it.each([
		[
			'<RESPONSE><A>1</A></RESPONSE>',
			'<RESPONSE><ERRORCODE>E200</ERRORCODE></RESPONSE>',
			'<RESPONSE><ERRORCODE>E201</ERRORCODE></RESPONSE>',
		],
	])('may be an empty list', async (full, empty, other) => {
		const read = (text: string) => readResponse({ status: 200, headers: {}, text }, 'E200');
		expect(read(full)?.children).toHaveLength(1);
		expect(read(empty)).toBeUndefined();
		expect(await thrownBy(() => read(other))).toMatchObject({ code: 'E201' });
		const strict = () => readResponse({ status: 200, headers: {}, text: empty });
		expect(await thrownBy(strict)).toMatchObject({ code: 'E200', kind: 'notFound' });
	});

	it('that is a rejection without a code is not an empty list', async () => {
		const response = {
			status: 200,
			headers: {},
			text: '<RESPONSE><STATUS>Error</STATUS></RESPONSE>',
		};
		expect(await thrownBy(() => readResponse(response, 'E200'))).toMatchObject({
			message: 'Skycore rejected the request: no reason was given',
		});
	});

	it.each(['', '<REPLY/>', 'RESPONSE'])('cannot be "%s"', async (text) => {
		expect(await thrownBy(() => readResponse({ status: 200, headers: {}, text }))).toMatchObject({
			kind: 'malformed',
			message: expect.stringContaining('Expected a RESPONSE from Skycore, got HTTP 200'),
		});
	});
});

const facts = async (element: ReturnType<typeof of>) =>
	await thrownBy(() => {
		throw toSkycoreFailure(element);
	});
const UNKNOWN = 'This node does not know the code. Ask Skycore what it means.';

describe('a failure', () => {
	it.each([
		[
			'E114',
			{
				kind: 'optedOut',
				message: 'Skycore responded with E114: Words',
				description: 'The recipient must not be texted. Remove the number from your list.',
				code: 'E114',
				nothingAccepted: true,
			},
		],
		[
			'E120',
			{
				kind: 'rateLimited',
				message: 'Skycore responded with E120: Words',
				description:
					'The limit may apply to the whole day. It is shown in the API Settings of the account. Run the workflow again once the limit is reset.',
				code: 'E120',
				nothingAccepted: true,
				persistent: true,
			},
		],
		[
			'E503',
			{
				kind: 'unavailable',
				message: 'Skycore responded with E503: Words',
				description: 'Try again later.',
				code: 'E503',
			},
		],
		[
			'E999',
			{
				kind: 'rejected',
				message: 'Skycore responded with E999: Words',
				description: UNKNOWN,
				code: 'E999',
			},
		],
	])('by %s has all its facts', async (code, expected) => {
		expect(await facts(rejected(code, 'Words'))).toEqual(expected);
	});

	it('without a code has its reason', async () => {
		expect(await facts(of('<ERRORINFO>Words</ERRORINFO>'))).toEqual({
			kind: 'rejected',
			message: 'Skycore rejected the request: Words',
			description: UNKNOWN,
		});
	});

	it.each([
		['every 5 seconds', 5_000],
		['every 12   seconds', 12_000],
		['every 7', 7_000],
		['7s', 7_000],
		['7 x', 7_000],
		['1500 ms', 2_000],
		['1500ms', 2_000],
		['2500 millis', 3_000],
		['2500 Milliseconds', 3_000],
		['2 min', 120_000],
		['2minutes', 120_000],
		['1 hour', 3_600_000],
		['1 H', 3_600_000],
		['5 forms', 5_000],
		['5 admins', 5_000],
		['5 each', 5_000],
		['1.5 seconds', 2_000],
		['1,25 min', 75_000],
		['0.125 min', 8_000],
		['0 seconds', 5_000],
		['0.0 seconds', 5_000],
		['soon', 5_000],
	])('by E106 with "%s" has a delay of %i ms', async (reason, retryAfter) => {
		expect(await facts(rejected('E106', reason))).toMatchObject({ retryAfter });
	});

	it('by another code has no delay from its text', async () => {
		expect(await facts(rejected('E113', 'every 5 seconds'))).not.toHaveProperty('retryAfter');
		expect(await facts(rejected('E626', 'every 5 seconds'))).toMatchObject({ retryAfter: 10_000 });
		expect(await facts(rejected('E999', 'every 5 seconds'))).not.toHaveProperty('retryAfter');
	});
});

describe('the codes', () => {
	const KINDS: Record<string, string> = {
		credential: 'E102 E103 E104 E105 E107 E109 E112',
		notFound: 'E200 E241 E405 E625 E714 E720 E721 E903',
		rateLimited: 'E106 E113 E120',
		unavailable: 'E172 E503 E626',
		optedOut: 'E114',
	};
	const kindOf = (code: string) =>
		Object.keys(KINDS).find((kind) => KINDS[kind].split(' ').includes(code)) ?? 'rejected';

	it('are complete', () => {
		const all =
			'E100-E114 E120 E170-E172 E200 E201 E223-E230 E241 E301-E304 E311-E314 E331-E338 E341 E343 E351-E353 E355-E358 E405 E503 E620-E623 E625-E629 E650 E651 E712-E721 E901-E905';
		const codes = all.split(' ').flatMap((range) => {
			const [first, last = first] = range.split('-').map((code) => Number(code.slice(1)));
			return Array.from({ length: last - first + 1 }, (_, index) => `E${first + index}`);
		});
		expect(Object.keys(API_CODES)).toEqual(codes);
	});

	it.each(Object.entries(API_CODES))(
		'%s has a kind, a meaning and advice',
		(code, { kind, meaning, advice, mayBeAccepted, persistent, delayMs }) => {
			expect(kind).toBe(kindOf(code));
			expect(meaning).toMatch(/^(?:A|An|The|There|Neither|Both) \S.*[^.]$/);
			expect(advice).toMatch(/^[A-Z].*\.$/);
			expect(mayBeAccepted).toBe(code === 'E503' ? true : undefined);
			expect(persistent).toBe(code === 'E120' ? true : undefined);
			const delays: Record<string, number> = { E106: 5_000, E626: 10_000 };
			expect(delayMs).toBe(delays[code]);
		},
	);
});

describe('an element', () => {
	it.each<[string, unknown]>([
		['<A> x </A>', ' x '],
		['<A/>', ''],
		['<A b="1"/>', { b: '1' }],
		['<A b="1">x</A>', { b: '1', text: 'x' }],
		['<A b="1"> </A>', { b: '1' }],
		['<A>\n<B>1</B>\n</A>', { B: '1' }],
		['<A>x<B>1</B></A>', { B: '1', text: 'x' }],
		['<A><B>1</B><B>2</B></A>', { B: ['1', '2'] }],
		['<A><B>1</B><C/><B>2</B><B><D>3</D></B></A>', { B: ['1', '2', { D: '3' }], C: '' }],
		['<A B="0"><B>1</B></A>', { B: ['0', '1'] }],
	])('%s is converted to JSON', (document, value) => {
		expect(toJsonValue(elementOf(document))).toEqual(value);
	});

	it('keeps its text beside a child of that name', () => {
		expect(toJsonValue(of('a<text>b</text>'))).toEqual({ text: ['b', 'a'] });
	});

	it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', '__defineGetter__'])(
		'reads an element named %s like any other',
		(name) => {
			const child = (text: string) => ({ name, text, attributes: {}, children: [] });
			const json = (...children: XmlElement[]) =>
				toJsonValue({ name: 'A', text: '', attributes: {}, children }) as object;
			expect(Object.entries(json(child('1')))).toEqual([[name, '1']]);
			expect(Object.entries(json(child('1'), child('2')))).toEqual([[name, ['1', '2']]]);
			expect(Object.getPrototypeOf(json(child('1')))).toBe(Object.prototype);
		},
	);
});

describe('a number', () => {
	it.each([
		['757 555 0142', undefined, '17575550142'],
		['+39 333 111 2233', undefined, '393331112233'],
		['333 111 2233', 'IT', '393331112233'],
	])('%s in the country %s is %s', (input, country, digits) => {
		expect(toSkycoreNumber(input, country)).toBe(digits);
	});

	it.each([
		['60856', '60856'],
		['00000', '00000'],
		['+1 (757) 555-01.42', '17575550142'],
		['"60856"', '60856'],
		['60856.0', '60856'],
		['1', '1'],
		['123456789012345', '123456789012345'],
	])('%s in From is %s', (input, code) => {
		expect(toSkycoreSender(input)).toBe(code);
	});

	const ADVICE =
		'Enter a number of your account in digits, such as 60856. To show a name instead, use From Mask in the options.';
	it.each([
		['', 'From is empty'],
		[' + - ', 'From is empty'],
		['1234567890123456', '"1234567890123456" in From is not a short code or long code'],
		['x60856', '"x60856" in From is not a short code or long code'],
		['60856x', '"60856x" in From is not a short code or long code'],
		['60856.5', '"60856.5" in From is not a short code or long code'],
		['6.0856E+4', '"6.0856E+4" in From is not a short code or long code'],
	])('"%s" in From is not valid', async (input, message) => {
		expect(await thrownBy(() => toSkycoreSender(input))).toEqual({
			kind: 'rejected',
			message,
			description: ADVICE,
			nothingAccepted: true,
		});
	});
});
