import type { IExecuteData, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { keepBodyRaw, rawBodyField, rawBodyOption } from '../../nodes/shared/rawBody';

/** The option with which n8n leaves what is posted as it came. */

it('is hidden, off for an action and on for a trigger', () => {
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

it('is switched on in the workflow that is stored', () => {
	const entry = entryOf({ to: '1', options: { a: 1 } });
	const nodes = { N: { parameters: { to: '1', options: { a: 1 } } }, O: { parameters: {} } };
	keepBodyRaw({ workflow: { nodes } } as unknown as IExecuteFunctions, entry);
	expect(nodes).toEqual({ N: { parameters: ON }, O: { parameters: {} } });
	expect(entry.node.parameters).toEqual({ to: '1', options: { a: 1 } });
});

it.each<[string, object]>([
	['workflow', {}],
	['nodes', { workflow: {} }],
	['such node', { workflow: { nodes: { O: { parameters: {} } } } }],
])('is switched on in the entry where there is no %s', (_, context) => {
	const entry = entryOf({ to: '1', options: { a: 1 } });
	keepBodyRaw(context as IExecuteFunctions, entry);
	expect(entry.node.parameters).toEqual(ON);
});

it.each<[string, INodeParameters, INodeParameters]>([
	['no options', { to: '1' }, { to: '1', options: { binaryData: true } }],
	['it off', { options: { binaryData: false } }, { options: { binaryData: true } }],
	['an expression for them', { options: '={{ $json }}' }, { options: '={{ $json }}' }],
])('of a node that has %s', (_, parameters, expected) => {
	const entry = entryOf(parameters);
	keepBodyRaw({} as IExecuteFunctions, entry);
	expect(entry.node.parameters).toEqual(expected);
});
