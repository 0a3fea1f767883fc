import type { IExecuteFunctions } from 'n8n-workflow';
import {
	beginTry,
	executionStore,
	executionToken,
	firstExecutionStart,
	repeatedExecution,
	runIndexOf,
} from '../../../nodes/shared/host/execution';
import { contextWith } from '../../engine/harness/contexts';

/** What the code relies on in n8n, and what happens in an n8n without it. */

const fail = () => {
	throw new Error('executionData is not initialized');
};

describe('the data of an execution', () => {
	it('are those that n8n keeps for all nodes', () => {
		const store = {};
		const getContext = (type: string) => (type === 'flow' ? store : {});
		expect(executionStore(contextWith({}, { getContext }))).toBe(store);
	});

	it('are kept in the process where n8n has none', () => {
		const runExecutionData = {};
		const storeOf = (data: object) =>
			executionStore(contextWith({}, { getContext: fail, runExecutionData: data }));
		expect(storeOf(runExecutionData)).toBe(storeOf(runExecutionData));
		expect(storeOf(runExecutionData)).not.toBe(storeOf({}));
	});

	it('are those of a single context if n8n does not even tell the execution', () => {
		const context = contextWith({}, { getContext: fail });
		expect(executionStore(context)).toBe(executionStore(context));
		expect(executionStore(contextWith({}, { getContext: fail }))).not.toBe(executionStore(context));
	});
});

describe('the tries of a run', () => {
	const contextOf = (runExecutionData: object) => contextWith({}, { runExecutionData });

	it('are complete while n8n keeps the data', () => {
		const context = contextOf({});
		const tries = {};
		expect([1, 2, 3].map(() => beginTry(context, tries, 'run'))).toEqual([true, true, true]);
		expect(tries).toEqual({ run: 3 });
	});

	it('are incomplete if the data of an earlier try are gone', () => {
		const data = {};
		beginTry(contextOf(data), {}, 'run');
		expect(beginTry(contextOf(data), {}, 'run')).toBe(false);
	});

	it('are counted for each run, and not across executions', () => {
		const data = {};
		beginTry(contextOf(data), {}, 'run 0');
		expect(beginTry(contextOf(data), {}, 'run 1')).toBe(true);
		expect(beginTry(contextOf({}), {}, 'run 0')).toBe(true);
	});

	it('are complete in a retry, which has the data of the execution that it repeats', () => {
		expect(beginTry(contextOf({}), { run: 2 }, 'run')).toBe(true);
	});
});

it.each<[string, object, number]>([
	['the index of the run', { getWorkflowDataProxy: () => ({ $runIndex: 3 }) }, 3],
	['0 without an index', { getWorkflowDataProxy: () => ({}) }, 0],
	['0 where n8n has no data', { getWorkflowDataProxy: fail }, 0],
])('a run has %s', (_, members, index) => {
	expect(runIndexOf(contextWith({}, members))).toBe(index);
});

it.each<[string, object, string | undefined]>([
	['retry', {}, 'self'],
	['trigger', {}, undefined],
	['integrated', { additionalData: { rootExecutionMode: 'retry' } }, 'parent'],
	['integrated', { additionalData: { rootExecutionMode: 'trigger' } }, undefined],
	['integrated', { additionalData: {} }, undefined],
])('in mode %s with %j the repeated execution is %s', (mode, members, expected) => {
	const context = contextWith({}, { getMode: () => mode, ...members });
	expect(repeatedExecution(context)).toBe(expected);
});

describe('the token of an execution', () => {
	const contextOf = (evaluateExpression: () => unknown) => contextWith({}, { evaluateExpression });

	it.each<[string, () => unknown, string | undefined]>([
		['is the query of the resume URL', () => 'https://n/7?signature=s', '?signature=s'],
		['is missing without a query', () => 'https://n/7', undefined],
		['is missing without a URL', () => undefined, undefined],
		['is missing if the URL cannot be read', fail, undefined],
	])('%s', (_, evaluate, token) => {
		expect(executionToken(contextOf(evaluate))).toBe(token);
	});

	it.each([true, false])('is read once per run, even if that fails: %s', (fails) => {
		let reads = 0;
		const context = contextOf(() => {
			reads++;
			return fails ? fail() : 'https://n/7?signature=s';
		});
		expect(executionToken(context)).toBe(executionToken(context));
		expect(reads).toBe(1);
	});
});

it.each<[string, object, number | undefined]>([
	[
		'is known if n8n has stored it',
		{ getExecutionContext: () => ({ establishedAt: 5, source: 'webhook' }) },
		5,
	],
	[
		'is unknown if the retry established it',
		{ getExecutionContext: () => ({ establishedAt: 5, source: 'retry' }) },
		undefined,
	],
	['is unknown without a context', { getExecutionContext: () => undefined }, undefined],
	['is unknown in an older n8n', {}, undefined],
])('the start of the repeated execution %s', (_, members, expected) => {
	expect(firstExecutionStart(contextWith({}, members) as IExecuteFunctions)).toBe(expected);
});
