import type { Output } from '../../../nodes/shared/model/output';
import { routeOutputs } from '../../../nodes/shared/waiting/routeOutputs';

/** Items by the node output they belong to. */

const unredacted = <T>(value: T) => value;
const pairedItem = { item: 0 };
const item = (id: number) => ({ json: { id }, pairedItem });

it.each<[Output[], object[][]]>([
	[[], [[]]],
	[[{ json: { id: 1 } }], [[item(1)]]],
	[[{ json: { id: 1 }, output: 0 }], [[item(1)]]],
	[[{ json: { id: 1 }, output: 2 }], [[], [], [item(1)]]],
	[
		[
			{ json: { id: 1 }, output: 1 },
			{ json: { id: 2 } },
			{ json: { id: 3 }, output: 1, raw: 'raw' },
		],
		[[item(2)], [item(1), item(3)]],
	],
])('the outputs %j are grouped as %j', (outputs, items) => {
	expect(routeOutputs(outputs, unredacted)).toStrictEqual(items);
});

it('secrets are masked', () => {
	const redact = <T>() => ({ id: '***' }) as T;
	expect(routeOutputs([{ json: { id: 'secret' } }], redact)).toEqual([
		[{ json: { id: '***' }, pairedItem }],
	]);
});
