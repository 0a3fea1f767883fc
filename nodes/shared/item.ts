import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { SmsMessage } from './message';
import { labelOf, readBoolean, readChoice, readNumber, readText } from './typed';

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

/**
 * One input item and the parameters as they evaluate for it, each once: an expression costs about a
 * millisecond, and must not give one value before a send and another one after it.
 */
export class Item {
	private readonly values = new Map<string, unknown>();

	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
	) {}

	private once(name: string, evaluate: () => unknown): unknown {
		if (!this.values.has(name)) this.values.set(name, evaluate());
		return this.values.get(name);
	}

	/** A parameter; without a fallback its absence is an error of n8n's. */
	parameter<T = string>(name: string, fallback?: T): T {
		return this.once(name, () => this.context.getNodeParameter(name, this.index, fallback)) as T;
	}

	/** A text parameter, trimmed of nothing. @throws Failure for an object or a list */
	text(name: string): string {
		const label = name === 'message' ? 'The message' : labelOf(name);
		return readText(this.parameter<unknown>(name, ''), label);
	}

	/** A yes or no. @throws Failure for what is neither */
	flag(name: string, fallback: boolean): boolean {
		return readBoolean(this.parameter<unknown>(name, fallback), fallback, labelOf(name));
	}

	/** A number. @throws Failure for what is none */
	number(name: string, fallback: number): number {
		return readNumber(this.parameter<unknown>(name, fallback), fallback, labelOf(name));
	}

	/** One of a drop-down's values. @throws Failure for what is none of them */
	choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
		return readChoice(this.parameter<unknown>(name, fallback), choices, fallback, labelOf(name));
	}

	/** What a resource locator names, trimmed; a plain text in its place does as well. */
	chosen(name: string): string {
		const value = this.once(`${name}, chosen`, () =>
			this.context.getNodeParameter(name, this.index, '', { extractValue: true }),
		);
		return readText(value, labelOf(name)).trim();
	}

	/** The optional fields that the user added. */
	get options(): IDataObject {
		return this.parameter<IDataObject>('options', {}) ?? {};
	}

	/** An optional text; undefined where it was not added or left empty. */
	option(name: string): string | undefined {
		const value = readText(this.options[name], labelOf(name));
		return value === '' ? undefined : value;
	}

	/** An optional yes or no. */
	flagOption(name: string, fallback = false): boolean {
		return readBoolean(this.options[name], fallback, labelOf(name));
	}

	/** An optional number. */
	numberOption(name: string, fallback: number): number {
		return readNumber(this.options[name], fallback, labelOf(name));
	}
}
