import { itemWith } from '../engine/harness/contexts';
import { contactKind } from '../../nodes/Wooxy/number';
import { readVariables } from '../../nodes/Wooxy/sending';

describe('a contact', () => {
	it.each([
		['anna@example.com', 'email'],
		['+37255512345', 'phoneNumber'],
		['u-17', 'userId'],
		['37255512345', 'userId'],
		['+372', 'userId'],
		['anna maria@example.com', 'userId'],
	])('%s is identified by its %s', (contact, kind) => {
		expect(contactKind(contact)).toBe(kind);
	});
});

describe('variables', () => {
	const item = itemWith({}, { getTimezone: () => 'Europe/Rome' });

	it('are the rows of the field, with trimmed names', () => {
		expect(readVariables([{ name: ' city ', value: 'Tartu' }], item)).toEqual([
			{ name: 'city', value: 'Tartu' },
		]);
	});

	it.each([
		['a number', 7, '7'],
		['a flag', true, 'true'],
		['nothing', null, ''],
		['a date', new Date('1990-01-31T00:00:00Z') as never, '1990-01-31'],
		[
			'midnight in the zone of the workflow',
			new Date('1990-01-30T23:00:00Z') as never,
			'1990-01-31',
		],
		['an object', { a: 1 }, '{"a":1}'],
	])('have a text as their value, even for %s', (_name, value, expected) => {
		expect(readVariables([{ name: 'x', value }], item)).toEqual([{ name: 'x', value: expected }]);
	});

	it('are rejected without a name', () => {
		expect(() => readVariables([{ value: 'Tartu' }], item)).toThrow('A variable has no name');
	});
});
