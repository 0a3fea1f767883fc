import { of, asks, EMPTY, NO_NUMBER, nothing, UUID } from '../operations/badInput';
import type { BadRow } from '../operations/badInput';

export const badInputs: BadRow[] = [
	...of('message.send', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an empty text', { message: '' }, EMPTY],
		[
			'a text that is too long',
			{ message: 'x'.repeat(1601) },
			'The message has 1601 characters, and Namirial takes no more than 1600',
		],
		[
			'a number that cannot receive',
			{ to: '+393335550108' },
			'Namirial refused the message with code 8',
			asks,
		],
		[
			'a number on a watchlist',
			{ to: '+393335550161' },
			'Namirial refused the message with code 61',
			asks,
		],
		[
			'a reference without a service',
			{ options: { referenceKey: 'k' } },
			'Reference Key is set without a Reference Service, which Namirial refuses',
		],
		[
			'a reference service that is not known',
			{ options: { referenceService: 'NOBODY' } },
			'Namirial refused the message with code 59',
			asks,
		],
		[
			'a status address without https',
			{ statusUpdates: 'url', statusUrl: 'http://example.com/status' },
			'Namirial posts status updates to https addresses only, and "http://example.com" is not one',
		],
	]),
	...of('message.sendOnBehalf', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an empty text', { message: '' }, EMPTY],
		['no account', { account: '' }, 'The account is empty'],
	]),
	...of('message.getStatus', [
		[
			'an unknown id',
			{ messageId: UUID },
			'',
			{
				error: undefined,
				asks: true,
				output: [{ found: false, status: 'unknown', isFinal: false, messageId: UUID }],
			},
		],
		['an id of another form', { messageId: '17' }, '"17" is not a message ID of Namirial'],
	]),
	...of('message.getManyByPhoneNumber', [
		['a number that cannot be', { phoneNumber: '12' }, NO_NUMBER],
		['a number that had no message', { phoneNumber: '+393335552999' }, '', nothing],
	]),
	...of('message.getManyByReference', [
		['an unknown reference', { referenceKey: 'nobody' }, '', nothing],
		['no reference', { referenceKey: '' }, 'The reference key is empty'],
	]),
];
