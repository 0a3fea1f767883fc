/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { cpuUsage } from 'node:process';
import { excerpt } from '../../nodes/shared/errors/excerpt';
import { Failure } from '../../nodes/shared/errors/failure';
import { redactor } from '../../nodes/shared/errors/redact';
import { parseForm } from '../../nodes/shared/formats/form';
import { parseXml, unescapeXml } from '../../nodes/shared/formats/xml';
import { readJson, unexpectedResponse } from '../../nodes/shared/http/response';
import { parseBaseUrl } from '../../nodes/shared/input/baseUrl';
import { coerceNumber } from '../../nodes/shared/input/coerce';
import { withGsmReplacements } from '../../nodes/shared/input/gsmReplacements';
import { stripWrapping } from '../../nodes/shared/input/normalizeInput';
import { parseDateTime } from '../../nodes/shared/input/parseDateTime';
import { parsePhone, splitList } from '../../nodes/shared/input/phone';
import type { ParsePostback } from '../../nodes/shared/model/event';
import { countSegments } from '../../nodes/shared/model/segments';
import { readEvents } from '../../nodes/shared/receiving/readEvents';
import * as providers from '../engine/tables/providers';

/**
 * Every reader runs in linear time. Reading the worst input is compared with JSON.parse of ordinary
 * input of the same size in the same process: ratios, because machines differ. `npm run test:hostile`
 * reads a megabyte of each.
 */

const KILOBYTES = Number(process.env.HOSTILE_KILOBYTES ?? 256);
const SIZE = KILOBYTES * 1024;
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
	'plus signs': fill('+'),
	spaces: fill(' '),
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
	'a receipt of spaces': `DeliveryReceipt=1&DeliveryReceiptMessage=${fill(' done date:')}`,
	'a repeated boundary': `--a\n${fill('--a\n')}`,
	'headers of parts': `--a\n${fill('content-disposition: form-data; name=')}`,
	'parts without an end': `--a\r\n${fill('\r\n')}`,
	'an XML declaration': `<?xml ${fill('encoding ')}`,
	...Object.fromEntries(
		[...'\n\t =/,;."\'`-+0(&'].map((sign) => [
			`${JSON.stringify(sign)} repeated, then a letter`,
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
const postback = (read: ParsePostback) => (text: string) =>
	readEvents({ provider: 'p', read }, { text, contentType: '', headers: {} }, 'now');
const responseWith = (text: string) => ({ status: 502, headers: {}, text });

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
	'an excerpt of a page': excerpt,
	'an unexpected response': (text) => unexpectedResponse(responseWith(text), 'a response'),
	'a pasted value': stripWrapping,
	'a phone number': failing((text) => parsePhone(text)),
	'a phone number of a country': failing((text) => parsePhone(text, 'IT')),
	'a list': (text) => splitList(text, 'X'),
	'a time': failing((text) => parseDateTime(text, 'Europe/Rome')),
	'a number': failing((text) => coerceNumber(text, 0, 'X')),
	'a URL': failing((text) => parseBaseUrl(text, 'https://example.com')),
	'the segments of a text': (text) => countSegments(text),
	'a text in the GSM-7 alphabet': withGsmReplacements,
	masking: redact,
	'masking in data': (text) => redact({ text: [text] }),
};

const ordinary = JSON.stringify(
	Array.from({ length: 20 * KILOBYTES }, (_, id) => ({ id, text: 'hello' })),
);

/** Microseconds of the processor, so that other processes do not count. */
function timeOf(work: () => unknown): number {
	const start = cpuUsage();
	work();
	const { user, system } = cpuUsage(start);
	return user + system;
}

/** The shortest time of three. */
const bestTimeOf = (work: () => unknown) => Math.min(...[1, 2, 3].map(() => timeOf(work)));

/** Quadratic time takes thousands of times as long. */
const MAX_RATIO = 400;

describe.each(Object.entries(READERS))('%s', (_, read) => {
	let base: number;
	beforeAll(() => {
		read('warm');
		base = bestTimeOf(() => JSON.parse(ordinary));
	});

	it.each(Object.entries(WORST))('stays linear on %s', (_name, text) => {
		const first = timeOf(() => read(text));
		const time = first / base > MAX_RATIO ? bestTimeOf(() => read(text)) : first;
		expect(time / base).toBeLessThan(MAX_RATIO);
	});
});

it('too many events in one postback end with one event that contains the whole text', () => {
	const body = `[${'{"event":"sms_delivered","id":"1"},'.repeat(5_000)}{}]`;
	const events = postback(providers.wooxy.provider.postbacks.read)(body);
	expect(events).toHaveLength(1_001);
	expect(events[1_000]).toMatchObject({ event: 'unknown', raw: body });
});
