import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
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

/** Whether a parameter has the same value for every item: no text in it is an expression. */
function isConstant(value: unknown): boolean {
	if (typeof value === 'string') return !value.startsWith('=');
	return typeof value !== 'object' || value === null || Object.values(value).every(isConstant);
}

/** The parameters of a run that are the same for all its items, each read once. */
class Constants {
	readonly values = new Map<string, unknown>();

	private readonly parameters: INodeParameters;

	private readonly known = new Map<string, boolean>();

	constructor(context: IExecuteFunctions) {
		this.parameters = context.getNode().parameters ?? {};
	}

	has(name: string): boolean {
		const known =
			this.known.get(name) ??
			(Object.hasOwn(this.parameters, name) && isConstant(this.parameters[name]));
		this.known.set(name, known);
		return known;
	}
}

const constantsOf = new WeakMap<IExecuteFunctions, Constants>();

/**
 * One input item and the parameters as they evaluate for it, each once: an expression costs about a
 * millisecond, and must not give one value before a send and another one after it. What is no
 * expression is read once in a run.
 */
export class Item {
	private readonly values = new Map<string, unknown>();

	private readonly constants: Constants;

	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
	) {
		this.constants = constantsOf.get(context) ?? new Constants(context);
		constantsOf.set(context, this.constants);
	}

	/** @param how tells the readings of one parameter apart */
	private once(name: string, evaluate: () => unknown, how = ''): unknown {
		const values = this.constants.has(name) ? this.constants.values : this.values;
		const key = name + how;
		if (!values.has(key)) values.set(key, evaluate());
		return values.get(key);
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
		const value = this.once(
			name,
			() => this.context.getNodeParameter(name, this.index, '', { extractValue: true }),
			', chosen',
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
