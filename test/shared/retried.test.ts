import { Item } from '../../nodes/shared/item';
import { checkRetry } from '../../nodes/shared/retried';
import { contextWith } from './contexts';

/** Sends that nothing can be looked up by, in a retry. */

function check(mode: string, notOnRetry: boolean, items = 1) {
	const hints: string[] = [];
	const context = contextWith(
		{ options: { notOnRetry } },
		{
			getMode: () => mode,
			addExecutionHints: ({ message }: { message: string }) => void hints.push(message),
		},
	);
	for (let index = 0; index < items; index++) checkRetry(new Item(context, index));
	return hints;
}

it.each([true, false])('outside a retry nothing is said, with the option: %s', (notOnRetry) => {
	expect(check('trigger', notOnRetry)).toEqual([]);
});

it('in a retry it is said once for a run', () => {
	expect(check('retry', false, 3)).toEqual([expect.stringMatching(/^This execution is a retry\./)]);
	expect(check('retry', false)).toHaveLength(1);
});

it('in a retry nothing is sent where the user wants that', () => {
	expect(() => check('retry', true)).toThrow(
		expect.objectContaining({
			kind: 'ambiguous',
			message: expect.stringContaining('Send Only in the First Run is on'),
			description: expect.stringContaining('turn the option off'),
		}),
	);
});
