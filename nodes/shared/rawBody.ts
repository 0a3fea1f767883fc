import type {
	IExecuteData,
	IExecuteFunctions,
	INodeParameters,
	INodeProperties,
	Workflow,
} from 'n8n-workflow';

/**
 * n8n leaves the body of a request to a node of version 1 as it came where this option is on: it
 * cannot read each body a provider sends, and answers 400 or 422 then. Nobody sees it; it is switched
 * on in the parked execution.
 */
export const rawBodyOption: INodeProperties = {
	displayName: 'Raw Body',
	name: 'binaryData',
	type: 'hidden',
	default: false,
};

/** What n8n's contexts hold beside the interface that nodes are given. */
interface Inside {
	workflow?: Pick<Workflow, 'nodes'>;
}

/** Switches the raw body on in what n8n stores of the workflow with the parked execution. */
export function keepBodyRaw(context: IExecuteFunctions, entry: IExecuteData): void {
	// the private member of the context; an entry that was stored before has a node of its own
	const { workflow } = context as unknown as Inside;
	const node = workflow?.nodes[entry.node.name] ?? entry.node;
	const options = node.parameters.options as INodeParameters | string | undefined;
	if (typeof options === 'string') return;
	node.parameters = { ...node.parameters, options: { ...options, [rawBodyOption.name]: true } };
}
