import { excerpt, readJson, unreadable } from '../../nodes/shared/answer';
import { baseUrlOf } from '../../nodes/shared/baseUrl';
import { readTime } from '../../nodes/shared/dateTime';
import { Failure } from '../../nodes/shared/errors';
import { readEvents } from '../../nodes/shared/event';
import type { ReadPostback } from '../../nodes/shared/event';
import { parseForm } from '../../nodes/shared/form';
import { bare } from '../../nodes/shared/pasted';
import { parsePhone, splitList } from '../../nodes/shared/phone';
import { redactor } from '../../nodes/shared/redact';
import { countSegments } from '../../nodes/shared/segments';
import { withTwins } from '../../nodes/shared/twins';
import { readNumber } from '../../nodes/shared/typed';
import { parseXml, unescapeXml } from '../../nodes/shared/xml';
import * as providers from '../providers';

/**
 * Every reader takes time in proportion to what it reads. A megabyte of the worst is held against
 * JSON.parse of an ordinary one in the same process: ratios, as machines differ.
 */

const SIZE = 1024 * 1024;
const fill = (part: string) => part.repeat(Math.ceil(SIZE / part.length)).slice(0, SIZE);

const WORST: Record<string, string> = {
	'opening brackets': fill('<'),
	'brackets and a bracket': `${fill('<')}>`,
	'empty elements': fill('<a/>'),
	'elements that never close': fill('<a>'),
	'elements that close': `${'<a>'.repeat(SIZE / 7)}${'</a>'.repeat(SIZE / 7)}`,
	'small elements': `<POSTBACK>${fill('<A>x</A>')}</POSTBACK>`,
	'small elements without a root': fill('<A>x</A>'),
	'scripts that never end': fill('<script>'),
	'style after style': fill('<style><title>'),
	'comments that never end': fill('<!--'),
	'a document type': `<!DOCTYPE a [${fill('<!ENTITY a "b">')}]><a>&a;</a>`,
	attributes: `<a ${fill('b="c" ')}/>`,
	'references to characters': `<a>${fill('&#55357;')}</a>`,
	'references without an end': fill('&#5'),
	ampersands: fill('&'),
	'percent signs': fill('%25'),
	'bare percent signs': fill('%'),
	plus: fill('+'),
	blanks: fill(' '),
	'line ends': fill('\r\n'),
	digits: fill('9'),
	'digits in a list': `[${'9'.repeat(SIZE)}]`,
	'long numbers': `[${'12345678901234567,'.repeat(SIZE / 18)}1]`,
	'empty objects': `[${'{},'.repeat(SIZE / 3)}{}]`,
	'nested lists': '['.repeat(SIZE / 2) + ']'.repeat(SIZE / 2),
	'nested objects': '{"a":'.repeat(SIZE / 6) + '1' + '}'.repeat(SIZE / 6),
	'quotes and backslashes': fill('"\\'),
	backslashes: fill('\\'),
	'a string that never ends': `"${fill('a')}`,
	'code units': fill('\\u0061'),
	'form fields': fill('a=b&'),
	'receipts in receipts': `DeliveryReceipt=1${fill('&DeliveryReceiptMessage=a')}`,
	'a receipt of blanks': `DeliveryReceipt=1&DeliveryReceiptMessage=${fill(' done date:')}`,
	'a boundary again and again': `--a\n${fill('--a\n')}`,
	'headers of parts': `--a\n${fill('content-disposition: form-data; name=')}`,
	'parts without an end': `--a\r\n${fill('\r\n')}`,
	'an XML declaration': `<?xml ${fill('encoding ')}`,
	...Object.fromEntries(
		[...'\n\t =/,;."\'`-+0(&'].map((sign) => [
			`${JSON.stringify(sign)} again and again, then a letter`,
			`${fill(sign)}x`,
		]),
	),
	'a field with line ends inside': `a=b${fill('\r\n')}&c=d`,
	'a part of line ends': `--a\n${fill('\n')}x\n--a`,
	base64: fill('NWI3ZTBmNTItM2M3ZC00YTBlLTlhNjEtMmY0ZDhjMWU3YTkw'.slice(0, 47)),
};

const SECRETS = ['5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90', 'a b%\\+/&"<secret>', 'short7'];
const redact = redactor(SECRETS);
const json = (text: string) => {
	try {
		return readJson({ status: 200, headers: {}, text });
	} catch {
		return undefined;
	}
};
const failing = (read: (text: string) => unknown) => (text: string) => {
	try {
		read(text);
	} catch (error) {
		expect(error).toBeInstanceOf(Failure);
	}
};
const postback = (read: ReadPostback) => (text: string) =>
	readEvents({ provider: 'p', read }, { text, contentType: '', headers: {} }, 'now');
const answer = (text: string) => ({ status: 502, headers: {}, text });

const READERS: Record<string, (text: string) => unknown> = {
	...Object.fromEntries(
		Object.values(providers).map(({ title, provider }) => [
			`the postbacks of ${title}`,
			postback(provider.postbacks.read),
		]),
	),
	XML: parseXml,
	entities: unescapeXml,
	'a form': parseForm,
	JSON: json,
	'the first words of a page': excerpt,
	'an answer that is none': (text) => unreadable(answer(text), 'an answer'),
	'a pasted value': bare,
	'a phone number': failing((text) => parsePhone(text)),
	'a phone number of a country': failing((text) => parsePhone(text, 'IT')),
	'a list': splitList,
	'a time': failing((text) => readTime(text, 'Europe/Rome')),
	'a number': failing((text) => readNumber(text, 0, 'X')),
	'an address': failing((text) => baseUrlOf(text, 'https://example.com')),
	'the segments of a text': (text) => countSegments(text),
	'a text in plain signs': withTwins,
	masking: redact,
	'masking in data': (text) => redact({ text: [text] }),
};

const ordinary = JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id, text: 'hello' })));

function timeOf(work: () => unknown): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

/** Of three, so that a pause of the machine does not count. */
const best = (work: () => unknown) => Math.min(...[1, 2, 3].map(() => timeOf(work)));

/** What is quadratic takes thousands of times as long. */
const MOST = 400;

describe.each(Object.entries(READERS))('%s', (_, read) => {
	let base: number;
	beforeAll(() => {
		read('warm');
		base = best(() => JSON.parse(ordinary));
	});

	it.each(Object.entries(WORST))('stays linear on %s', (_name, text) => {
		const first = timeOf(() => read(text));
		const time = first / base > MOST ? best(() => read(text)) : first;
		expect(time / base).toBeLessThan(MOST);
	});
});

it('of too many events the rest is one event with all of the text', () => {
	const body = `[${'{"event":"sms_delivered","id":"1"},'.repeat(5_000)}{}]`;
	const events = postback(providers.wooxy.provider.postbacks.read)(body);
	expect(events).toHaveLength(1_001);
	expect(events[1_000]).toMatchObject({ event: 'unknown', raw: body });
});
