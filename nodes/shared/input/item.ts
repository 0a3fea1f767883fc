import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../formats/values';
import { isAgentTool } from '../host/agentTool';
import { expressionData } from '../host/internals';
import { coerceBoolean, coerceChoice, coerceNumber, coerceText } from './coerce';
import { coerceCollection, coerceEntries } from './collections';
import { NOT_PLAIN, readerOf, type PlainReader } from './plainFields';

/** Whether a parameter has the same value for every item, since it contains no expression. */
function isConstant(value: unknown): boolean {
	if (typeof value === 'string') return !value.startsWith('=');
	return typeof value !== 'object' || value === null || Object.values(value).every(isConstant);
}

/** What all items of a run share. */
interface Shared {
	/** The parameters that have the same value for all items, each read once. */
	constants: ReadonlySet<string>;
	values: Map<string, unknown>;
	/** Readers of the parameters whose expressions only insert fields of the item. */
	readers: ReadonlyMap<string, PlainReader>;
}

const sharedByRun = new WeakMap<IExecuteFunctions, Shared>();

function sharedOf(context: IExecuteFunctions): Shared {
	const existing = sharedByRun.get(context);
	if (existing) return existing;
	const node = context.getNode();
	const constants = new Set<string>();
	const readers = new Map<string, PlainReader>();
	// the expressions of tools refer to the agent's call
	const isTool = isAgentTool(context, node);
	for (const [name, value] of Object.entries(node.parameters ?? {})) {
		if (isConstant(value)) {
			constants.add(name);
			continue;
		}
		const reader = isTool ? undefined : readerOf(value);
		if (reader) readers.set(name, reader);
	}
	const shared = { constants, readers, values: new Map<string, unknown>() };
	sharedByRun.set(context, shared);
	return shared;
}

/**
 * An input item with its parameters. Each is evaluated once: an expression costs about a
 * millisecond, and its value must be the same before and after a send. A parameter without
 * expressions is read once in a run, and one that only inserts fields is read from the item.
 */
export class Item {
	private readonly values = new Map<string, unknown>();

	private readonly shared: Shared;

	/** @param labels the names of the parameters in the panel */
	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
		private readonly labels: ReadonlyMap<string, string> = new Map(),
	) {
		this.shared = sharedOf(context);
	}

	/** The name of a parameter in the panel, for error messages. */
	label(name: string): string {
		return this.labels.get(name) ?? name;
	}

	/** @param variant distinguishes several ways to read a parameter */
	private evaluateOnce(name: string, evaluate: () => unknown, variant = ''): unknown {
		const values = this.shared.constants.has(name) ? this.shared.values : this.values;
		const key = name + variant;
		if (!values.has(key)) values.set(key, evaluate());
		return values.get(key);
	}

	/** The value of a parameter that only inserts fields of the item; NOT_PLAIN for any other. */
	private plainValue(name: string): unknown {
		const read = this.shared.readers.get(name);
		return read ? read(expressionData(this.context, this.index)) : NOT_PLAIN;
	}

	/** A parameter of any type. Without a fallback, n8n throws if it is missing. */
	parameter<T = string>(name: string, fallback?: T): T {
		const read = () => {
			const plain = this.plainValue(name);
			if (plain !== NOT_PLAIN) return plain;
			return this.context.getNodeParameter(name, this.index, fallback);
		};
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
		const read = () => {
			const plain = this.plainValue(name);
			if (isObject(plain) && 'mode' in plain && 'value' in plain) return plain.value;
			if (typeof plain === 'string') return plain;
			return this.context.getNodeParameter(name, this.index, '', { extractValue: true });
		};
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
