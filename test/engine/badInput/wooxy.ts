import { of, asks, EMPTY, NO_NUMBER, notFound, OBJECT_ID } from '../operations/badInput';
import type { BadRow } from '../operations/badInput';

export const badInputs: BadRow[] = [
	...of('message.send', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an empty text', { message: '' }, EMPTY],
		['no domain', { domain: '' }, 'The domain is empty'],
		[
			'a domain that is not verified',
			{ domain: 'unverified.example' },
			'Wooxy answered: Domain not found in your account or not verified',
			asks,
		],
		['a recipient who is refused', { to: '+37255500162' }, 'Wooxy answered: ', asks],
		[
			'a recipient who opted out',
			{ to: '+37255500164' },
			'Wooxy answered: ',
			{ ...asks, settings: { blocked: 'refused' } },
		],
		[
			'a tag that Wooxy keeps for itself',
			{ options: { tags: '_secret' } },
			'The tag "_secret" begins with an underscore, which Wooxy keeps for itself',
		],
		[
			'a sender that cannot be',
			{ options: { from: 'Müller & Söhne' } },
			'From "Müller & Söhne" is neither a name of at most 11 letters, digits and spaces nor a phone number',
		],
	]),
	...of('message.sendToContact', [
		['an unknown contact', { contact: 'nobody' }, 'Wooxy answered: Contact not found', asks],
		['no contact', { contact: '' }, 'The contact is empty'],
		['an empty text', { message: '' }, EMPTY],
		['an unknown list', { contactListId: OBJECT_ID }, 'Wooxy answered: ', asks],
	]),
	...of('message.getStatus', [
		['an unknown id', { messageId: OBJECT_ID }, '', notFound(`SMS ${OBJECT_ID} not found`)],
		['no id', { messageId: '' }, 'The message ID is empty'],
	]),
	...of('contact.get', [
		['an unknown contact', { contact: 'nobody' }, 'Wooxy answered: Contact not found', asks],
	]),
	...of('contact.getRequestStatus', [
		['an unknown request', { requestId: OBJECT_ID }, 'Wooxy ', asks],
		['no request', { requestId: '' }, 'The request ID is empty'],
	]),
	...of('blockedNumber.add', [['a number that cannot be', { phoneNumber: '12' }, NO_NUMBER]]),
	...of('contactList.getMany', [['no domain', { domain: '' }, 'The domain is empty']]),
];
