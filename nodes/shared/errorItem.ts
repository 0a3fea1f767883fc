import type {
	IDataObject,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import type { FailureDetails } from './nodeError';

/**
 * An item that says why nothing came of its input item (Continue On Fail).
 *
 * n8n takes an item that has an `error` for a failed one, and then leaves nothing of its fields but
 * the message. A workflow decides by `details`, so the fields are put where that does not reach
 * them: n8n sees the error when it sorts the outputs, where it also adds the fields of the input
 * item, but does not copy it along, and fields put in place of these are not taken if they are
 * just the message.
 *
 * @param itemIndex of the input item, from 0
 */
export function errorItem(
	error: NodeApiError | NodeOperationError,
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
				const isMessageOnly = Object.keys(fields).join() === 'error';
				if (!isMessageOnly) json = fields;
			},
		},
		error: { value: error },
	}) as INodeExecutionData & typeof item;
}
