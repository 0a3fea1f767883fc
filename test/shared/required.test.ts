import { required, requiredId, UUID } from '../../nodes/shared/required';

/** Texts that an operation cannot do without. */

it.each([
	['a', 'a'],
	['  a b\n', 'a b'],
])('%j is %j', (text, value) => {
	expect(required(text, 'name', 'Give one.')).toBe(value);
});

it.each(['', '  ', '\n\t'])('%j is none', (text) => {
	expect(() => required(text, 'campaign name', 'Give one.')).toThrow(
		expect.objectContaining({
			message: 'The campaign name is empty',
			description: 'Give one.',
			nothingAccepted: true,
		}),
	);
});

const FORM = { pattern: /^\d+$/, kind: 'an ID of p', advice: 'Take it from there.' };

it('an id has its form', () => {
	expect(requiredId(' 12 ', 'ID', FORM)).toBe('12');
	expect(() => requiredId('', 'ID', FORM)).toThrow('The ID is empty');
	expect(() => requiredId('1 2', 'ID', FORM)).toThrow(
		expect.objectContaining({
			message: '"1 2" is not an ID of p',
			description: 'Take it from there.',
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
])('%s is a UUID: %s', (text, is) => {
	expect(UUID.test(text)).toBe(is);
});
