import { isSameUrl, withoutToken, withToken } from '../../../nodes/shared/receiving/tokenUrl';

/** The token in a URL, and the comparison of URLs without it. */

const A = 'https://n8n.example/webhook/a';

it.each([
	[A, 'abc', `${A}?token=abc`],
	[`${A}?x=1`, 'a b&c', `${A}?x=1&token=a+b%26c`],
	[`${A}?token=old&x=1`, 'new', `${A}?token=new&x=1`],
	[A, '', A],
	['no URL', undefined, 'no URL'],
])('%s with the token %j is %s', (url, token, expected) => {
	expect(withToken(url, token)).toBe(expected);
});

it.each([
	[`${A}?token=abc`, A],
	[`${A}?x=1&token=abc&y=2`, `${A}?x=1&y=2`],
	[`${A}?tokens=abc`, `${A}?tokens=abc`],
	['https://n8n.example', 'https://n8n.example/'],
])('%s without its token is %s', (url, expected) => {
	expect(withoutToken(url)).toBe(expected);
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
	[A, 'no URL', false],
	['no URL', A, false],
	['no URL', 'no URL', true],
	['no URL', 'none either', false],
])('%s and %s are the same URL: %s', (a, b, same) => {
	expect(isSameUrl(a, b)).toBe(same);
});
