import type { IExecuteFunctions } from 'n8n-workflow';
import { Item } from '../../nodes/shared/item';
import { limited, limitOf } from '../../nodes/shared/list';

/** How many results of a Get Many are wanted. */

const itemOf = (parameters: Record<string, unknown>) =>
	new Item(
		{
			getNode: () => ({ parameters }),
			getNodeParameter: (name: string, _: number, fallback: unknown) =>
				parameters[name] ?? fallback,
		} as unknown as IExecuteFunctions,
		0,
	);

it.each([
	[{}, 50],
	[{ returnAll: true }, Infinity],
	[{ returnAll: true, limit: 3 }, Infinity],
	[{ returnAll: false, limit: 3 }, 3],
	[{ limit: '7' }, 7],
	[{ limit: 2.9 }, 2],
	[{ limit: 1 }, 1],
	[{ limit: 0 }, 1],
	[{ limit: -5 }, 1],
])('with %j it is %s', (parameters, limit) => {
	expect(limitOf(itemOf(parameters))).toBe(limit);
});

it('as many as the limit stay as they are, of more the first', () => {
	const results = [1, 2, 3];
	expect(limited(itemOf({ limit: 2 }), results)).toEqual([1, 2]);
	expect(limited(itemOf({ limit: 1 }), results)).toEqual([1]);
	for (const enough of [{ limit: 3 }, { limit: 4 }, { returnAll: true, limit: 1 }]) {
		expect(limited(itemOf(enough), results)).toBe(results);
	}
});
