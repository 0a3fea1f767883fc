import {
	isAgentTool,
	runsInsideCaller,
	useOwnArguments,
	withoutToolSuffix,
} from '../../../nodes/shared/host/agentTool';
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

it.each<[boolean | undefined, boolean]>([
	[true, true],
	[false, false],
	[undefined, false],
])('with isToolExecution %j, the tool runs inside its caller: %s', (reported, isInside) => {
	const context = contextWith(
		{},
		reported === undefined ? {} : { isToolExecution: () => reported },
	);
	expect(runsInsideCaller(context)).toBe(isInside);
});

describe('the run of a tool inside its caller', () => {
	const item = (to: string) => ({ json: { to } });
	const runWith = (input: unknown) => ({
		inputOverride: { ai_tool: [[input]] },
	});
	/** The run index that expressions read after that. */
	function runIndexFor(own: object | undefined, runs: unknown, isToolExecution = true) {
		const context = contextWith(
			{},
			{
				isToolExecution: () => isToolExecution,
				getInputData: () => (own ? [own] : []) as never,
				getNode: () => ({ name: 'Node' }) as never,
				...({
					runIndex: 0,
					runExecutionData: { resultData: { runData: { Node: runs } } },
				} as object),
			},
		);
		useOwnArguments(context);
		return (context as unknown as { runIndex: number }).runIndex;
	}

	it('is the one with the arguments of the call', () => {
		const [first, second] = [item('1'), item('2')];
		const runs = [runWith(first), runWith(second)];
		expect(runIndexFor(first, runs)).toBe(0);
		expect(runIndexFor(second, runs)).toBe(1);
	});

	it('stays the one of n8n if no run has the arguments', () => {
		expect(runIndexFor(item('1'), [runWith(item('2'))])).toBe(0);
		expect(runIndexFor(item('1'), [undefined, {}])).toBe(0);
		expect(runIndexFor(undefined, [{}, runWith(undefined)])).toBe(0);
	});

	it('stays the one of n8n for any other node', () => {
		const own = item('1');
		expect(runIndexFor(own, [{}, runWith(own)], false)).toBe(0);
	});
});
