import type { INodeProperties } from 'n8n-workflow';
import { concurrencyOption, simplifyField } from './fields';
import type { Common, Connection, Operation } from './operation';
import type { Provider } from './provider';
import { sorted } from './sorted';
import { rawBodyOption } from './rawBody';
import { toolDescriptionFields } from './toolDescription';

function shownFor(operation: Common, field: INodeProperties): INodeProperties {
	const show = { resource: [operation.resource], operation: [operation.operation] };
	return {
		...field,
		displayOptions: { ...field.displayOptions, show: { ...field.displayOptions?.show, ...show } },
	};
}

/** As no panel shows it; a workflow may set it all the same. */
const hidden = (field: INodeProperties): INodeProperties => ({ ...field, type: 'hidden' });

/** What leaves after a wait is the message as it was seen, not an answer. */
function isPlain(operation: Operation<never>): boolean {
	return operation.plain === true || 'wait' in operation || 'settle' in operation;
}

/** Whether one item is all that there is to work on: a wait takes one, and a list needs no more. */
function isSingle(operation: Operation<never>): boolean {
	const asks = operation.fields?.some(({ name }) => name !== 'returnAll' && name !== 'limit');
	return 'wait' in operation || !asks;
}

/** The parameters of a node: the drop-downs, then each operation's fields. */
export function properties<Api extends Connection>(provider: Provider<Api>): INodeProperties[] {
	const { resources, operations } = provider;
	const firstResource = resources[0].value;
	const resource: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		// in the order of the provider's list: n8n lists the actions in the same one
		options: resources,
		default: firstResource,
	};
	const choices = resources.map(({ value }): INodeProperties => {
		const own = operations.filter((operation) => operation.resource === value);
		const firstOperation = own[0].operation;
		return {
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [value as string] } },
			options: own.map(({ name, operation, action, description }) => ({
				name,
				value: operation,
				action,
				description,
			})),
			default: firstOperation,
		};
	});
	const fields = operations.flatMap((operation) => {
		const simplify = isPlain(operation) ? hidden(simplifyField) : simplifyField;
		const concurrency = concurrencyOption(provider.concurrency, provider.maxConcurrency);
		const options: INodeProperties = {
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: sorted(
				[
					...(operation.options ?? []),
					...('wait' in operation ? [rawBodyOption] : []),
					isSingle(operation) ? hidden(concurrency) : concurrency,
				],
				({ displayName }) => displayName,
			),
		};
		return [
			...toolDescriptionFields(operation),
			...(operation.fields ?? []),
			simplify,
			options,
		].map((field) => shownFor(operation, field));
	});
	return [resource, ...choices, ...fields];
}
