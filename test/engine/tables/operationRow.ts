import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';

/** Given to rows that prepare the sandbox. */
export interface Stage {
	sandbox: Sandbox;
	/** Runs the row's node against the sandbox. @throws Error if the run fails */
	run(parameters: INodeParameters): Promise<IDataObject[]>;
}

/** One operation of one provider's node, with its expected output and effects in the sandbox. */
export interface OperationRow {
	/** The name in output items and events. */
	provider: string;
	/** `resource.operation`, and what distinguishes this row from others of the same operation. */
	name: string;
	/** Valid against the sandbox. */
	parameters: INodeParameters;
	/** Creates what the operation needs, and returns the parameters that refer to it. */
	prepare?(stage: Stage): Promise<INodeParameters>;
	/** A file in the binary field `file` of the input item. */
	file?: { name: string; mimeType: string; content: string };
	/** The expected requests, in order, by their names in the request log of the sandbox. */
	calls: string[];
	/**
	 * - send: requested only once, unless it is certain that nothing was accepted
	 * - repeatable: a look-up, or a change that is harmless if it is made twice
	 */
	kind: 'send' | 'repeatable';
	/** The handsets that get a message. No other row uses these numbers. */
	handsets: readonly string[];
	/** If the response to a send is lost, the message is looked up by its reference. */
	findsLostSends?: boolean;
	/** One request covers all items. */
	isBatch?: boolean;
	/** The output must contain these fields. It may contain more items of the sandbox. */
	output: IDataObject[];
}

/** Returns a function that creates rows of a provider from `resource.operation` and parameters. */
export const rowsOf =
	(provider: string) =>
	(
		name: string,
		parameters: INodeParameters,
		rest: Omit<OperationRow, 'provider' | 'name' | 'parameters'>,
	): OperationRow => {
		const [resource, operation] = name.split(' ')[0].split('.');
		return { provider, name, parameters: { resource, operation, ...parameters }, ...rest };
	};
