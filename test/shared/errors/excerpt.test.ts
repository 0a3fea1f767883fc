import { excerpt, isHtmlPage } from '../../../nodes/shared/errors/excerpt';

const LENGTH = 120;

it.each<[string, string]>([
	['short', 'short'],
	['x'.repeat(LENGTH), 'x'.repeat(LENGTH)],
	['x'.repeat(LENGTH + 1), `${'x'.repeat(LENGTH)}…`],
	['<b>with</b>  markup', 'with markup'],
	[`<b>${'x'.repeat(LENGTH)}</b>`, 'x'.repeat(LENGTH)],
	['a\n\t b', 'a b'],
	['<title>Not shown</title><p>Shown</p>', 'Shown'],
	['<STYLE>p { }</STYLE>a<script src="b">c < d</script>e', 'a e'],
	['<script>never closed', ''],
	['a <b', 'a <b'],
	['', ''],
])('of %j is %j', (text, expected) => {
	expect(excerpt(text)).toBe(expected);
});

it('comes from the first 20,000 characters', () => {
	const markup = (length: number) => `<b ${' '.repeat(length - 4)}>`;
	expect(excerpt(`${markup(19_999)}ab`)).toBe('a');
	expect(excerpt(`${markup(20_000)}ab`)).toBe('');
});

it('of a megabyte of open tags takes little time', () => {
	const start = Date.now();
	excerpt('<script '.repeat(130_000));
	expect(Date.now() - start).toBeLessThan(5_000);
});

it.each<[string, boolean]>([
	['<html>', true],
	[' <!DOCTYPE html><HTML lang="en">', true],
	['<!doctype\n html>', true],
	['<a>html</a>', false],
	['', false],
])('%j is a web page: %s', (text, expected) => {
	expect(isHtmlPage(text)).toBe(expected);
});
