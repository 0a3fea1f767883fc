import { readData } from '../../nodes/Skycore/sending';
import { thrownBy } from '../engine/harness/canned';
import { itemWith } from '../engine/harness/contexts';

/** Values by tag, as an item has them in its options. */

const dataOf = (data: unknown) => readData(itemWith({ options: { data } as never }));

describe('values by tag', () => {
	const entries = [
		{ tag: ' NAME ', value: 'Jo' },
		{ tag: 'A.1-b_c', value: 7 },
	];

	it.each<[string, unknown]>([
		['the rows of the field', { values: entries }],
		['a list', entries],
		['JSON text', JSON.stringify(entries)],
	])('are read from %s', (_, data) => {
		expect(dataOf(data)).toEqual([
			['NAME', 'Jo'],
			['A.1-b_c', '7'],
		]);
	});

	it.each([undefined, null, '', {}, [], { values: [] }])('are none if the field is %j', (data) => {
		expect(dataOf(data)).toEqual([]);
	});

	it.each([['AGE'], [7], [['AGE']], [{ values: ['AGE'] }], [{ values: 7 }]])(
		'cannot be %j',
		async (data) => {
			expect(await thrownBy(() => dataOf(data))).toMatchObject({
				message: expect.stringMatching(/^data is .+, which is not a list of objects$/),
				nothingAccepted: true,
			});
		},
	);

	it.each(['', '1st', 'first name', '-A', '<A>'])('cannot have the tag "%s"', async (tag) => {
		expect(await thrownBy(() => dataOf([{ tag, value: 'x' }]))).toMatchObject({
			message: `"${tag}" cannot be a tag`,
			nothingAccepted: true,
		});
	});

	it('cannot have an object as a value', async () => {
		expect(await thrownBy(() => dataOf([{ tag: 'A', value: {} }]))).toMatchObject({
			message: expect.stringMatching(/^The value of A is an object/),
		});
	});
});
