import type { INodeParameters } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { fromAllProviders, runProvider } from '../tables/operations';
import type { ProviderName } from '../tables/operations';

/** Texts of every kind arrive unchanged through every provider. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());

const TEXTS = [
	'Hello',
	'Hello, Anna!',
	' two  spaces ',
	'a\nb',
	'a\r\nb',
	'a\tb',
	'1',
	'0',
	'0012',
	'true',
	'null',
	'undefined',
	'NaN',
	'[]',
	'{}',
	'{"a":1}',
	'[object]',
	'<b>bold</b>',
	'<![CDATA[x]]>',
	'a & b',
	'&amp;',
	'&lt;',
	'&#65;',
	'a=b&c=d',
	'100%',
	'%20',
	'%',
	'%zz',
	'a+b',
	'+',
	'"quoted"',
	"it's",
	'\\',
	'\\n',
	'\\u0041',
	'C:\\path',
	'`code`',
	'$1 $& $$',
	'{{name}}',
	'${x}',
	'../..',
	'?a=b#c',
	'https://example.com/a?b=c&d=%20#e',
	'; DROP TABLE',
	'--',
	'/* x */',
	'Grüße',
	'señor',
	'5 €',
	'[x] {y} ~ ^ |',
	'Привет',
	'你好',
	'مرحبا',
	'שלום',
	'नमस्ते',
	'😀',
	'👨‍👩‍👧',
	'🇮🇹 🇺🇸',
	'é',
	'½ ™ …',
	'“quoted”',
	'a\u00a0b',
	'a'.repeat(160),
];

const SENDS: Array<[ProviderName, INodeParameters]> = [
	...fromAllProviders(({ sends }) => [sends[0].parameters]),
	['cdyne', { resource: 'message', operation: 'sendMms', to: '17575550142' }],
];

it('the list has at least sixty texts without duplicates', () => {
	expect(new Set(TEXTS).size).toBe(TEXTS.length);
	expect(TEXTS.length).toBeGreaterThanOrEqual(60);
});

it.each(SENDS)('%s with %j', async (provider, parameters) => {
	sandbox.reset();
	const { json, error } = await runProvider(
		provider,
		sandbox,
		{ ...parameters, message: '={{ $json.text }}', options: { concurrency: 1 } },
		{ items: TEXTS.map((text) => ({ text })) },
	);
	expect(error).toBeUndefined();
	const arrived = new Map(
		sandbox.messages.list({ direction: 'out' }).map(({ id, text }) => [id, text]),
	);
	const received = json.map(({ messageId }) => arrived.get(String(messageId)));
	expect(received).toEqual(TEXTS);
});
