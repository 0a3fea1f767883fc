import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { coerceBoolean, coerceChoice, coerceNumber, coerceText } from './coerce';
import { coerceCollection, coerceEntries } from './collections';

/** Whether a parameter has the same value for every item, since it contains no expression. */
function isConstant(value: unknown): boolean {
	if (typeof value === 'string') return !value.startsWith('=');
	return typeof value !== 'object' || value === null || Object.values(value).every(isConstant);
}

/** The parameters of a run that have the same value for all items, each read once. */
interface Constants {
	names: ReadonlySet<string>;
	values: Map<string, unknown>;
}

const constantsByRun = new WeakMap<IExecuteFunctions, Constants>();

function constantsOf(context: IExecuteFunctions): Constants {
	const existing = constantsByRun.get(context);
	if (existing) return existing;
	const parameters = Object.entries(context.getNode().parameters ?? {});
	const names = parameters.filter(([, value]) => isConstant(value)).map(([name]) => name);
	const constants = { names: new Set(names), values: new Map<string, unknown>() };
	constantsByRun.set(context, constants);
	return constants;
}

/**
 * An input item with its parameters. Each is evaluated once: an expression costs about a
 * millisecond, and its value must be the same before and after a send. A parameter without
 * expressions is read once in a run.
 */
export class Item {
	private readonly values = new Map<string, unknown>();

	private readonly constants: Constants;

	/** @param labels the names of the parameters in the panel */
	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
		private readonly labels: ReadonlyMap<string, string> = new Map(),
	) {
		this.constants = constantsOf(context);
	}

	/** The name of a parameter in the panel, for error messages. */
	label(name: string): string {
		return this.labels.get(name) ?? name;
	}

	/** @param variant distinguishes several ways to read a parameter */
	private evaluateOnce(name: string, evaluate: () => unknown, variant = ''): unknown {
		const values = this.constants.names.has(name) ? this.constants.values : this.values;
		const key = name + variant;
		if (!values.has(key)) values.set(key, evaluate());
		return values.get(key);
	}

	/** A parameter of any type. Without a fallback, n8n throws if it is missing. */
	parameter<T = string>(name: string, fallback?: T): T {
		const read = () => this.context.getNodeParameter(name, this.index, fallback);
		return this.evaluateOnce(name, read) as T;
	}

	/** A text parameter, not trimmed. @throws Failure for an object or a list */
	text(name: string): string {
		return coerceText(this.parameter<unknown>(name, ''), this.label(name));
	}

	/** A boolean parameter. @throws Failure for any other value */
	flag(name: string, fallback: boolean): boolean {
		return coerceBoolean(this.parameter<unknown>(name, fallback), fallback, this.label(name));
	}

	/** A number parameter. @throws Failure for any other value */
	number(name: string, fallback: number): number {
		return coerceNumber(this.parameter<unknown>(name, fallback), fallback, this.label(name));
	}

	/** A value of a drop-down. @throws Failure for any other value */
	choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
		const value = this.parameter<unknown>(name, fallback);
		return coerceChoice(value, choices, fallback, this.label(name));
	}

	/** The value of a resource locator, trimmed. Plain text is accepted too. */
	locatorValue(name: string): string {
		const read = () => this.context.getNodeParameter(name, this.index, '', { extractValue: true });
		return coerceText(this.evaluateOnce(name, read, ', value'), this.label(name)).trim();
	}

	/** The fields that the user added to a collection. @throws Failure if it is not an object */
	collection(name: string): IDataObject {
		const read = () => coerceCollection(this.parameter<unknown>(name, {}), this.label(name));
		return this.evaluateOnce(name, read, ', collection') as IDataObject;
	}

	/** The entries of a fixed collection, or of a list. @throws Failure for anything else */
	entries(name: string): IDataObject[] {
		return coerceEntries(this.parameter<unknown>(name, {}), this.label(name));
	}

	/** The options that the user added. @throws Failure if they are not an object */
	get options(): IDataObject {
		return this.collection('options');
	}

	/** A text option; undefined if it was not added or is empty. */
	option(name: string): string | undefined {
		const value = coerceText(this.options[name], this.label(name));
		return value === '' ? undefined : value;
	}

	flagOption(name: string, fallback = false): boolean {
		return coerceBoolean(this.options[name], fallback, this.label(name));
	}

	numberOption(name: string, fallback: number): number {
		return coerceNumber(this.options[name], fallback, this.label(name));
	}
}
