import type { INodeProperties } from 'n8n-workflow';
import { rawBodyOption } from '../host/rawBody';
import { wholeAsTextOption } from '../input/collections';
import type { OperationCommon, Connection, Operation } from '../provider/operation';
import type { Provider } from '../provider/provider';
import { concurrencyOption, simplifyField, sortByLabel } from './fields';
import { toolDescriptionFields } from './toolDescription';

function shownFor(operation: OperationCommon, field: INodeProperties): INodeProperties {
	const show = { resource: [operation.resource], operation: [operation.operation] };
	return {
		...field,
		displayOptions: { ...field.displayOptions, show: { ...field.displayOptions?.show, ...show } },
	};
}

/** Hides a field in the panel. A workflow can still set its value. */
const hidden = (field: INodeProperties): INodeProperties => ({ ...field, type: 'hidden' });

/** After a wait there is no single response that Simplify could show. */
function hidesSimplify(operation: Operation<never>): boolean {
	return operation.noSimplify === true || 'wait' in operation || 'pollUntilFinal' in operation;
}

/** A wait takes one item, and a list does not depend on items. */
function hidesConcurrency(operation: Operation<never>): boolean {
	const hasItemFields = operation.fields?.some(
		({ name }) => !['returnAll', 'limit'].includes(name),
	);
	return 'wait' in operation || !hasItemFields;
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
		// not sorted, because n8n lists the actions in this order too
		options: resources,
		default: firstResource,
	};
	const choices = resources.map(({ value }): INodeProperties => {
		const resourceOperations = operations.filter((operation) => operation.resource === value);
		const firstOperation = resourceOperations[0].operation;
		return {
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [value as string] } },
			options: resourceOperations.map(({ name, operation, action, description }) => ({
				name,
				value: operation,
				action,
				description,
			})),
			default: firstOperation,
		};
	});
	const fields = operations.flatMap((operation) =>
		fieldsOf(operation, provider).map((field) => shownFor(operation, field)),
	);
	return [resource, ...choices, ...fields];
}

/** All fields of an operation. */
function fieldsOf<Api extends Connection>(
	operation: Operation<Api>,
	provider: Provider<Api>,
): INodeProperties[] {
	const simplify = hidesSimplify(operation) ? hidden(simplifyField) : simplifyField;
	const concurrency = concurrencyOption(provider.concurrency, provider.maxConcurrency);
	const options: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortByLabel(
			[
				...(operation.options ?? []),
				...('wait' in operation ? [rawBodyOption] : []),
				wholeAsTextOption,
				hidesConcurrency(operation) ? hidden(concurrency) : concurrency,
			],
			({ displayName }) => displayName,
		),
	};
	return [...toolDescriptionFields(operation), ...(operation.fields ?? []), simplify, options];
}

const labelsCache = new WeakMap<object, ReadonlyMap<string, string>>();

/** The labels of an operation's parameters by name, including those in collections. */
export function labelsOf<Api extends Connection>(
	operation: Operation<Api>,
	provider: Provider<Api>,
): ReadonlyMap<string, string> {
	const cached = labelsCache.get(operation);
	if (cached) return cached;
	const labels = new Map<string, string>();
	const add = (field: INodeProperties) => {
		if (!labels.has(field.name)) labels.set(field.name, field.displayName);
		for (const member of field.options ?? []) {
			if ('values' in member) member.values.forEach(add);
			else if ('type' in member) add(member);
		}
	};
	fieldsOf(operation, provider).forEach(add);
	labelsCache.set(operation, labels);
	return labels;
}
