import { parseBaseUrl } from '../../../nodes/shared/input/baseUrl';

it.each([
	['https://a.b', 'https://a.b'],
	['http://a', 'http://a'],
	['HTTPS://A.b/c', 'HTTPS://A.b/c'],
	['https://a.b///', 'https://a.b'],
	['https://a.b/c/d/', 'https://a.b/c/d'],
	[' "https://a.b/" ', 'https://a.b'],
])('%j is the Base URL %s', (value, expected) => {
	expect(parseBaseUrl(value, 'https://x')).toBe(expected);
});

it.each([
	['https://a.b/API/1.3/', 'https://a.b/API/1.3/'],
	['https://a.b/API/1.3//\n', 'https://a.b/API/1.3/'],
	['https://a.b/API/1.3', 'https://a.b/API/1.3'],
	['https://a.b/', 'https://a.b/'],
	['https://a.b/index.php/', 'https://a.b/index.php'],
	['https://a.b/index.php', 'https://a.b/index.php'],
])('%j, which is called as it is, is %s', (value, expected) => {
	expect(parseBaseUrl(value, 'https://x', true)).toBe(expected);
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
])('%j is not a web address', (value, shown) => {
	expect(() => parseBaseUrl(value, 'https://x.example')).toThrow(
		expect.objectContaining({
			kind: 'rejected',
			message: `The Base URL "${shown}" of the credential is not a web address`,
			description: 'It should look like https://x.example, starting with https://.',
			nothingAccepted: true,
		}),
	);
});
