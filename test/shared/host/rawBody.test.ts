import type { IExecuteData, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { keepBodyRaw, rawBodyField, rawBodyOption } from '../../../nodes/shared/host/rawBody';

/** The option with which n8n does not parse a posted body. */

it('the option is hidden, off for actions and on for triggers', () => {
	expect(rawBodyOption).toMatchObject({ name: 'binaryData', type: 'hidden', default: false });
	expect(rawBodyField).toMatchObject({
		name: 'options',
		type: 'hidden',
		default: { binaryData: true },
	});
});

const entryOf = (parameters: INodeParameters) =>
	({ node: { name: 'N', parameters } }) as unknown as IExecuteData;
const ON = { to: '1', options: { a: 1, binaryData: true } };

it('the option is switched on in the stored workflow', () => {
	const entry = entryOf({ to: '1', options: { a: 1 } });
	const nodes = { N: { parameters: { to: '1', options: { a: 1 } } }, O: { parameters: {} } };
	keepBodyRaw({ workflow: { nodes } } as unknown as IExecuteFunctions, entry);
	expect(nodes).toEqual({ N: { parameters: ON }, O: { parameters: {} } });
	expect(entry.node.parameters).toEqual({ to: '1', options: { a: 1 } });
});

it.each<[string, object]>([
	['workflow', {}],
	['nodes', { workflow: {} }],
	['node of this name', { workflow: { nodes: { O: { parameters: {} } } } }],
])('the option is switched on in the entry if the context has no %s', (_, context) => {
	const entry = entryOf({ to: '1', options: { a: 1 } });
	keepBodyRaw(context as IExecuteFunctions, entry);
	expect(entry.node.parameters).toEqual(ON);
});

it.each<[string, INodeParameters, INodeParameters]>([
	['without options', { to: '1' }, { to: '1', options: { binaryData: true } }],
	['with the option off', { options: { binaryData: false } }, { options: { binaryData: true } }],
	[
		'whose options are an expression, which stays',
		{ options: '={{ $json }}' },
		{ options: '={{ $json }}' },
	],
])('the option is switched on for a node %s', (_, parameters, expected) => {
	const entry = entryOf(parameters);
	keepBodyRaw({} as IExecuteFunctions, entry);
	expect(entry.node.parameters).toEqual(expected);
});
