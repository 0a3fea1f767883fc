import { Item } from '../../../nodes/shared/input/item';
import { checkExecutionRetry } from '../../../nodes/shared/sending/executionRetry';
import { contextWith } from '../../engine/harness/contexts';

/** Retries of an execution, for sends whose earlier messages cannot be looked up. */

function check(mode: string, notOnRetry: boolean, items = 1) {
	const hints: string[] = [];
	const context = contextWith(
		{ options: { notOnRetry } },
		{
			getMode: () => mode,
			addExecutionHints: ({ message }: { message: string }) => void hints.push(message),
		},
	);
	for (let index = 0; index < items; index++) checkExecutionRetry(new Item(context, index));
	return hints;
}

it.each([true, false])(
	'without a retry there is no hint, with the option set to %s',
	(notOnRetry) => {
		expect(check('trigger', notOnRetry)).toEqual([]);
	},
);

it('in a retry there is one hint per run', () => {
	expect(check('retry', false, 3)).toEqual([expect.stringMatching(/^This execution is a retry\./)]);
	expect(check('retry', false)).toHaveLength(1);
});

it('with the option, a retry fails before anything is sent', () => {
	expect(() => check('retry', true)).toThrow(
		expect.objectContaining({
			kind: 'ambiguous',
			message: expect.stringContaining('Send Only in the First Run is on'),
			description: expect.stringContaining('turn the option off'),
		}),
	);
});
