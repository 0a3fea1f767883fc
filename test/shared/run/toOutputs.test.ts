import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import { redactor } from '../../../nodes/shared/errors/redact';
import type { Redact } from '../../../nodes/shared/errors/redact';
import { Item } from '../../../nodes/shared/input/item';
import { FailedItem } from '../../../nodes/shared/run/itemResult';
import type { CompletedRun, ItemResult } from '../../../nodes/shared/run/itemResult';
import { toOutputs } from '../../../nodes/shared/run/toOutputs';

/** The output items of a run, or the error that it throws. */

interface Script extends Omit<CompletedRun, 'results'> {
	continueOnFail?: boolean;
	asTool?: boolean;
	redact?: Redact;
	/** Collects the hints beside the output. */
	hints?: unknown[];
}

function outputsOf(
	results: ItemResult[],
	{
		continueOnFail = false,
		asTool = false,
		redact = (value) => value,
		hints = [],
		...facts
	}: Script = {},
) {
	const context = {
		getNode: () => ({ name: 'N', type: 'n', typeVersion: 1, parameters: {} }),
		continueOnFail: () => continueOnFail,
		isToolExecution: () => asTool,
		addExecutionHints: (...added: unknown[]) => void hints.push(...added),
	} as unknown as IExecuteFunctions;
	const items = results.map((_, index) => new Item(context, index));
	return toOutputs(context, items, { results, ...facts }, redact);
}

const errorOf = (results: ItemResult[], script?: Script) => {
	try {
		outputsOf(results, script);
	} catch (error) {
		return error as Error & { context: IDataObject; description?: string };
	}
	throw new Error('Nothing was thrown');
};

const failure = new Failure({ kind: 'rejected', message: 'No', description: 'Fix it.' });
const ok: ItemResult = [{ json: { a: 1 } }];

describe('the outputs', () => {
	it('are paired, in the order of the items', () => {
		expect(outputsOf([[{ json: { a: 1 } }, { json: { b: 2 } }], [], [{ json: { c: 3 } }]])).toEqual(
			[
				[
					{ json: { a: 1 }, pairedItem: { item: 0 } },
					{ json: { b: 2 }, pairedItem: { item: 0 } },
					{ json: { c: 3 }, pairedItem: { item: 2 } },
				],
			],
		);
		expect(outputsOf([])).toEqual([[]]);
		expect(Object.keys(outputsOf([ok])[0][0])).toEqual(['json', 'pairedItem']);
	});

	it.each<[boolean | undefined, unknown, IDataObject]>([
		[undefined, { r: 1 }, { a: 1 }],
		[true, { r: 1 }, { a: 1 }],
		[false, { r: 1 }, { a: 1, raw: { r: 1 } }],
		[false, null, { a: 1, raw: null }],
		[false, undefined, { a: 1 }],
	])('with Simplify %s and the raw response %j have the fields %j', (simplify, raw, json) => {
		expect(outputsOf([[{ json: { a: 1 }, raw }]], { simplify })[0][0].json).toEqual(json);
		expect(Object.keys(outputsOf([[{ json: { a: 1 }, raw }]], { simplify })[0][0].json)).toEqual(
			Object.keys(json),
		);
	});

	it('are grouped by the output that they name', () => {
		const third: ItemResult = [{ json: { c: 1 }, output: 2 }];
		const item = (json: IDataObject, index: number) => ({ json, pairedItem: { item: index } });
		expect(outputsOf([third, ok])).toEqual([[item({ a: 1 }, 1)], [], [item({ c: 1 }, 0)]]);
		expect(outputsOf([[{ json: {}, output: 1 }]])).toEqual([[], [item({}, 0)]]);
	});

	it('keep their files and contain no secrets', () => {
		const binary = { data: { data: 'x', mimeType: 'a/b' } };
		const redact = redactor(['a-secret-of-ours-that-is-long']);
		const [[item]] = outputsOf(
			[
				[
					{
						json: { t: 'a-secret-of-ours-that-is-long' },
						raw: ['a-secret-of-ours-that-is-long'],
						binary,
					},
				],
			],
			{ redact, simplify: false },
		);
		expect(item).toEqual({ json: { t: '***', raw: ['***'] }, binary, pairedItem: { item: 0 } });
		expect(item.binary).toBe(binary);
	});

	it('are separate objects, even if two items have the same result', () => {
		const result: ItemResult = [{ json: { parts: ['a'] }, raw: { b: ['c'] } }];
		const [[first, second]] = outputsOf([result, result], { simplify: false });
		(first.json.parts as string[]).push('x');
		(first.json.raw as { b: string[] }).b.push('y');
		expect(second.json).toEqual({ parts: ['a'], raw: { b: ['c'] } });
	});
});

describe('with Continue On Fail', () => {
	it('a failed item is output with its error among the others', () => {
		const failed = new FailedItem(failure.with({ message: 'key-of-ours is bad', code: '7' }), true);
		const [outputs, ...others] = outputsOf([ok, failed, ok], {
			continueOnFail: true,
			sentItems: 2,
			redact: redactor(['key-of-ours']),
		});
		expect(others).toEqual([]);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		expect(outputs[0].json).toEqual({ a: 1 });
		expect(outputs[1].json).toEqual({
			error: '*** is bad [Item 1]',
			details: { kind: 'rejected', code: '7', description: 'Fix it.', nothingSent: true },
		});
		expect(outputs[1].error).toMatchObject({ message: '*** is bad [Item 1]' });
	});

	it('the message includes the description for an agent', () => {
		const [[item]] = outputsOf([new FailedItem(failure, false)], {
			continueOnFail: true,
			asTool: true,
		});
		expect(item.json).toMatchObject({
			error: 'No. Fix it. [Item 0]',
			details: { nothingSent: false },
		});
	});
});

describe('without Continue On Fail', () => {
	it.each([true, false])('the first error is thrown, with nothingSent %s', (nothingSent) => {
		const error = errorOf([
			ok,
			new FailedItem(failure, nothingSent),
			new FailedItem(failure, !nothingSent),
		]);
		const mentioned = nothingSent ? '. 1 other item may have been sent' : '';
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `No${mentioned} [Item 1]`,
			description: expect.stringMatching(/^Fix it\./),
			context: { kind: 'rejected', nothingSent, itemIndex: 1 },
		});
	});

	it('the error names no item if it concerns the whole node', () => {
		const error = errorOf([new FailedItem(failure, true)], { concernsItems: false });
		expect(error.message).toBe('No');
		expect('itemIndex' in error.context).toBe(false);
	});

	it('the message includes the description for an agent', () => {
		expect(errorOf([new FailedItem(failure, true)], { asTool: true }).message).toBe(
			'No. Fix it. [Item 0]',
		);
	});

	const failed = new FailedItem(failure, true);
	const advice =
		'Retry On Fail does not repeat them. Set On Error to Continue to get the results of all items.';
	const uncertain = new FailedItem(failure, false);
	const uncertainToo = new FailedItem(failure, false);
	it.each<[string, ItemResult[], number | undefined, string, string]>([
		['nothing if nothing was sent', [failed, ok], undefined, 'No', 'Fix it.'],
		['nothing if there is no other item', [failed], 0, 'No', 'Fix it.'],
		['nothing if nothing of the others was sent', [failed, [], failed], 0, 'No', 'Fix it.'],
		['nothing but the others', [uncertain, [], failed], 0, 'No', 'Fix it.'],
		['one item', [failed, ok, []], 1, 'No. 1 other item succeeded', `Fix it. ${advice}`],
		['two items', [failed, ok, ok], 2, 'No. 2 other items succeeded', `Fix it. ${advice}`],
		[
			'one item that may have been sent',
			[failed, uncertain],
			0,
			'No. 1 other item may have been sent',
			`Fix it. ${advice}`,
		],
		[
			'two items that may have been sent',
			[failed, uncertain, ok, uncertainToo],
			undefined,
			'No. 2 other items may have been sent',
			`Fix it. ${advice}`,
		],
		[
			'all of these',
			[failed, ok, uncertain, ok],
			2,
			'No. 2 other items succeeded, and 1 other item may have been sent',
			`Fix it. ${advice}`,
		],
	])('the error of one item mentions %s', (_, results, sentItems, message, description) => {
		expect(errorOf(results, { sentItems })).toMatchObject({
			message: `${message} [Item 0]`,
			description,
		});
	});

	it('the error of one item mentions those with outputs that may have been sent', () => {
		expect(errorOf([failed, uncertain, ok], { uncertainItems: 1 }).message).toBe(
			'No. 2 other items may have been sent [Item 0]',
		);
	});

	it('every kind of error mentions the items that succeeded', () => {
		const bare = new FailedItem(failure.with({ description: undefined }), true);
		expect(errorOf([bare, ok], { sentItems: 1 })).toMatchObject({ description: advice });
		const other = new FailedItem(new TypeError('Oh'), false);
		expect(errorOf([ok, other], { sentItems: 1 }).message).toBe(
			'Oh. 1 other item succeeded [Item 1]',
		);
		expect(errorOf([other], { sentItems: 0 })).toMatchObject({
			name: 'NodeOperationError',
			message: 'Oh [Item 0]',
		});
	});

	it('the error mentions the warnings of the items that succeeded, each once', () => {
		const hints: unknown[] = [];
		const warned = (warning: unknown): ItemResult => [{ json: { warning } as IDataObject }];
		const results = [failed, warned('One.'), warned('Two.'), warned('One.'), warned('')];
		expect(errorOf(results, { sentItems: 4, hints }).description).toBe(
			`Fix it. ${advice} One. Two.`,
		);
		// n8n shows no output to stand beside
		expect(hints).toEqual([]);
	});
});

describe('a warning of an output', () => {
	const warned = (warning: string): ItemResult => [{ json: { a: 1, warning } }, { json: {} }];
	const hint = (message: string) => ({ message, type: 'info', location: 'outputPane' });

	it('is a hint too, once for all items', () => {
		const hints: unknown[] = [];
		const [items] = outputsOf([warned('One.'), ok, warned('Two.'), warned('One.')], { hints });
		expect(hints).toEqual([hint('One.'), hint('Two.')]);
		expect(items[0].json).toEqual({ a: 1, warning: 'One.' });
	});

	it('is a hint beside failed items, with Continue On Fail', () => {
		const hints: unknown[] = [];
		const results = [new FailedItem(failure, true), warned('One.')];
		outputsOf(results, { continueOnFail: true, hints });
		expect(hints).toEqual([hint('One.')]);
	});

	it('is not a hint if there is none', () => {
		const hints: unknown[] = [];
		outputsOf([ok, [{ json: { warning: '' } }], [{ json: { warning: null } }]], { hints });
		expect(hints).toEqual([]);
	});
});
