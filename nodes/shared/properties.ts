import type { INodeProperties } from 'n8n-workflow';
import { concurrencyOption, simplifyField } from './fields';
import type { Common, Connection } from './operation';
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

/** The parameters of a node: the drop-downs, then each operation's fields. */
export function properties<Api extends Connection>(provider: Provider<Api>): INodeProperties[] {
	const nameOf = ({ name }: { name: string }) => name;
	const { resources, operations } = provider;
	const firstResource = resources[0].value;
	const resource: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: sorted(resources, nameOf),
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
			options: sorted(
				own.map(({ name, operation, action, description }) => ({
					name,
					value: operation,
					action,
					description,
				})),
				nameOf,
			),
			default: firstOperation,
		};
	});
	const fields = operations.flatMap((operation) => {
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
					concurrencyOption(provider.concurrency, provider.maxConcurrency),
				],
				({ displayName }) => displayName,
			),
		};
		return [
			...toolDescriptionFields(operation),
			...(operation.fields ?? []),
			simplifyField,
			options,
		].map((field) => shownFor(operation, field));
	});
	return [resource, ...choices, ...fields];
}
