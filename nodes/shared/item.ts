import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { SmsMessage } from './message';

/** One output item before it is paired: the fields, and the provider's answer as it came. */
export interface Output {
	json: IDataObject;
	/** Shown when Simplify is off. */
	raw?: unknown;
	/** Files by the name of their binary property. */
	binary?: IBinaryKeyData;
	/** The node's output that it leaves by, the first one if not said. */
	output?: number;
}

/** A message as an output item, with the part of the answer that it was read from. */
export function messageOutput(message: SmsMessage, raw?: unknown): Output {
	return { json: message as unknown as IDataObject, raw };
}

/** One input item and the parameters as they evaluate for it. */
export class Item {
	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
	) {}

	/** A parameter; without a fallback its absence is an error of n8n's. */
	parameter<T = string>(name: string, fallback?: T): T {
		return this.context.getNodeParameter(name, this.index, fallback) as T;
	}

	/** A text parameter, trimmed of nothing; numbers from expressions become text. */
	text(name: string): string {
		const value = this.parameter<unknown>(name, '');
		return value === null || value === undefined ? '' : String(value);
	}

	/** What a resource locator names, trimmed; a plain text in its place does as well. */
	chosen(name: string): string {
		const value: unknown = this.context.getNodeParameter(name, this.index, '', {
			extractValue: true,
		});
		return value === null || value === undefined ? '' : String(value).trim();
	}

	/** The optional fields that the user added. */
	get options(): IDataObject {
		return this.parameter<IDataObject>('options', {});
	}

	/** An optional text; undefined where it was not added or left empty. */
	option(name: string): string | undefined {
		const value = this.options[name];
		return value === undefined || value === null || value === '' ? undefined : String(value);
	}
}
