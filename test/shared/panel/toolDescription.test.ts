import {
	describeForAgent,
	toolDescriptionFields,
} from '../../../nodes/shared/panel/toolDescription';
import type { OperationCommon } from '../../../nodes/shared/provider/operation';

/** The description of an operation for the model of an agent. */

const field = (displayName: string, required?: boolean) => ({ displayName, required });
const operationWith = (facts: object = {}) =>
	({
		resource: 'message',
		operation: 'get',
		description: 'Look it up',
		outputSchema: { id: {}, to: {} },
		...facts,
	}) as unknown as OperationCommon;

const MONEY = 'It costs money and reaches a real person at once';
const ONCE = 'It changes something at the provider: call it once.';
const eight = 'a, b, c, d, e, f, g, h';

it.each<[object, string]>([
	[{}, 'Look it up. Returns id, to.'],
	[{ aiHint: 'By its ID.' }, 'Look it up. By its ID. Returns id, to.'],
	[{ fields: [field('ID', true), field('Note')] }, 'Look it up. Needs ID. Returns id, to.'],
	[{ fields: [field('ID', true), field('To', true)] }, 'Look it up. Needs ID, To. Returns id, to.'],
	[{ fields: [field('Note'), field('More', false)] }, 'Look it up. Returns id, to.'],
	[{ sends: true }, `Look it up. ${ONCE} Returns id, to.`],
	[{ operation: 'send' }, 'Look it up. Returns id, to.'],
	[
		{ outputSchema: Object.fromEntries([...'abcdefgh'].map((name) => [name, {}])) },
		`Look it up. Returns ${eight}.`,
	],
	[
		{ outputSchema: Object.fromEntries([...'abcdefghi'].map((name) => [name, {}])) },
		`Look it up. Returns ${eight}.`,
	],
])('of an operation with %j: %s', (facts, text) => {
	expect(describeForAgent(operationWith(facts))).toBe(text);
});

it.each([
	['send', MONEY],
	['sendAndWait', MONEY],
	['resend', ONCE],
	['add', ONCE],
])('of %s, which changes something, contains: %s', (operation, sentence) => {
	const text = describeForAgent(operationWith({ operation, sends: true }));
	expect([MONEY, ONCE].filter((warning) => text.includes(warning))).toEqual([sentence]);
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
])('the field of %s is shown for a tool that is not a review', (operation, differences) => {
	const declaration = operationWith({ operation });
	const fields = toolDescriptionFields(declaration);
	const common = {
		displayName: 'Tool Description',
		name: 'toolDescription',
		typeOptions: { rows: 5 },
		default: describeForAgent(declaration),
		description: expect.any(String),
	};
	expect(fields).toEqual(differences.map((difference) => ({ ...common, ...difference })));
});
