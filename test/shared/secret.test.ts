import { sameSecret, tokensIn } from '../../nodes/shared/secret';

/** Tokens in a credential, and whether one was given. */

it.each([
	['abc', 'abc', true],
	['abc', 'abd', false],
	['abc', 'ab', false],
	['', '', true],
	['é', 'e', false],
])('%j is %j: %s', (given, expected, same) => {
	expect(sameSecret(given, expected)).toBe(same);
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
])('in %j are %j', (value, tokens) => {
	expect(tokensIn(value)).toEqual(tokens);
});
