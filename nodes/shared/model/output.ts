import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import type { SmsMessage } from './message';

/** An output item before it is paired with its input item. */
export interface Output {
	json: IDataObject;
	/** The provider's response as received, output if Simplify is off. */
	raw?: unknown;
	/** Files by the name of their binary property. */
	binary?: IBinaryKeyData;
	/** The index of the node's output, by default the first. */
	output?: number;
}

/** A message as an output item, with the part of the response from which it was read. */
export function messageOutput<Message extends SmsMessage>(message: Message, raw?: unknown): Output {
	return { json: message as unknown as IDataObject, raw };
}

/** A message, and the part of the response from which it was read. */
export interface Report<Raw = IDataObject> {
	message: SmsMessage;
	raw: Raw;
}
