import type {
	IExecuteData,
	IExecuteFunctions,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';
import { inside } from './inside';

/**
 * n8n parses what is posted to a node of version 1, unless this option of it is on: its XML reader
 * lower-cases tags and collapses white space, and what it cannot parse it answers with 400 or 422.
 * Nobody sees the option. A trigger has it on always; an action, whose options are the user's, has it
 * switched on in the parked execution.
 */
export const rawBodyOption: INodeProperties = {
	displayName: 'Raw Body',
	name: 'binaryData',
	type: 'hidden',
	default: false,
};

/** The options of a trigger, which are this one alone. */
export const rawBodyField: INodeProperties = {
	displayName: 'Raw Body',
	name: 'options',
	type: 'hidden',
	default: { [rawBodyOption.name]: true },
};

/** Switches the raw body on in what n8n stores of the workflow with the parked execution. */
export function keepBodyRaw(context: IExecuteFunctions, entry: IExecuteData): void {
	// an entry that was stored before has a node of its own
	const node = inside(context).workflow?.nodes?.[entry.node.name] ?? entry.node;
	const options = node.parameters.options as INodeParameters | string | undefined;
	if (typeof options === 'string') return;
	node.parameters = { ...node.parameters, options: { ...options, [rawBodyOption.name]: true } };
}
