/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/node-usable-as-tool -- test support, not a published node */
import { isDeepStrictEqual } from 'node:util';
import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { Item } from '../../../nodes/shared/input/item';

/** The number of expressions that a probe can have, in the fields `field0`, `field1` and so on. */
export const PROBE_FIELDS = 500;

const text = (name: string): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
});

/** The outcome of a comparison. */
export interface Probed extends IDataObject {
	/** The number of values that were read from the item. */
	taken: number;
	/** The number of values that n8n evaluated. */
	evaluated: number;
	/** Up to twenty values that differ. */
	different: IDataObject[];
}

/**
 * Reads every field of every item twice: as the nodes of this package do, and with n8n's evaluation.
 * It outputs one item, the comparison.
 */
export class FieldsProbe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fields Probe',
		name: 'fieldsProbe',
		group: ['transform'],
		version: 1,
		description: 'Compares fields that are read from the item with those that n8n evaluates',
		defaults: { name: 'Fields Probe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			...Array.from({ length: PROBE_FIELDS }, (_, index) => text(`field${index}`)),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: ['a', 'b', 'c'].map(text),
			},
			{
				displayName: 'Locator',
				name: 'locator',
				type: 'resourceLocator',
				default: { mode: 'id', value: '' },
				modes: [{ displayName: 'ID', name: 'id', type: 'string' }],
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const result: Probed = { taken: 0, evaluated: 0, different: [] };
		// the same context, except that it counts evaluations
		let evaluations = 0;
		const counting = Object.create(this) as IExecuteFunctions;
		counting.getNodeParameter = ((...args: Parameters<IExecuteFunctions['getNodeParameter']>) => {
			evaluations++;
			return this.getNodeParameter(...args);
		}) as IExecuteFunctions['getNodeParameter'];
		const parameters = this.getNode().parameters;
		const names = Object.keys(parameters).filter((name) => parameters[name] !== '');
		const compare = (what: object, ours: () => unknown, theirs: () => unknown) => {
			const before = evaluations;
			let value: unknown;
			try {
				value = ours();
			} catch {
				// n8n threw
			}
			if (evaluations > before) return result.evaluated++;
			result.taken++;
			let expected: unknown;
			try {
				expected = theirs();
			} catch (error) {
				expected = error;
			}
			if (isDeepStrictEqual(value, expected) || result.different.length === 20) return undefined;
			return result.different.push({ ...what, value: String(value), expected: String(expected) });
		};
		for (const [index, { json }] of this.getInputData().entries()) {
			// n8n must be able to respond in between
			await new Promise(setImmediate);
			const item = new Item(counting, index);
			for (const name of names) {
				compare(
					{ expression: parameters[name], json },
					() => item.parameter<unknown>(name),
					() => this.getNodeParameter(name, index),
				);
			}
			compare(
				{ expression: parameters.locator, json },
				() => item.locatorValue('locator'),
				() => String(this.getNodeParameter('locator', index, '', { extractValue: true })).trim(),
			);
		}
		return [[{ json: result }]];
	}
}
