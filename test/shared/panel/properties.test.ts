import type { INodeProperties } from 'n8n-workflow';
import {
	limitField,
	messageField,
	returnAllField,
	simplifyField,
} from '../../../nodes/shared/panel/fields';
import { labelsOf, properties } from '../../../nodes/shared/panel/properties';
import type { Connection, Operation } from '../../../nodes/shared/provider/operation';
import type { Provider } from '../../../nodes/shared/provider/provider';

/** The parameters of a node, made from the declarations of its operations. */

const option = (displayName: string): INodeProperties => ({
	displayName,
	name: displayName.toLowerCase(),
	type: 'string',
	default: '',
});

const operationWith = (facts: object = {}) =>
	({
		resource: 'sms',
		operation: 'get',
		name: 'Get',
		action: 'Get an SMS',
		description: 'Reads one',
		outputSchema: {},
		run: async () => [],
		...facts,
	}) as unknown as Operation<Connection>;

const providerOf = (
	operations: Array<Operation<Connection>>,
	facts: Partial<Provider<Connection>> = {},
) =>
	({
		name: 'p',
		resources: [{ name: 'SMS', value: 'sms' }],
		operations,
		concurrency: 5,
		maxConcurrency: 50,
		...facts,
	}) as Provider<Connection>;

/** The fields of one operation, without the drop-downs. */
const fieldsOf = (facts: object = {}, provider?: Partial<Provider<Connection>>) =>
	properties(providerOf([operationWith(facts)], provider)).slice(2);
const fieldOf = (name: string, facts: object = {}, provider?: Partial<Provider<Connection>>) =>
	fieldsOf(facts, provider).find((field) => field.name === name);
const optionsOf = (facts: object = {}, provider?: Partial<Provider<Connection>>) =>
	(fieldOf('options', facts, provider)?.options ?? []) as INodeProperties[];

it('start with the drop-downs of resources and operations', () => {
	const resources = [
		{ name: 'SMS', value: 'sms' },
		{ name: 'List', value: 'list' },
	];
	const operations = [
		operationWith({ resource: 'list', operation: 'add', name: 'Add', action: 'Add to a list' }),
		operationWith(),
		operationWith({ operation: 'send', name: 'Send', action: 'Send an SMS' }),
	];
	const [resource, ...choices] = properties(providerOf(operations, { resources }));
	expect(resource).toEqual({
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources,
		default: 'sms',
	});
	const dropDown = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
	};
	expect(choices.slice(0, 2)).toEqual([
		{
			...dropDown,
			displayOptions: { show: { resource: ['sms'] } },
			options: [
				{ name: 'Get', value: 'get', action: 'Get an SMS', description: 'Reads one' },
				{ name: 'Send', value: 'send', action: 'Send an SMS', description: 'Reads one' },
			],
			default: 'get',
		},
		{
			...dropDown,
			displayOptions: { show: { resource: ['list'] } },
			options: [{ name: 'Add', value: 'add', action: 'Add to a list', description: 'Reads one' }],
			default: 'add',
		},
	]);
});

describe('the fields of an operation', () => {
	it('are those that it declares, between the common ones', () => {
		const names = fieldsOf({ fields: [messageField, returnAllField] }).map(({ name }) => name);
		expect(names).toEqual(['toolDescription', 'message', 'returnAll', 'simplify', 'options']);
		expect(fieldsOf().map(({ name }) => name)).toEqual(['toolDescription', 'simplify', 'options']);
	});

	it('are shown for this operation only, in addition to their own conditions', () => {
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

	it.each<[string, string, object]>([
		['by default', 'boolean', {}],
		['without noSimplify', 'boolean', { noSimplify: false }],
		['with noSimplify', 'hidden', { noSimplify: true }],
		['with a wait', 'hidden', { wait: {} }],
		['with polling', 'hidden', { pollUntilFinal: async () => [] }],
	])('%s Simplify has the type %s', (_, type, facts) => {
		expect(fieldOf('simplify', facts)).toMatchObject({ ...simplifyField, type });
	});
});

describe('the options', () => {
	it('are sorted by label', () => {
		expect(fieldOf('options')).toMatchObject({
			displayName: 'Options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
		});
		const options = optionsOf({ options: [option('Zone'), option('Delay'), option('Alias')] });
		expect(options.map(({ name }) => name)).toEqual([
			'alias',
			'concurrency',
			'delay',
			'length',
			'zone',
		]);
		expect(optionsOf().map(({ name }) => name)).toEqual(['concurrency', 'length']);
	});

	it('include the hidden raw body option if the operation waits', () => {
		expect(optionsOf({ wait: {} }).map(({ name, type }) => [name, type])).toEqual([
			['concurrency', 'hidden'],
			['length', 'hidden'],
			['binaryData', 'hidden'],
		]);
	});

	it.each<[string, string, object]>([
		['with a field that differs by item', 'number', { fields: [messageField] }],
		[
			'with a list and a field that differs by item',
			'number',
			{ fields: [returnAllField, limitField, messageField] },
		],
		['with a wait', 'hidden', { fields: [messageField], wait: {} }],
		['with a list only', 'hidden', { fields: [returnAllField, limitField] }],
		['with a limit only', 'hidden', { fields: [limitField] }],
		['with an empty list of fields', 'hidden', { fields: [] }],
		['without fields', 'hidden', {}],
	])('%s Concurrency has the type %s', (_, type, facts) => {
		expect(optionsOf(facts).find(({ name }) => name === 'concurrency')?.type).toBe(type);
	});

	it.each([
		[3, 50, 50],
		[5, 8, 8],
	])('have Concurrency %i by default, with the limit %j', (concurrency, maxConcurrency, max) => {
		const [found] = optionsOf({ fields: [messageField] }, { concurrency, maxConcurrency });
		expect(found).toMatchObject({
			default: concurrency,
			typeOptions: { minValue: 1, maxValue: max },
		});
	});
});

describe('the labels of an operation', () => {
	const collection: INodeProperties = {
		displayName: 'Limit Wait Time',
		name: 'limitWaitTime',
		type: 'fixedCollection',
		default: {},
		options: [{ displayName: 'Values', name: 'values', values: [option('Amount')] }],
	};
	const choice: INodeProperties = {
		displayName: 'Status Updates',
		name: 'statusUpdates',
		type: 'options',
		options: [{ name: 'None', value: 'none' }],
		default: 'none',
	};
	const labels = (facts: object) => {
		const operation = operationWith(facts);
		return labelsOf(operation, providerOf([operation]));
	};

	it('include fields and members of collections, but no choices of a drop-down', () => {
		const found = labels({
			fields: [messageField, choice],
			options: [option('Delay'), collection],
		});
		expect(Object.fromEntries(found)).toEqual({
			toolDescription: 'Tool Description',
			message: 'Message',
			statusUpdates: 'Status Updates',
			simplify: 'Simplify',
			options: 'Options',
			concurrency: 'Concurrency',
			delay: 'Delay',
			length: 'Length',
			limitWaitTime: 'Limit Wait Time',
			amount: 'Amount',
		});
	});

	it('include the parameters that the panel does not show', () => {
		const found = labels({ wait: {} });
		expect(found.get('binaryData')).toBe('Raw Body');
		expect(found.get('simplify')).toBe('Simplify');
	});

	it('are those of a field rather than those of an option with the same name', () => {
		const found = labels({
			fields: [{ ...option('Reference'), displayName: 'Your Reference' }],
			options: [option('Reference')],
		});
		expect(found.get('reference')).toBe('Your Reference');
	});

	it('are collected once for each operation', () => {
		const [first, second] = [operationWith(), operationWith()];
		const provider = providerOf([first, second]);
		expect(labelsOf(first, provider)).toBe(labelsOf(first, provider));
		expect(labelsOf(second, provider)).not.toBe(labelsOf(first, provider));
	});
});
