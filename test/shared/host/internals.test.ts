import type { IExecuteFunctions } from 'n8n-workflow';
import { addHint, internalsOf } from '../../../nodes/shared/host/internals';

it('a hint is shown beside the output', () => {
	const addExecutionHints = jest.fn();
	addHint({ addExecutionHints } as unknown as IExecuteFunctions, 'Look');
	expect(addExecutionHints.mock.calls).toEqual([
		[{ message: 'Look', type: 'info', location: 'outputPane' }],
	]);
});

it('a version of n8n without hints shows none', () => {
	expect(() => addHint({} as IExecuteFunctions, 'Look')).not.toThrow();
});

it('the internals of a context are the context itself', () => {
	const context = {};
	expect(internalsOf(context)).toBe(context);
});
