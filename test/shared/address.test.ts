import { sameAddress, withoutToken, withToken } from '../../nodes/shared/address';

/** The token in an address, and what makes two addresses the same. */

const A = 'https://n8n.example/webhook/a';

it.each([
	[A, 'abc', `${A}?token=abc`],
	[`${A}?x=1`, 'a b&c', `${A}?x=1&token=a+b%26c`],
	[`${A}?token=old&x=1`, 'new', `${A}?token=new&x=1`],
	[A, '', A],
	['no address', undefined, 'no address'],
])('%s with the token %j is %s', (address, token, expected) => {
	expect(withToken(address, token)).toBe(expected);
});

it.each([
	[`${A}?token=abc`, A],
	[`${A}?x=1&token=abc&y=2`, `${A}?x=1&y=2`],
	[`${A}?tokens=abc`, `${A}?tokens=abc`],
	['https://n8n.example', 'https://n8n.example/'],
])('%s without its token is %s', (address, expected) => {
	expect(withoutToken(address)).toBe(expected);
});

it.each<[string | null, string, boolean]>([
	[A, A, true],
	[`${A}?token=a`, `${A}?token=b&x=1`, true],
	['https://N8N.example:443/webhook/a', A, true],
	[A, `${A}b`, false],
	[A, 'http://n8n.example/webhook/a', false],
	[A, 'https://n8n.example:5678/webhook/a', false],
	[null, A, false],
	[null, 'null', false],
	[A, 'no address', false],
	['no address', A, false],
	['no address', 'no address', true],
	['no address', 'none either', false],
])('%s and %s are the same: %s', (one, other, same) => {
	expect(sameAddress(one, other)).toBe(same);
});
