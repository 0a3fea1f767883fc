import { Failure } from '../../../nodes/shared/errors/failure';
import { SentItems } from '../../../nodes/shared/sending/sentItems';
import { contextWith } from '../../engine/harness/contexts';

/** What a try of a node remembers from earlier tries. */

/** Tries of one node. The text is the fingerprint of an agent's call. */
function createNode({ tool = false } = {}) {
	const store = {};
	const startTry = (run?: number) => {
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
	return { startTry, store };
}

it('the outputs of a sent item are recalled by its index and marked', () => {
	const { startTry } = createNode();
	startTry().remember(1, [{ json: { id: 'm1' }, raw: 'gone' }, { json: { id: 'm2' } }]);
	expect(startTry().recall(1)).toEqual([
		{ json: { id: 'm1', alreadySent: true } },
		{ json: { id: 'm2', alreadySent: true } },
	]);
	expect(startTry().recall(0)).toBeUndefined();
	expect(startTry(0).recall(1)).toHaveLength(2);
});

it('an item that output nothing is recalled too', () => {
	const { startTry } = createNode();
	startTry().remember(0, []);
	expect(startTry().recall(0)).toEqual([]);
});

it('another run of the node recalls nothing', () => {
	const { startTry } = createNode();
	startTry(1).remember(0, [{ json: {} }]);
	expect(startTry(0).recall(0)).toBeUndefined();
	expect(startTry(2).recall(0)).toBeUndefined();
	expect(startTry(1).recall(0)).toHaveLength(1);
});

it('an ambiguous failure is recalled with its facts', () => {
	const { startTry, store } = createNode();
	const facts = { kind: 'ambiguous', message: 'Lost', description: 'Look', code: '7' } as const;
	startTry().remember(0, new Failure({ ...facts, httpStatus: 502, retryAfter: 1 }));
	expect(startTry().recall(0)).toBeInstanceOf(Failure);
	expect(startTry().recall(0)).toMatchObject({ ...facts, httpStatus: 502, retryAfter: undefined });
	// n8n stores this with the execution
	expect(JSON.parse(JSON.stringify(store))).toEqual({
		sentItems: { '0:0': { ambiguous: { ...facts, httpStatus: 502 } } },
	});
});

it('the fingerprint is part of the key for a tool only', () => {
	for (const tool of [true, false]) {
		const { startTry } = createNode({ tool });
		startTry().remember(0, [{ json: {} }], 'Hi');
		expect(startTry().recall(0, 'Hi')).toHaveLength(1);
		expect(startTry().recall(0, 'Ho') === undefined).toBe(tool);
		expect(startTry(1).recall(0, 'Hi')).toBeUndefined();
		expect(startTry().recall(1, 'Hi')).toBeUndefined();
	}
});
