import { requireValue, requireId, UUID } from '../../../nodes/shared/input/required';

it.each([
	['a', 'a'],
	['  a b\n', 'a b'],
])('%j has the value %j', (text, value) => {
	expect(requireValue(text, 'name', 'Enter a name.')).toBe(value);
});

it.each(['', '  ', '\n\t'])('%j is empty', (text) => {
	expect(() => requireValue(text, 'campaign name', 'Enter a name.')).toThrow(
		expect.objectContaining({
			message: 'The campaign name is empty',
			description: 'Enter a name.',
			nothingAccepted: true,
		}),
	);
});

const FORMAT = { pattern: /^\d+$/, kind: 'an ID of p', advice: 'Copy it from the list.' };

it('an id must be in the format of the provider', () => {
	expect(requireId(' 12 ', 'ID', FORMAT)).toBe('12');
	expect(() => requireId('', 'ID', FORMAT)).toThrow('The ID is empty');
	expect(() => requireId('1 2', 'ID', FORMAT)).toThrow(
		expect.objectContaining({
			message: '"1 2" is not an ID of p',
			description: 'Copy it from the list.',
		}),
	);
});

it.each<[string, boolean]>([
	['01234567-89ab-cdef-0123-456789abcdef', true],
	['01234567-89AB-CDEF-0123-456789ABCDEF', true],
	['0123456-89ab-cdef-0123-456789abcdef', false],
	['01234567-89ab-cdef-456789abcdef', false],
	['01234567-89ab-cdef-0123-0123-456789abcdef', false],
	['01234567-89ab-cde-0123-456789abcdef', false],
	['01234567-89ab-cdef-0123-456789abcde', false],
	['01234567-89ab-cdef-0123-456789abcdef0', false],
	['001234567-89ab-cdef-0123-456789abcdef', false],
	['g1234567-89ab-cdef-0123-456789abcdef', false],
	['01234567-89ab-cdef-0123-456789abcdeg', false],
	['01234567-89ag-cdef-0123-456789abcdef', false],
])('%s is a UUID: %s', (text, expected) => {
	expect(UUID.test(text)).toBe(expected);
});
