import {
	makesRequests,
	EMPTY_MESSAGE,
	IMPOSSIBLE_NUMBER,
	noOutput,
	badRows,
	UUID,
} from '../badRow';
import type { BadRow } from '../badRow';

export const badInputs: BadRow[] = [
	...badRows('message.send', [
		['an impossible number', { to: '12' }, IMPOSSIBLE_NUMBER],
		['an empty text', { message: '' }, EMPTY_MESSAGE],
		[
			'a text that is too long',
			{ message: 'x'.repeat(1601) },
			'The message has 1601 characters, and Namirial accepts no more than 1600',
		],
		[
			'a number that cannot receive texts',
			{ to: '+393335550108' },
			'Namirial rejected the message with code 8',
			makesRequests,
		],
		[
			'a number on a watchlist',
			{ to: '+393335550161' },
			'Namirial rejected the message with code 61',
			makesRequests,
		],
		[
			'a reference without a service',
			{ options: { referenceKey: 'k' } },
			'Reference Key is set without a Reference Service, which Namirial rejects',
		],
		[
			'an unknown reference service',
			{ options: { referenceService: 'NOBODY' } },
			'Namirial rejected the message with code 59',
			makesRequests,
		],
		[
			'a status URL without https',
			{ statusUpdates: 'url', statusUrl: 'http://example.com/status' },
			'Namirial posts status updates to https URLs only, and "http://example.com" is not one',
		],
	]),
	...badRows('message.sendOnBehalf', [
		['an impossible number', { to: '12' }, IMPOSSIBLE_NUMBER],
		['an empty text', { message: '' }, EMPTY_MESSAGE],
		['no account', { account: '' }, 'The Account is empty'],
	]),
	...badRows('message.getStatus', [
		[
			'an unknown ID',
			{ messageId: UUID },
			'',
			{
				error: undefined,
				makesRequests: true,
				output: [{ found: false, status: 'unknown', isFinal: false, messageId: UUID }],
			},
		],
		['an ID in another form', { messageId: '17' }, '"17" is not a Namirial message ID'],
	]),
	...badRows('message.getManyByPhoneNumber', [
		['an impossible number', { phoneNumber: '12' }, IMPOSSIBLE_NUMBER],
		['a number without messages', { phoneNumber: '+393335552999' }, '', noOutput],
	]),
	...badRows('message.getManyByReference', [
		['an unknown reference', { referenceKey: 'nobody' }, '', noOutput],
		['no reference', { referenceKey: '' }, 'The Reference Key is empty'],
	]),
];
