import { Workflow } from 'n8n-workflow';
import type { INodeParameters, INodeTypes } from 'n8n-workflow';
import { actionSubtitle, triggerSubtitle } from '../../../nodes/shared/panel/subtitle';

/** The line below a node on the canvas, as n8n evaluates it. */

function evaluate(subtitle: string, parameters: INodeParameters): unknown {
	const node = {
		id: '1',
		name: 'Node',
		type: 'node',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const nodeTypes = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
}

it.each([
	['message', 'send', 'send'],
	['message', 'sendAndWaitForDelivery', 'send and wait for delivery'],
	['optOut', 'getMany', 'get many: opt out'],
])('for the resource %s and the operation %s it is "%s"', (resource, operation, text) => {
	expect(evaluate(actionSubtitle, { resource, operation })).toBe(text);
});

it.each([
	[[], ''],
	[['message.received'], 'message received'],
	[['contact.optedOut'], 'contact opted out'],
	[['message.received', 'message.status'], '2 kinds of events'],
])('for the events %j it is "%s"', (events, text) => {
	expect(evaluate(triggerSubtitle, { events })).toBe(text);
});
