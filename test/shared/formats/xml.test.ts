import fc from 'fast-check';
import {
	child,
	children,
	childText,
	escapeXml,
	parseXml,
	unescapeXml,
} from '../../../nodes/shared/formats/xml';

describe('XML', () => {
	it('keeps leading zeros and white space, and resolves entities', () => {
		const root = parseXml('<A><B>0001470</B><C>  a &amp; b\n</C><D>x==</D><E>&#233;</E></A>');
		expect(childText(root, 'B')).toBe('0001470');
		expect(childText(root, 'C')).toBe('  a & b\n');
		expect(childText(root, 'D')).toBe('x==');
		expect(childText(root, 'E')).toBe('é');
	});

	it('lists no, one or many children', () => {
		const root = parseXml('<A><B>1</B><C/><B>2</B></A>');
		expect(children(root, 'B').map(({ text }) => text)).toEqual(['1', '2']);
		expect(children(root, 'C')).toHaveLength(1);
		expect(children(root, 'D')).toEqual([]);
		expect(child(root, 'D')).toBeUndefined();
	});

	it('has names and attributes without their prefixes, even undeclared ones', () => {
		const root = parseXml('<A><B i:nil="true"/></A>');
		expect(child(root, 'B')?.attributes.nil).toBe('true');
	});

	it.each([
		['truncated', '<A><B>1</B>'],
		['wrongly nested', '<A><B></A></B>'],
		['plain text', 'hello'],
		['empty', ''],
		['missing an end tag', '<A><B><B></A>'],
		['two documents', '<A>1</A>\n<B>2</B>'],
	])('is not read if it is %s', (_name, text) => {
		expect(parseXml(text)).toBeUndefined();
	});

	it('never fetches an external entity', () => {
		const text = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><b>&x;</b></a>';
		expect(JSON.stringify(parseXml(text) ?? '')).not.toContain('root:');
	});

	it('reads an escaped text unchanged', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				// without carriage returns and the characters that XML cannot contain
				// eslint-disable-next-line no-control-regex -- these are meant
				const valid = text.replace(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/g, '');
				expect(parseXml(`<A>${escapeXml(valid)}</A>`)?.text).toBe(valid);
			}),
		);
	});
});

describe('a document', () => {
	it('is read as its root element with all of its content', () => {
		const text = '\uFEFF <?xml version="1.0"?><!-- c --><?pi a?><A b="1">x<B c="2"/>y</A>\n';
		expect(parseXml(text)).toEqual({
			name: 'A',
			attributes: { b: '1' },
			text: 'xy',
			children: [{ name: 'B', attributes: { c: '2' }, text: '', children: [] }],
		});
	});

	it('may begin with a declaration on a separate line', () => {
		expect(parseXml('<?xml version="1.0"?>\n<!-- c -->\n<A>a</A>')?.text).toBe('a');
	});

	it('loses a byte order mark at its beginning, but not inside', () => {
		expect(parseXml('\uFEFF<A>a\uFEFFb</A>')?.text).toBe('a\uFEFFb');
		expect(parseXml('<A>a\uFEFFb</A>')?.text).toBe('a\uFEFFb');
	});

	it('without a declaration has no attributes', () => {
		expect(parseXml('<A/>')).toEqual({ name: 'A', attributes: {}, text: '', children: [] });
	});

	it.each([
		'<',
		'<!-- c -->',
		'<?pi a?>',
		'a<A/>',
		'<A',
		'<A/><',
		'</A',
		'<!A',
		'<!DOCTYPE a [<!ENTITY a "&a;">',
	])('is not %j', (text) => {
		expect(parseXml(text)).toBeUndefined();
	});

	const nested = (depth: number, content = '') =>
		`${'<a>'.repeat(depth)}${content}${'</a>'.repeat(depth)}`;

	it.each<[string, string, boolean]>([
		['a hundred levels', nested(100), true],
		['a hundred and one levels', nested(101), false],
		['a hundred levels and an empty element', nested(100, '<a/>'), true],
		['a hundred levels and a comment', nested(100, '<!-- a -->'), true],
		['a hundred levels and a processing instruction', nested(100, '<?pi a?>'), true],
		['a hundred levels with many elements in the last', nested(100, '<a/>'.repeat(500)), true],
		['a hundred levels several times', `<r>${nested(99).repeat(3)}</r>`, true],
		['a hundred and one levels several times', `<r>${nested(100).repeat(3)}</r>`, false],
	])('with %s is read: %s', (_name, text, isRead) => {
		expect(parseXml(text) !== undefined).toBe(isRead);
	});
});

describe('references to surrogates', () => {
	it.each([
		['&#55357;&#56838;', '😆'],
		['&#xD83D;&#xDE06;', '😆'],
		['&#xd83d;&#56838;', '😆'],
		['&#55296;&#56320;', '\u{10000}'],
		['&#56319;&#57343;', '\u{10FFFF}'],
		['a&#55357;&#56838;b&#55357;&#56838;', 'a😆b😆'],
		['&#65;&#55357;&#56838;&#66;', 'A😆B'],
		['&#55357;', '\uFFFD'],
		['&#56838;', '\uFFFD'],
		['&#55296;', '\uFFFD'],
		['&#56319;', '\uFFFD'],
		['&#56320;', '\uFFFD'],
		['&#57343;', '\uFFFD'],
		['&#55357;&#65;', '\uFFFDA'],
		['&#56838;&#55357;', '\uFFFD\uFFFD'],
		['&#56320;&#56320;', '\uFFFD\uFFFD'],
		['&#55295;&#56320;', '\uD7FF\uFFFD'],
		['&#55296;&#57344;', '\uFFFD\uE000'],
		['&#55296;&#56319;', '\uFFFD\uFFFD'],
		['&#55357;&#55357;&#56838;', '\uFFFD😆'],
		['&#55295;', '\uD7FF'],
		['&#57344;', '\uE000'],
		['&#x41;', 'A'],
		['&#128518;', '😆'],
		['&#55357; &#56838;', '\uFFFD \uFFFD'],
	])('%j are read as %j', (text, expected) => {
		expect(parseXml(`<A>${text}</A>`)?.text).toBe(expected);
		expect(unescapeXml(text)).toBe(expected);
	});
});

it.each([
	['', ''],
	['a &amp; b', 'a & b'],
	['&lt;&gt;&quot;&apos;', '<>"\''],
	['&LT;&Amp;', '<&'],
	['&amp;lt;', '&lt;'],
	['&#233;&#xE9;&#Xe9;', 'ééé'],
	['&#x10FFFF;', '\u{10FFFF}'],
	['&#x110000;', '&#x110000;'],
	['&eacute; &amp &#; &;', '&eacute; &amp &#; &;'],
	['&#12345678;&#123456789;', '&#12345678;&#123456789;'],
])('outside of a document %j is unescaped to %j', (text, expected) => {
	expect(unescapeXml(text)).toBe(expected);
});

it.each([
	['a & b & c', 'a &amp; b &amp; c'],
	['<<>>', '&lt;&lt;&gt;&gt;'],
	['a\r\nb\r', 'a&#13;\nb&#13;'],
	['\u0000a\u0008\u000B\u000C\u000E\u001F\uFFFE\uFFFFb', 'ab'],
	['\t\n "\'', '\t\n "\''],
])('%j is escaped to %j', (text, escaped) => {
	expect(escapeXml(text)).toBe(escaped);
});

it('a missing element has no children and no text', () => {
	expect(child(undefined, 'A')).toBeUndefined();
	expect(children(undefined, 'A')).toEqual([]);
	expect(childText(undefined, 'A')).toBeUndefined();
	expect(childText(parseXml('<A><B/></A>'), 'C')).toBeUndefined();
});
