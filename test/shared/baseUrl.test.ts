import { baseUrlOf } from '../../nodes/shared/baseUrl';

/** The Base URL of a credential, as people paste it. */

it.each([
	['https://a.b', 'https://a.b'],
	['http://a', 'http://a'],
	['HTTPS://A.b/c', 'HTTPS://A.b/c'],
	['https://a.b///', 'https://a.b'],
	['https://a.b/c/d/', 'https://a.b/c/d'],
	[' "https://a.b/" ', 'https://a.b'],
])('%j is %s', (value, expected) => {
	expect(baseUrlOf(value, 'https://x')).toBe(expected);
});

it.each([
	[undefined, ''],
	[null, ''],
	['', ''],
	[5, '5'],
	['a.b', 'a.b'],
	['ftp://a.b', 'ftp://a.b'],
	['xhttps://a.b', 'xhttps://a.b'],
	['https:/a.b', 'https:/a.b'],
	['https:///a.b', 'https:///a.b'],
	['https://', 'https:'],
	['https://a b', 'https://a b'],
])('%j is no web address', (value, shown) => {
	expect(() => baseUrlOf(value, 'https://x.example')).toThrow(
		expect.objectContaining({
			kind: 'rejected',
			message: `The Base URL "${shown}" of the credential is not a web address`,
			description: 'It should be like https://x.example, with https:// in front.',
			nothingAccepted: true,
		}),
	);
});
