import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { ofAll, runProvider, type ProviderName } from './operations';

/** Texts of every kind, over every wire: what is typed is what arrives. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());

const TEXTS = [
	'Hello',
	'Hello, Anna!',
	' two  blanks ',
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

const WIRES: Array<[ProviderName, INodeParameters]> = [
	...ofAll(({ sends }) => [sends[0].parameters]),
	['cdyne', { resource: 'message', operation: 'sendMms', to: '17575550142' }],
];

it('there are sixty of them, each once', () => {
	expect(new Set(TEXTS).size).toBe(TEXTS.length);
	expect(TEXTS.length).toBeGreaterThanOrEqual(60);
});

it.each(WIRES)('%s as %j', async (provider, parameters) => {
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
	const got = json.map(({ messageId }) => arrived.get(String(messageId)));
	expect(got).toEqual(TEXTS);
});
