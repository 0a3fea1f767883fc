import type { INodeProperties } from 'n8n-workflow';
import type { Common } from './operation';

/** What a model is told of an operation that an agent has as its tool. */

const ONCE = 'It changes something at the provider: call it once.';

const COSTS_MONEY =
	'It costs money and reaches a real person at once: call it once for each text that is wanted, and never again because its answer says that the outcome is not known.';

/** Enough of them for a model to know what it gets. */
const NAMED_FIELDS = 8;

const list = (names: string[]) => names.join(', ');

/** The text, made of what the operation declares: what it does, costs, needs and gives. */
export function forModel(operation: Common): string {
	const { description, forModel: hint, sends, fields = [], gives } = operation;
	const required = fields.filter((field) => field.required);
	const texts = operation.operation.startsWith('send');
	return [
		`${description}.`,
		hint,
		sends && (texts ? COSTS_MONEY : ONCE),
		required.length > 0 && `Needs ${list(required.map(({ displayName }) => displayName))}.`,
		`Gives ${list(Object.keys(gives).slice(0, NAMED_FIELDS))}.`,
	]
		.filter(Boolean)
		.join(' ');
}

/**
 * The field that n8n shows for a tool, with the text in it. n8n's own says no more than the title
 * of the operation. A human review is a tool too, but has nothing to describe to a model: it is
 * known by its response type, which is always an approval there.
 */
export function toolDescriptionFields(operation: Common): INodeProperties[] {
	const field = {
		displayName: 'Tool Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 5 },
		default: forModel(operation),
		description: 'What the model is told of this tool: what it is for and what to call it with',
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
