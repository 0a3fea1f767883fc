import type { Common } from '../../nodes/shared/operation';
import { forModel, toolDescriptionFields } from '../../nodes/shared/toolDescription';

/** What a model is told of an operation. */

const field = (displayName: string, required?: boolean) => ({ displayName, required });
const operationWith = (facts: object = {}) =>
	({
		resource: 'message',
		operation: 'get',
		description: 'Look it up',
		gives: { id: {}, to: {} },
		...facts,
	}) as unknown as Common;

const MONEY = 'It costs money and reaches a real person at once';
const ONCE = 'It changes something at the provider: call it once.';
const eight = 'a, b, c, d, e, f, g, h';

it.each<[object, string]>([
	[{}, 'Look it up. Gives id, to.'],
	[{ forModel: 'By its ID.' }, 'Look it up. By its ID. Gives id, to.'],
	[{ fields: [field('ID', true), field('Note')] }, 'Look it up. Needs ID. Gives id, to.'],
	[{ fields: [field('ID', true), field('To', true)] }, 'Look it up. Needs ID, To. Gives id, to.'],
	[{ fields: [field('Note'), field('More', false)] }, 'Look it up. Gives id, to.'],
	[{ sends: true }, `Look it up. ${ONCE} Gives id, to.`],
	[{ operation: 'send' }, 'Look it up. Gives id, to.'],
	[
		{ gives: Object.fromEntries([...'abcdefgh'].map((name) => [name, {}])) },
		`Look it up. Gives ${eight}.`,
	],
	[
		{ gives: Object.fromEntries([...'abcdefghi'].map((name) => [name, {}])) },
		`Look it up. Gives ${eight}.`,
	],
])('of %j: %s', (facts, text) => {
	expect(forModel(operationWith(facts))).toBe(text);
});

it.each([
	['send', MONEY],
	['sendAndWait', MONEY],
	['resend', ONCE],
	['add', ONCE],
])('of one that sends, %s, it is told: %s', (operation, words) => {
	const text = forModel(operationWith({ operation, sends: true }));
	expect([MONEY, ONCE].filter((one) => text.includes(one))).toEqual([words]);
});

const isTool = { '@tool': [true] };
const approval = { responseType: ['approval'] };

it.each<[string, object[]]>([
	['send', [{ type: 'string', displayOptions: { show: isTool } }]],
	['sendAndWaitForDelivery', [{ type: 'string', displayOptions: { show: isTool } }]],
	[
		'sendAndWait',
		[
			{ type: 'string', displayOptions: { show: isTool, hide: approval } },
			{ type: 'hidden', displayOptions: { show: { ...isTool, ...approval } } },
		],
	],
])('the field of %s is shown for a tool, unless it is a review', (operation, shown) => {
	const whole = operationWith({ operation });
	const fields = toolDescriptionFields(whole);
	const usual = {
		displayName: 'Tool Description',
		name: 'toolDescription',
		typeOptions: { rows: 5 },
		default: forModel(whole),
		description: expect.any(String),
	};
	expect(fields).toEqual(shown.map((one) => ({ ...usual, ...one })));
});
