import type { Output } from '../../nodes/shared/item';
import { routed } from '../../nodes/shared/wait';

/** Items by the output that they leave by. */

const keep = <T>(value: T) => value;
const pairedItem = { item: 0 };
const out = (id: number) => ({ json: { id }, pairedItem });

it.each<[Output[], object[][]]>([
	[[], [[]]],
	[[{ json: { id: 1 } }], [[out(1)]]],
	[[{ json: { id: 1 }, output: 0 }], [[out(1)]]],
	[[{ json: { id: 1 }, output: 2 }], [[], [], [out(1)]]],
	[
		[
			{ json: { id: 1 }, output: 1 },
			{ json: { id: 2 } },
			{ json: { id: 3 }, output: 1, raw: 'raw' },
		],
		[[out(2)], [out(1), out(3)]],
	],
])('%j', (outputs, items) => {
	expect(routed(outputs, keep)).toStrictEqual(items);
});

it('shows no secret', () => {
	const redact = <T>() => ({ id: '***' }) as T;
	expect(routed([{ json: { id: 'secret' } }], redact)).toEqual([
		[{ json: { id: '***' }, pairedItem }],
	]);
});
