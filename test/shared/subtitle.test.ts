import { Workflow } from 'n8n-workflow';
import type { INodeParameters, INodeTypes } from 'n8n-workflow';
import { actionSubtitle, triggerSubtitle } from '../../nodes/shared/subtitle';

/** What stands below a node on the canvas, as n8n makes it of the parameters. */

function shown(subtitle: string, parameters: INodeParameters): unknown {
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
])('of the resource %s and the operation %s: %s', (resource, operation, words) => {
	expect(shown(actionSubtitle, { resource, operation })).toBe(words);
});

it.each([
	[[], ''],
	[['message.received'], 'message received'],
	[['contact.optedOut'], 'contact opted out'],
	[['message.received', 'message.status'], '2 kinds of events'],
])('of the events %j: %s', (events, words) => {
	expect(shown(triggerSubtitle, { events })).toBe(words);
});
