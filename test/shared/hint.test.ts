import type { IExecuteFunctions } from 'n8n-workflow';
import { addHint } from '../../nodes/shared/hint';

/** A note beside the output of a node. */

it('a hint is shown beside the output', () => {
	const addExecutionHints = jest.fn();
	addHint({ addExecutionHints } as unknown as IExecuteFunctions, 'Look');
	expect(addExecutionHints.mock.calls).toEqual([
		[{ message: 'Look', type: 'info', location: 'outputPane' }],
	]);
});

it('an n8n without hints shows none', () => {
	expect(() => addHint({} as IExecuteFunctions, 'Look')).not.toThrow();
});
