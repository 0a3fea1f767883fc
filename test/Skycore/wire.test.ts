import { API_CODES } from '../../nodes/Skycore/codes';
import { toSkycoreNumber, toSkycoreSender } from '../../nodes/Skycore/number';
import {
	failureOf,
	isDoubtful,
	isRefused,
	readResponse,
	refusalOf,
	valueOf,
	word,
	writeRequest,
} from '../../nodes/Skycore/wire';
import { refusal } from '../shared/canned';
import { elementOf } from './api/skycore';

/** Skycore's XML, its codes and its numbers. */

const of = (inside: string) => elementOf(`<RESPONSE>${inside}</RESPONSE>`);
const refused = (code: string, words = '') =>
	of(`<ERRORCODE>${code}</ERRORCODE><ERRORINFO>${words}</ERRORINFO>`);

describe('a request', () => {
	it('leaves out what is not given, and keeps the rest', () => {
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

describe('a word', () => {
	it.each([
		['<A> 007 </A>', '007'],
		['<A>  </A>', null],
		['<A/>', null],
		['<B>1</B>', null],
	])('of %s is %s', (inside, expected) => {
		expect(word(of(inside), 'A')).toBe(expected);
	});
});

describe('an answer', () => {
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
	])('%s is a refusal: %s', (inside, expected) => {
		expect(isRefused(of(inside))).toBe(expected);
	});

	it.each([
		['<ERRORCODE>e110</ERRORCODE>', 'E110', 'The number of the receiver is not valid'],
		['<ERRORCODE>E110</ERRORCODE><ERRORINFO> x </ERRORINFO>', 'E110', 'x'],
		['<ERRORCODE>E999</ERRORCODE>', 'E999', 'no reason was given'],
		['<ERRORCODE>constructor</ERRORCODE>', 'CONSTRUCTOR', 'no reason was given'],
		['<ERRORINFO>x</ERRORINFO>', null, 'x'],
		['', null, 'no reason was given'],
	])('%s is refused by %s: %s', (inside, code, words) => {
		expect(refusalOf(of(inside))).toEqual({ code, words });
	});

	it.each([
		['E503', true],
		['E110', false],
		['E172', false],
		['E999', false],
	])('with %s leaves open what was accepted: %s', (code, expected) => {
		expect(isDoubtful(refused(code))).toBe(expected);
	});

	it('without a code does not', () => {
		expect(isDoubtful(of('<STATUS>Failure</STATUS>'))).toBe(false);
	});

	it.each([
		[
			'<RESPONSE><A>1</A></RESPONSE>',
			'<RESPONSE><ERRORCODE>E200</ERRORCODE></RESPONSE>',
			'<RESPONSE><ERRORCODE>E201</ERRORCODE></RESPONSE>',
		],
	])('may say that nothing is there', async (full, empty, other) => {
		const read = (text: string) => readResponse({ status: 200, headers: {}, text }, 'E200');
		expect(read(full)?.children).toHaveLength(1);
		expect(read(empty)).toBeUndefined();
		expect(await refusal(() => read(other))).toMatchObject({ code: 'E201' });
		const strict = () => readResponse({ status: 200, headers: {}, text: empty });
		expect(await refusal(strict)).toMatchObject({ code: 'E200', kind: 'notFound' });
	});

	it('without a code is a refusal of its own, not an empty list', async () => {
		const answer = {
			status: 200,
			headers: {},
			text: '<RESPONSE><STATUS>Error</STATUS></RESPONSE>',
		};
		expect(await refusal(() => readResponse(answer, 'E200'))).toMatchObject({
			message: 'Skycore refused: no reason was given',
		});
	});

	it.each(['', '<REPLY/>', 'RESPONSE'])('"%s" is none', async (text) => {
		expect(await refusal(() => readResponse({ status: 200, headers: {}, text }))).toMatchObject({
			kind: 'malformed',
			message: expect.stringContaining('Expected a RESPONSE of Skycore, got HTTP 200'),
		});
	});
});

const facts = async (element: ReturnType<typeof of>) =>
	await refusal(() => {
		throw failureOf(element);
	});
const UNKNOWN = 'The code is not one that this node knows. Ask Skycore what it stands for.';

describe('a failure', () => {
	it.each([
		[
			'E114',
			{
				kind: 'optedOut',
				message: 'Skycore answered E114: Words',
				description: 'The recipient is not to be texted. Take the number off your list.',
				code: 'E114',
				nothingAccepted: true,
			},
		],
		[
			'E120',
			{
				kind: 'rateLimited',
				message: 'Skycore answered E120: Words',
				description:
					'The limit may be one for the whole day. It is shown in the API Settings of the account; run the workflow again when it has passed.',
				code: 'E120',
				nothingAccepted: true,
				lasting: true,
			},
		],
		[
			'E503',
			{
				kind: 'unavailable',
				message: 'Skycore answered E503: Words',
				description: 'Try again later.',
				code: 'E503',
			},
		],
		[
			'E999',
			{
				kind: 'rejected',
				message: 'Skycore answered E999: Words',
				description: UNKNOWN,
				code: 'E999',
			},
		],
	])('by %s has its facts', async (code, expected) => {
		expect(await facts(refused(code, 'Words'))).toEqual(expected);
	});

	it('without a code has its words', async () => {
		expect(await facts(of('<ERRORINFO>Words</ERRORINFO>'))).toEqual({
			kind: 'rejected',
			message: 'Skycore refused: Words',
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
	])('by E106 that says "%s" asks for %i ms', async (words, retryAfter) => {
		expect(await facts(refused('E106', words))).toMatchObject({ retryAfter });
	});

	it('by another code has no time in its words', async () => {
		expect(await facts(refused('E113', 'every 5 seconds'))).not.toHaveProperty('retryAfter');
		expect(await facts(refused('E626', 'every 5 seconds'))).toMatchObject({ retryAfter: 10_000 });
		expect(await facts(refused('E999', 'every 5 seconds'))).not.toHaveProperty('retryAfter');
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

	it('are all there', () => {
		const all =
			'E100-E114 E120 E170-E172 E200 E201 E223-E230 E241 E301-E304 E311-E314 E331-E338 E341 E343 E351-E353 E355-E358 E405 E503 E620-E623 E625-E629 E650 E651 E712-E721 E901-E905';
		const codes = all.split(' ').flatMap((range) => {
			const [first, last = first] = range.split('-').map((code) => Number(code.slice(1)));
			return Array.from({ length: last - first + 1 }, (_, index) => `E${first + index}`);
		});
		expect(Object.keys(API_CODES)).toEqual(codes);
	});

	it.each(Object.entries(API_CODES))(
		'%s has its kind, its meaning and what to do',
		(code, refusal) => {
			expect(refusal.kind).toBe(kindOf(code));
			expect(refusal.meaning).toMatch(/^(?:A|An|The|There|Neither|Both) \S.*[^.]$/);
			expect(refusal.advice).toMatch(/^[A-Z].*\.$/);
			expect(refusal.doubtful).toBe(code === 'E503' ? true : undefined);
			expect(refusal.lasting).toBe(code === 'E120' ? true : undefined);
			const pauses: Record<string, number> = { E106: 5_000, E626: 10_000 };
			expect(refusal.pause).toBe(pauses[code]);
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
	])('%s is a value', (document, value) => {
		expect(valueOf(elementOf(document))).toEqual(value);
	});
});

describe('a number', () => {
	it.each([
		['757 555 0142', undefined, '17575550142'],
		['+39 333 111 2233', undefined, '393331112233'],
		['333 111 2233', 'IT', '393331112233'],
	])('%s of %s is %s', (input, country, digits) => {
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
		'Give a number of your account in digits, such as 60856. A name to show in its place goes into From Mask in the options.';
	it.each([
		['', 'From is empty'],
		[' + - ', 'From is empty'],
		['1234567890123456', '"1234567890123456" in From is not a short or long code'],
		['x60856', '"x60856" in From is not a short or long code'],
		['60856x', '"60856x" in From is not a short or long code'],
		['60856.5', '"60856.5" in From is not a short or long code'],
		['6.0856E+4', '"6.0856E+4" in From is not a short or long code'],
	])('"%s" in From is none', async (input, message) => {
		expect(await refusal(() => toSkycoreSender(input))).toEqual({
			kind: 'rejected',
			message,
			description: ADVICE,
			nothingAccepted: true,
		});
	});
});
