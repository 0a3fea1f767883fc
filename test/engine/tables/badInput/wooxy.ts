import {
	makesRequests,
	EMPTY_MESSAGE,
	IMPOSSIBLE_NUMBER,
	notFound,
	OBJECT_ID,
	badRows,
} from '../badRow';
import type { BadRow } from '../badRow';

export const badInputs: BadRow[] = [
	...badRows('message.send', [
		['an impossible number', { to: '12' }, IMPOSSIBLE_NUMBER],
		['an empty text', { message: '' }, EMPTY_MESSAGE],
		['no domain', { domain: '' }, 'The Domain is empty'],
		[
			'a domain that is not verified',
			{ domain: 'unverified.example' },
			'Wooxy responded: Domain not found in your account or not verified',
			makesRequests,
		],
		[
			'a rejected recipient',
			{ to: '+37255500162' },
			'Wooxy responded: ',
			{ ...makesRequests, isUnlisted: true },
		],
		[
			'a recipient who opted out',
			{ to: '+37255500164' },
			'Wooxy responded: ',
			{ ...makesRequests, isUnlisted: true, settings: { blocked: 'refused' } },
		],
		[
			'a tag with an underscore at its beginning',
			{ options: { tags: '_secret' } },
			'The tag "_secret" begins with an underscore, which Wooxy reserves for itself',
		],
		[
			'an invalid sender',
			{ options: { from: 'Müller & Söhne' } },
			'From "Müller & Söhne" is neither a name of at most 11 letters, digits and spaces nor a phone number',
		],
	]),
	...badRows('message.sendToContact', [
		[
			'an unknown contact',
			{ contact: 'nobody' },
			'Wooxy responded: Contact not found',
			makesRequests,
		],
		['no contact', { contact: '' }, 'The Contact is empty'],
		['an empty text', { message: '' }, EMPTY_MESSAGE],
		['an unknown list', { contactListId: OBJECT_ID }, 'Wooxy responded: ', makesRequests],
	]),
	...badRows('message.getStatus', [
		['an unknown id', { messageId: OBJECT_ID }, '', notFound(`SMS ${OBJECT_ID} not found`)],
		['no id', { messageId: '' }, 'The Message ID is empty'],
	]),
	...badRows('contact.get', [
		[
			'an unknown contact',
			{ contact: 'nobody' },
			'Wooxy responded: Contact not found',
			makesRequests,
		],
	]),
	...badRows('contact.getRequestStatus', [
		['an unknown request', { requestId: OBJECT_ID }, 'Wooxy ', makesRequests],
		['no request', { requestId: '' }, 'The Request ID is empty'],
	]),
	...badRows('blockedNumber.add', [
		['an impossible number', { phoneNumber: '12' }, IMPOSSIBLE_NUMBER],
	]),
	...badRows('contactList.getMany', [['no domain', { domain: '' }, 'The Domain is empty']]),
];
