import { secretsEqual, parseTokens } from '../../../nodes/shared/credentials/postbackToken';

/** The postback tokens of a credential, and their comparison. */

it.each([
	['abc', 'abc', true],
	['abc', 'abd', false],
	['abc', 'ab', false],
	['', '', true],
	['é', 'e', false],
])('%j equals %j: %s', (received, expected, equal) => {
	expect(secretsEqual(received, expected)).toBe(equal);
});

const A = 'a'.repeat(16);
const B = 'b'.repeat(16);
const SHORT = 's'.repeat(15);

it.each<[unknown, string[]]>([
	[undefined, []],
	[16, []],
	['', []],
	['   ', []],
	[A, [A]],
	[` ${A}\n`, [A]],
	[SHORT, [SHORT]],
	['s', ['s']],
	[`${A},${B}`, [A, B]],
	[` ${A} , ${B} ,`, [A, B]],
	[`,${A}`, [A]],
	[`${SHORT},`, [SHORT]],
	[`${A},,${B}`, [A, B]],
	[`${A},${SHORT}`, [`${A},${SHORT}`]],
	[`${SHORT}, ${A}`, [`${SHORT}, ${A}`]],
	[`${A},${B},s`, [`${A},${B},s`]],
	[',', [',']],
	[' , , ', [', ,']],
])('the tokens of %j are %j', (value, tokens) => {
	expect(parseTokens(value)).toEqual(tokens);
});
