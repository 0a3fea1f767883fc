import { coerceCollection, coerceEntries } from '../../../nodes/shared/input/collections';
import { thrownBy } from '../../engine/harness/canned';

/** Collections from expressions. */

const invalid = async (step: () => unknown) => (await thrownBy(step)).message;

describe('a collection', () => {
	it.each<[string, unknown, object]>([
		['an object', { a: 1 }, { a: 1 }],
		['the JSON text of an object', '{"a":1}', { a: 1 }],
		['JSON text with spaces around it', ' \n{ "a": 1 } ', { a: 1 }],
		['a long number in JSON text', '{"a":12345678901234567}', { a: '12345678901234567' }],
		['undefined', undefined, {}],
		['null', null, {}],
		['the text null', 'null', {}],
		['an empty text', '', {}],
		['spaces', ' ', {}],
		['an empty object', '{}', {}],
		['an empty list', [], {}],
	])('is read from %s', (_, value, expected) => {
		expect(coerceCollection(value, 'Options')).toEqual(expected);
	});

	it.each<[unknown, string]>([
		[[{ a: 1 }], 'a list'],
		['[{"a":1}]', '"[{"a":1}]"'],
		[7, '"7"'],
		['7', '"7"'],
		[true, '"true"'],
		['dryRun', '"dryRun"'],
		['{"a":1', '"{"a":1"'],
		['[object Object]', '"[object Object]"'],
	])('cannot be %j', async (value, shown) => {
		expect(await thrownBy(() => coerceCollection(value, 'Options'))).toMatchObject({
			kind: 'rejected',
			nothingAccepted: true,
			message: `Options is ${shown}, which is not an object`,
		});
	});
});

describe('the entries of a fixed collection', () => {
	it.each<[string, unknown, object[]]>([
		['the value of the panel', { slide: [{ a: 1 }, { a: 2 }] }, [{ a: 1 }, { a: 2 }]],
		['a list', [{ a: 1 }], [{ a: 1 }]],
		['the JSON text of either', '{"slide":[{"a":1}]}', [{ a: 1 }]],
		['the JSON text of a list', '[{"a":1}]', [{ a: 1 }]],
		['JSON text in its member', { slide: '[{"a":1}]' }, [{ a: 1 }]],
		['an empty object', {}, []],
		['an empty list', [], []],
		['an empty text', '', []],
		['null', null, []],
	])('are read from %s', (_, value, expected) => {
		expect(coerceEntries(value, 'Slides')).toEqual(expected);
	});

	it.each<[unknown, string]>([
		['Hello', '"Hello"'],
		[7, '"7"'],
		[['a'], 'a list'],
		[{ text: 'a', duration: 7 }, 'an object'],
		[{ slide: 'a' }, 'an object'],
		[{ slide: [{}], other: [{}] }, 'an object'],
	])('cannot be %j', async (value, shown) => {
		expect(await invalid(() => coerceEntries(value, 'Slides'))).toBe(
			`Slides is ${shown}, which is not a list of objects`,
		);
	});
});
