import { contactKind } from '../../nodes/Wooxy/contacts';
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
	const CITY = [{ name: 'city', value: 'Tartu' }];

	it.each([
		['the fields of the node', { variable: CITY }],
		['an array', CITY],
		['an object by name', { city: 'Tartu' }],
	])('come as %s', (_name, given) => {
		expect(variablesOf(given)).toEqual(CITY);
	});

	it.each([undefined, null, '', {}, []])('may be none: %j', (given) => {
		expect(variablesOf(given)).toEqual([]);
	});

	it.each([
		['a number', 7, '7'],
		['a flag', true, 'true'],
		['nothing', null, ''],
		['a date', new Date('1990-01-31T00:00:00Z'), '1990-01-31'],
	])('have texts for values, also of %s', (_name, value, expected) => {
		expect(variablesOf([{ name: 'x', value }])).toEqual([{ name: 'x', value: expected }]);
	});

	it('without a name are refused', () => {
		expect(() => variablesOf([{ value: 'Tartu' }])).toThrow('A variable has no name');
	});

	it('that are neither list nor object are refused', () => {
		expect(() => variablesOf('city=Tartu')).toThrow(
			'The variables are neither a list nor an object',
		);
	});
});
