import type { INodeProperties } from 'n8n-workflow';
import { limitField, messageField, returnAllField, simplifyField } from '../../nodes/shared/fields';
import type { Connection, Operation } from '../../nodes/shared/operation';
import { properties } from '../../nodes/shared/properties';
import type { Provider } from '../../nodes/shared/provider';

/** The parameters of a node, out of what its operations declare. */

const option = (displayName: string): INodeProperties => ({
	displayName,
	name: displayName.toLowerCase(),
	type: 'string',
	default: '',
});

const operationOf = (more: object = {}) =>
	({
		resource: 'sms',
		operation: 'get',
		name: 'Get',
		action: 'Get an SMS',
		description: 'Reads one',
		gives: {},
		run: async () => [],
		...more,
	}) as unknown as Operation<Connection>;

const of = (operations: Array<Operation<Connection>>, more: Partial<Provider<Connection>> = {}) =>
	properties({
		name: 'p',
		resources: [{ name: 'SMS', value: 'sms' }],
		operations,
		concurrency: 5,
		...more,
	} as Provider<Connection>);

/** The fields of one operation, behind the drop-downs. */
const fieldsOf = (more: object = {}, provider?: Partial<Provider<Connection>>) =>
	of([operationOf(more)], provider).slice(2);
const fieldOf = (name: string, more: object = {}, provider?: Partial<Provider<Connection>>) =>
	fieldsOf(more, provider).find((field) => field.name === name);
const optionsOf = (more: object = {}, provider?: Partial<Provider<Connection>>) =>
	(fieldOf('options', more, provider)?.options ?? []) as INodeProperties[];

it('begin with the drop-downs of resources and operations', () => {
	const resources = [
		{ name: 'SMS', value: 'sms' },
		{ name: 'List', value: 'list' },
	];
	const [resource, ...choices] = of(
		[
			operationOf({ resource: 'list', operation: 'add', name: 'Add', action: 'Add to a list' }),
			operationOf(),
			operationOf({ operation: 'send', name: 'Send', action: 'Send an SMS' }),
		],
		{ resources },
	);
	expect(resource).toEqual({
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources,
		default: 'sms',
	});
	const drop = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
	};
	expect(choices.slice(0, 2)).toEqual([
		{
			...drop,
			displayOptions: { show: { resource: ['sms'] } },
			options: [
				{ name: 'Get', value: 'get', action: 'Get an SMS', description: 'Reads one' },
				{ name: 'Send', value: 'send', action: 'Send an SMS', description: 'Reads one' },
			],
			default: 'get',
		},
		{
			...drop,
			displayOptions: { show: { resource: ['list'] } },
			options: [{ name: 'Add', value: 'add', action: 'Add to a list', description: 'Reads one' }],
			default: 'add',
		},
	]);
});

describe('the fields of an operation', () => {
	it('are those it declares, between what all have', () => {
		const names = fieldsOf({ fields: [messageField, returnAllField] }).map(({ name }) => name);
		expect(names).toEqual(['toolDescription', 'message', 'returnAll', 'simplify', 'options']);
		expect(fieldsOf().map(({ name }) => name)).toEqual(['toolDescription', 'simplify', 'options']);
	});

	it('are shown for it, where they are shown at all', () => {
		const show = { resource: ['sms'], operation: ['get'] };
		const hide = { message: ['x'] };
		const fields = fieldsOf({
			fields: [
				messageField,
				limitField,
				{ ...option('A'), displayOptions: { hide } },
				{ ...option('B'), displayOptions: { show: { operation: ['other'] } } },
			],
		});
		expect(fields.map(({ name, displayOptions }) => [name, displayOptions])).toEqual([
			['toolDescription', { show: { '@tool': [true], ...show } }],
			['message', { show }],
			['limit', { show: { returnAll: [false], ...show } }],
			['a', { hide, show }],
			['b', { show }],
			['simplify', { show }],
			['options', { show }],
		]);
		expect(fields[1]).toEqual({ ...messageField, displayOptions: { show } });
	});

	it.each<[string, object, string]>([
		['an answer', {}, 'boolean'],
		['an answer that is not plain', { plain: false }, 'boolean'],
		['all there is', { plain: true }, 'hidden'],
		['what was waited for', { wait: {} }, 'hidden'],
		['what was settled', { settle: async () => [] }, 'hidden'],
	])('ask about Simplify of %s: %s', (_, more, type) => {
		expect(fieldOf('simplify', more)).toMatchObject({ ...simplifyField, type });
	});
});

describe('the options', () => {
	it('are in the order of their labels', () => {
		expect(fieldOf('options')).toMatchObject({
			displayName: 'Options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
		});
		const options = optionsOf({ options: [option('Zone'), option('Delay'), option('Answer')] });
		expect(options.map(({ name }) => name)).toEqual(['answer', 'concurrency', 'delay', 'zone']);
		expect(optionsOf().map(({ name }) => name)).toEqual(['concurrency']);
	});

	it('hold what keeps a posted body as it came, where one is waited for', () => {
		expect(optionsOf({ wait: {} }).map(({ name, type }) => [name, type])).toEqual([
			['concurrency', 'hidden'],
			['binaryData', 'hidden'],
		]);
	});

	it.each<[string, object, string]>([
		['of items that differ', { fields: [messageField] }, 'number'],
		['of a list that differs', { fields: [returnAllField, limitField, messageField] }, 'number'],
		['of items that differ and wait', { fields: [messageField], wait: {} }, 'hidden'],
		['of a list', { fields: [returnAllField, limitField] }, 'hidden'],
		['of a limit', { fields: [limitField] }, 'hidden'],
		['of nothing', { fields: [] }, 'hidden'],
		['of nothing said', {}, 'hidden'],
	])('ask how many at the same time %s: %s', (_, more, type) => {
		expect(optionsOf(more).find(({ name }) => name === 'concurrency')?.type).toBe(type);
	});

	it.each([
		[3, undefined, 50],
		[5, 8, 8],
	])('of a pace of %i have it', (concurrency, maxConcurrency, most) => {
		const [found] = optionsOf({ fields: [messageField] }, { concurrency, maxConcurrency });
		expect(found).toMatchObject({
			default: concurrency,
			typeOptions: { minValue: 1, maxValue: most },
		});
	});
});
