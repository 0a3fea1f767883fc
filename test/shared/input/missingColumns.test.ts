import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import { Item } from '../../../nodes/shared/input/item';
import { withColumns } from '../../../nodes/shared/input/missingColumns';

/** The description of a failure, for a node that reads `to` of the item. */
function descriptionOf(to: string, json: IDataObject, message = 'The phone number is empty') {
	const context = {
		getNode: () => ({ parameters: { to, options: { from: '={{ $json.other }}' } } }),
		getInputData: () => [{ json }],
	} as unknown as IExecuteFunctions;
	const failure = new Failure({ kind: 'rejected', message, description: 'Enter one.' });
	return (withColumns(failure, new Item(context, 0)) as Failure).description;
}

it.each([
	['={{ $json.phone }}', '"phone"'],
	['=+{{ $json["phone number"] }}', '"phone number"'],
	["={{ $json['phone'].trim() }}", '"phone"'],
	['={{ $json.téléphone }}', '"téléphone"'],
])('an empty value of %s names the columns of the item', (to, missing) => {
	expect(descriptionOf(to, { Phone: '1', Name: 'Ann' })).toBe(
		`The item has no column ${missing}: its columns are "Phone", "Name". Upper and lower case count. Enter one.`,
	);
});

it('says that an item is empty', () =>
	expect(descriptionOf('={{ $json.phone }}', {})).toContain('it has no columns'));

it('names no more than twenty columns', () => {
	const json = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`c${index}`, 1]));
	const description = descriptionOf('={{ $json.phone }}', json);
	expect(description).toContain('"c19" and others.');
	expect(description).not.toContain('c20');
});

it.each([
	['a column that is there', '={{ $json.phone }}', { phone: '' }, undefined],
	['a text', '$json.phone', { Phone: '' }, undefined],
	['another failure', '={{ $json.phone }}', { Phone: '' }, '"x" is not a phone number'],
])('%s changes nothing', (_name, to, json, message) => {
	expect(descriptionOf(to, json, message)).toBe('Enter one.');
});

it('another error is unchanged', () => {
	const error = new Error('empty');
	expect(withColumns(error, new Item({ getNode: () => ({}) } as never, 0))).toBe(error);
});
