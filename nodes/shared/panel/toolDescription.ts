import type { INodeProperties } from 'n8n-workflow';
import type { OperationCommon } from '../provider/operation';

const ONCE = 'It changes something at the provider: call it once.';

const COSTS_MONEY =
	'It costs money and reaches a real person at once: call it once for each text. Do not call it again if its result says that the outcome is not known.';

/** The number of output fields that are named, enough to show a model what it gets. */
const MAX_OUTPUT_FIELDS = 8;

/** Says what the operation does and costs, which fields it needs, and what it returns. */
export function describeForAgent(operation: OperationCommon): string {
	const { description, aiHint, sends, fields = [], outputSchema } = operation;
	const required = fields.filter((field) => field.required).map(({ displayName }) => displayName);
	const returned = Object.keys(outputSchema).slice(0, MAX_OUTPUT_FIELDS);
	const isMessage = operation.operation.startsWith('send');
	return [
		`${description}.`,
		aiHint,
		sends && (isMessage ? COSTS_MONEY : ONCE),
		required.length > 0 && `Needs ${required.join(', ')}.`,
		`Returns ${returned.join(', ')}.`,
	]
		.filter(Boolean)
		.join(' ');
}

/**
 * The field Tool Description that n8n shows for a tool. n8n's own default is only the title of the
 * operation. A node that reviews the tools of an agent is also a tool, but a model does not call
 * it, so the field is hidden there. Such a node can be recognized by its response type, which is
 * always `approval`.
 */
export function toolDescriptionFields(operation: OperationCommon): INodeProperties[] {
	const field = {
		displayName: 'Tool Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 5 },
		default: describeForAgent(operation),
		description: 'What the model learns about this tool: what it is for and which values it needs',
	} satisfies INodeProperties;
	const isTool = { '@tool': [true] };
	if (operation.operation !== 'sendAndWait')
		return [{ ...field, displayOptions: { show: isTool } }];
	const approval = { responseType: ['approval'] };
	return [
		{ ...field, displayOptions: { show: isTool, hide: approval } },
		{ ...field, type: 'hidden', displayOptions: { show: { ...isTool, ...approval } } },
	];
}
