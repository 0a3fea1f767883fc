import { isTool, plainType } from '../../nodes/shared/tool';
import { contextWith } from './contexts';

/** Whether an agent runs the node. */

it.each([
	['cdyneTool', 'cdyne'],
	['cdyne', 'cdyne'],
	['cdyneToolTool', 'cdyneTool'],
	['toolTooling', 'toolTooling'],
	['a.Tool.cdyne', 'a.Tool.cdyne'],
])('%s is the type %s', (type, plain) => {
	expect(plainType(type)).toBe(plain);
});

it.each<[boolean | undefined, string, boolean]>([
	[true, 'cdyne', true],
	[true, 'cdyneTool', true],
	[false, 'cdyneTool', true],
	[false, 'cdyne', false],
	[undefined, 'cdyneTool', true],
	[undefined, 'cdyne', false],
	[undefined, 'cdyneTools', false],
])('a host that says %j of the type %s: %s', (says, type, is) => {
	let looks = 0;
	const context = contextWith(
		{},
		{
			...(says !== undefined && { isToolExecution: () => says }),
			getNode: () => (looks++, { type }),
		},
	);
	expect([isTool(context), isTool(context), isTool(context)]).toEqual([is, is, is]);
	expect(looks).toBeLessThan(2);
});
