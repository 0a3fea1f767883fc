import type { IExecuteData, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { internalsOf } from './internals';

/**
 * n8n parses the bodies that are posted to a node of version 1 unless this option of the node is
 * on. Its XML parser lower-cases tags and collapses white space, and n8n responds with 400 or 422
 * to a body that it cannot parse. The option is hidden. It is always on for triggers. The options
 * of an action belong to the user, so it is switched on only in the suspended execution.
 */
export const rawBodyOption: INodeProperties = {
	displayName: 'Raw Body',
	name: 'binaryData',
	type: 'hidden',
	default: false,
};

/** The options of a trigger: only the raw body. */
export const rawBodyField: INodeProperties = {
	displayName: 'Raw Body',
	name: 'options',
	type: 'hidden',
	default: { [rawBodyOption.name]: true },
};

/**
 * Switches the raw body on in the workflow that n8n stores with the suspended execution.
 *
 * @param entry the node's entry in the execution stack
 */
export function keepBodyRaw(context: IExecuteFunctions, entry: IExecuteData): void {
	// if the execution was stored and loaded again, its entry has its own copy of the node
	const node = internalsOf(context).workflow?.nodes?.[entry.node.name] ?? entry.node;
	const options = node.parameters.options as object | string | undefined;
	// an expression, to which nothing can be added
	if (typeof options === 'string') return;
	node.parameters = { ...node.parameters, options: { ...options, [rawBodyOption.name]: true } };
}
