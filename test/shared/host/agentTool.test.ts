import { isAgentTool, withoutToolSuffix } from '../../../nodes/shared/host/agentTool';
import { contextWith } from '../../engine/harness/contexts';

it.each([
	['cdyneTool', 'cdyne'],
	['cdyne', 'cdyne'],
	['cdyneToolTool', 'cdyneTool'],
	['toolTooling', 'toolTooling'],
	['a.Tool.cdyne', 'a.Tool.cdyne'],
])('the type %s without its suffix is %s', (type, expected) => {
	expect(withoutToolSuffix(type)).toBe(expected);
});

it.each<[boolean | undefined, string, boolean]>([
	[true, 'cdyne', true],
	[true, 'cdyneTool', true],
	[false, 'cdyneTool', true],
	[false, 'cdyne', false],
	[undefined, 'cdyneTool', true],
	[undefined, 'cdyne', false],
	[undefined, 'cdyneTools', false],
])(
	'with isToolExecution %j and the type %s, an agent runs the node: %s',
	(reported, type, isTool) => {
		let getNodeCalls = 0;
		const context = contextWith(
			{},
			{
				...(reported !== undefined && { isToolExecution: () => reported }),
				getNode: () => (getNodeCalls++, { type }),
			},
		);
		const results = [isAgentTool(context), isAgentTool(context), isAgentTool(context)];
		expect(results).toEqual([isTool, isTool, isTool]);
		expect(getNodeCalls).toBeLessThan(2);
	},
);
