import { contactKind } from '../../nodes/Wooxy/number';
import { variablesOf } from '../../nodes/Wooxy/sending';

describe('a contact', () => {
	it.each([
		['anna@example.com', 'email'],
		['+37255512345', 'phoneNumber'],
		['u-17', 'userId'],
		['37255512345', 'userId'],
		['+372', 'userId'],
		['anna maria@example.com', 'userId'],
	])('%s is named by its %s', (contact, kind) => {
		expect(contactKind(contact)).toBe(kind);
	});
});

describe('variables', () => {
	const rows = (...variable: Array<{ name?: unknown; value: unknown }>) => ({ variable });

	it('are the rows of the field, their names without blanks', () => {
		expect(variablesOf(rows({ name: ' city ', value: 'Tartu' }))).toEqual([
			{ name: 'city', value: 'Tartu' },
		]);
	});

	it.each([undefined, null, '', {}])('may be none: %j', (given) => {
		expect(variablesOf(given)).toEqual([]);
	});

	it.each([
		['a number', 7, '7'],
		['a flag', true, 'true'],
		['nothing', null, ''],
		['a date', new Date('1990-01-31T00:00:00Z'), '1990-01-31'],
		['an object', { a: 1 }, '{"a":1}'],
	])('have texts for values, also of %s', (_name, value, expected) => {
		expect(variablesOf(rows({ name: 'x', value }))).toEqual([{ name: 'x', value: expected }]);
	});

	it('without a name are refused', () => {
		expect(() => variablesOf(rows({ value: 'Tartu' }))).toThrow('A variable has no name');
	});
});
