import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { FailureDetails } from '../errors/nodeError';

/**
 * The output item for a failed input item (Continue On Fail).
 *
 * n8n recognizes a failed item by its `error`, and replaces the item's fields by the error message
 * alone. Workflows need `details`, so this item protects its fields. `error` is not enumerable: n8n
 * finds it when it distributes items to the outputs, where it also adds the fields of the input
 * item, but does not copy it. The setter of `json` ignores fields that are only the message.
 *
 * @param itemIndex index of the input item, from 0
 */
export function errorItem(
	error: Error,
	details: FailureDetails,
	itemIndex: number,
): INodeExecutionData {
	let json: IDataObject = { error: error.message, details: { ...details } };
	const item = { pairedItem: { item: itemIndex } };
	return Object.defineProperties(item, {
		json: {
			enumerable: true,
			configurable: true,
			get: () => json,
			set: (fields: IDataObject) => {
				if (Object.keys(fields).join() !== 'error') json = fields;
			},
		},
		error: { value: error },
	}) as INodeExecutionData & typeof item;
}
