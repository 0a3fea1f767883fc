import type { Item } from '../shared/input/item';
import { requireField, requireValue } from '../shared/input/required';
import type { ContactKey } from './api/contacts';
import { normalizeContact } from './number';

/** The contact list and the contact of an item. @throws Failure if one of them is empty */
export function requireContact(item: Item): ContactKey {
	const contactListId = requireValue(
		item.locatorValue('contactListId'),
		item.label('contactListId'),
		'Choose a contact list, or enter its ID.',
	);
	const advice =
		'Enter the e-mail address, the phone number or the user ID that the contact has in the list.';
	const contact = normalizeContact(requireField(item, 'contact', advice));
	return { contactListId, contact };
}
