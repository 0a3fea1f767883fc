import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { collect } from '../../nodes/shared/collect';
import { Failure } from '../../nodes/shared/errors';
import { Item } from '../../nodes/shared/item';
import type { Redact } from '../../nodes/shared/redact';
import { redactor } from '../../nodes/shared/redact';
import { Failed } from '../../nodes/shared/result';
import type { Done, Result } from '../../nodes/shared/result';

/** What leaves the node, and the error it ends with. */

interface Run extends Omit<Extract<Done, { results: Result[] }>, 'results'> {
	goesOn?: boolean;
	asTool?: boolean;
	redact?: Redact;
}

function collected(
	results: Result[],
	{ goesOn = false, asTool = false, redact = (v) => v, ...done }: Run = {},
) {
	const context = {
		getNode: () => ({ name: 'N', type: 'n', typeVersion: 1, parameters: {} }),
		continueOnFail: () => goesOn,
		isToolExecution: () => asTool,
	} as unknown as IExecuteFunctions;
	const items = results.map((_, index) => new Item(context, index));
	return collect(context, items, { results, ...done }, redact);
}

const thrown = (results: Result[], run?: Run) => {
	try {
		collected(results, run);
	} catch (error) {
		return error as Error & { context: IDataObject; description?: string };
	}
	throw new Error('Nothing was thrown');
};

const no = new Failure({ kind: 'rejected', message: 'No', description: 'Mend it.' });
const ok: Result = [{ json: { a: 1 } }];

describe('the outputs', () => {
	it('are paired, in the order of the items', () => {
		expect(collected([[{ json: { a: 1 } }, { json: { b: 2 } }], [], [{ json: { c: 3 } }]])).toEqual(
			[
				[
					{ json: { a: 1 }, pairedItem: { item: 0 } },
					{ json: { b: 2 }, pairedItem: { item: 0 } },
					{ json: { c: 3 }, pairedItem: { item: 2 } },
				],
			],
		);
		expect(collected([])).toEqual([[]]);
		expect(Object.keys(collected([ok])[0][0])).toEqual(['json', 'pairedItem']);
	});

	it.each<[boolean | undefined, unknown, IDataObject]>([
		[undefined, { r: 1 }, { a: 1 }],
		[true, { r: 1 }, { a: 1 }],
		[false, { r: 1 }, { a: 1, raw: { r: 1 } }],
		[false, null, { a: 1, raw: null }],
		[false, undefined, { a: 1 }],
	])('with Simplify %s of the raw answer %j', (simplify, raw, json) => {
		expect(collected([[{ json: { a: 1 }, raw }]], { simplify })[0][0].json).toEqual(json);
		expect(Object.keys(collected([[{ json: { a: 1 }, raw }]], { simplify })[0][0].json)).toEqual(
			Object.keys(json),
		);
	});

	it('leave by the one they name', () => {
		const third: Result = [{ json: { c: 1 }, output: 2 }];
		const item = (json: IDataObject, index: number) => ({ json, pairedItem: { item: index } });
		expect(collected([third, ok])).toEqual([[item({ a: 1 }, 1)], [], [item({ c: 1 }, 0)]]);
		expect(collected([[{ json: {}, output: 1 }]])).toEqual([[], [item({}, 0)]]);
	});

	it('keep their files, and hold no secret', () => {
		const binary = { data: { data: 'x', mimeType: 'a/b' } };
		const redact = redactor(['a-secret-of-ours-that-is-long']);
		const [[item]] = collected(
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

	it('are each their own, also where two items asked for the same', () => {
		const same: Result = [{ json: { parts: ['a'] }, raw: { b: ['c'] } }];
		const [[first, second]] = collected([same, same], { simplify: false });
		(first.json.parts as string[]).push('x');
		(first.json.raw as { b: string[] }).b.push('y');
		expect(second.json).toEqual({ parts: ['a'], raw: { b: ['c'] } });
	});
});

describe('where the run goes on after an error', () => {
	it('a failed item says why, among the others', () => {
		const failed = new Failed(no.with({ message: 'key-of-ours is bad', code: '7' }), true);
		const [outputs, ...others] = collected([ok, failed, ok], {
			goesOn: true,
			sends: true,
			redact: redactor(['key-of-ours']),
		});
		expect(others).toEqual([]);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		expect(outputs[0].json).toEqual({ a: 1 });
		expect(outputs[1].json).toEqual({
			error: '*** is bad [Item 1]',
			details: { kind: 'rejected', code: '7', description: 'Mend it.', nothingSent: true },
		});
		expect(outputs[1].error).toMatchObject({ message: '*** is bad [Item 1]' });
	});

	it('an agent reads the advice in the message', () => {
		const [[item]] = collected([new Failed(no, false)], { goesOn: true, asTool: true });
		expect(item.json).toMatchObject({
			error: 'No. Mend it. [Item 0]',
			details: { nothingSent: false },
		});
	});
});

describe('where it ends with an error', () => {
	it.each([true, false])('the error says whether nothing was sent: %s', (nothingSent) => {
		const error = thrown([ok, new Failed(no, nothingSent), new Failed(no, !nothingSent)]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'No [Item 1]',
			description: 'Mend it.',
			context: { kind: 'rejected', nothingSent, itemIndex: 1 },
		});
	});

	it('of no item names none', () => {
		const error = thrown([new Failed(no, true)], { isItems: false });
		expect(error.message).toBe('No');
		expect('itemIndex' in error.context).toBe(false);
	});

	it('an agent reads the advice in the message', () => {
		expect(thrown([new Failed(no, true)], { asTool: true }).message).toBe('No. Mend it. [Item 0]');
	});

	const failed = new Failed(no, true);
	const advice =
		'What went through is not done again by Retry On Fail. Set On Error to Continue to get the results of all items.';
	it.each<[string, Result[], boolean | undefined, string, string]>([
		['of no send', [failed, ok], undefined, 'No', 'Mend it.'],
		['of no other', [failed], true, 'No', 'Mend it.'],
		['of none but failed and empty ones', [failed, [], failed], true, 'No', 'Mend it.'],
		['of one', [failed, ok, []], true, 'No. 1 other item went through', `Mend it. ${advice}`],
		['of several', [failed, ok, ok], true, 'No. 2 other items went through', `Mend it. ${advice}`],
	])('it says what went through: %s', (_, results, sends, message, description) => {
		expect(thrown(results, { sends })).toMatchObject({
			message: `${message} [Item 0]`,
			description,
		});
	});

	it('it says so of any error', () => {
		const bare = new Failed(no.with({ description: undefined }), true);
		expect(thrown([bare, ok], { sends: true })).toMatchObject({ description: advice });
		const other = new Failed(new TypeError('Oh'), false);
		expect(thrown([ok, other], { sends: true }).message).toBe(
			'Oh. 1 other item went through [Item 1]',
		);
		expect(thrown([other], { sends: true })).toMatchObject({
			name: 'NodeOperationError',
			message: 'Oh [Item 0]',
		});
	});
});
