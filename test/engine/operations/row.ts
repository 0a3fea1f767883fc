import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import type * as providers from '../../providers';

export type ProviderName = keyof typeof providers;

/** What a row needs to prepare the sandbox. */
export interface Stage {
	sandbox: Sandbox;
	/** Runs the row's node against the sandbox. @throws Error where that failed */
	run(parameters: INodeParameters): Promise<IDataObject[]>;
}

/** One operation of one provider's node, and how it shows in the sandbox. */
export interface OperationRow {
	provider: ProviderName;
	/** `resource.operation`, with what sets this row apart from another of the same operation. */
	name: string;
	/** Valid against the sandbox. */
	parameters: INodeParameters;
	/** Makes what the operation needs, and gives the parameters that name it. */
	prepare?(stage: Stage): Promise<INodeParameters>;
	/** A file that comes with the input item, in the binary field `file`. */
	file?: { name: string; mimeType: string; content: string };
	/** What it asks for when all is well, by the names of the sandbox's request log, in order. */
	calls: string[];
	/**
	 * - send: asked for once, unless it is certain that nothing was accepted
	 * - repeatable: a look-up, or a change that is harmless twice
	 */
	kind: 'send' | 'repeatable';
	/** Handsets that get a message, each a number that no other row uses. */
	handsets: readonly string[];
	/** A send whose answer is lost is looked up by its reference. */
	findsLostSends?: boolean;
	/** One request asks for all items. */
	isBatch?: boolean;
	/** What the output has to hold at least, whatever the sandbox holds besides. */
	output: IDataObject[];
}

/** A row of a provider, from `resource.operation` on. */
export const rowsOf =
	(provider: ProviderName) =>
	(
		name: string,
		parameters: INodeParameters,
		rest: Omit<OperationRow, 'provider' | 'name' | 'parameters'>,
	): OperationRow => {
		const [resource, operation] = name.split(' ')[0].split('.');
		return { provider, name, parameters: { resource, operation, ...parameters }, ...rest };
	};
