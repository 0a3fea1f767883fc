import { Failure } from '../../nodes/shared/errors';
import { SentItems } from '../../nodes/shared/sent';
import { contextWith } from './contexts';

/** What a try of a node knows of the tries before. */

/** Tries of one node, with the texts of an agent's calls where it is a tool. */
function node({ tool = false } = {}) {
	const store = {};
	const tries = (run?: number) => {
		const sent = new SentItems(
			contextWith(
				{},
				{
					getContext: () => store,
					getWorkflowDataProxy: () => ({ $runIndex: run }),
					isToolExecution: () => tool,
				},
			),
		);
		return {
			recall: (index: number, text = '') => sent.recall(index, () => text),
			remember: (index: number, result: Parameters<SentItems['remember']>[2], text = '') =>
				sent.remember(index, () => text, result),
		};
	};
	return { tries, store };
}

it('what went out is known by its item, and marked', () => {
	const { tries } = node();
	tries().remember(1, [{ json: { id: 'm1' }, raw: 'gone' }, { json: { id: 'm2' } }]);
	expect(tries().recall(1)).toEqual([
		{ json: { id: 'm1', alreadySent: true } },
		{ json: { id: 'm2', alreadySent: true } },
	]);
	expect(tries().recall(0)).toBeUndefined();
	expect(tries(0).recall(1)).toHaveLength(2);
});

it('an item of which nothing went out is known, too', () => {
	const { tries } = node();
	tries().remember(0, []);
	expect(tries().recall(0)).toEqual([]);
});

it('another run of the node knows nothing of it', () => {
	const { tries } = node();
	tries(1).remember(0, [{ json: {} }]);
	expect(tries(0).recall(0)).toBeUndefined();
	expect(tries(2).recall(0)).toBeUndefined();
	expect(tries(1).recall(0)).toHaveLength(1);
});

it('what may be out is a failure again, with what it said', () => {
	const { tries, store } = node();
	const facts = { kind: 'ambiguous', message: 'Lost', description: 'Look', code: '7' } as const;
	tries().remember(0, new Failure({ ...facts, httpStatus: 502, retryAfter: 1 }));
	expect(tries().recall(0)).toBeInstanceOf(Failure);
	expect(tries().recall(0)).toMatchObject({ ...facts, httpStatus: 502, retryAfter: undefined });
	// it is stored with the execution
	expect(JSON.parse(JSON.stringify(store))).toEqual({
		sentItems: { '0:0': { ambiguous: { ...facts, httpStatus: 502 } } },
	});
});

it('the values count for a tool, and for nothing else', () => {
	for (const tool of [true, false]) {
		const { tries } = node({ tool });
		tries().remember(0, [{ json: {} }], 'Hi');
		expect(tries().recall(0, 'Hi')).toHaveLength(1);
		expect(tries().recall(0, 'Ho') === undefined).toBe(tool);
		expect(tries(1).recall(0, 'Hi')).toBeUndefined();
		expect(tries().recall(1, 'Hi')).toBeUndefined();
	}
});
