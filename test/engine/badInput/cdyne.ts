import {
	of,
	asks,
	EMPTY,
	NO_NUMBER,
	notFound,
	nothing,
	PASSED,
	PAST,
	UUID,
} from '../operations/badInput';
import type { BadRow } from '../operations/badInput';

export const badInputs: BadRow[] = [
	...of('message.send', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['no number', { to: '' }, 'There is no recipient'],
		['an empty text', { message: ' ' }, EMPTY],
		['a time that has passed', { options: PAST }, PASSED],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'the recipient has opted out (CDYNE: STOPfromPhoneNumber)',
			asks,
		],
		[
			'a sender of somebody else',
			{ options: { from: '17575559999' } },
			'he number in From is not of this license key (CDYNE: InvalidAssignedDID)',
			asks,
		],
	]),
	...of('message.sendSimple', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an empty text', { message: '' }, EMPTY],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'the recipient has opted out (CDYNE: STOPfromPhoneNumber)',
			asks,
		],
	]),
	...of('message.sendMms', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['neither text nor media', { message: '', mediaUrls: '' }, 'The MMS is empty'],
		[
			'media that are no address',
			{ mediaUrls: 'flyer.png' },
			'"flyer.png" is neither a web address nor a media ID',
		],
		['a time that has passed', { options: PAST }, PASSED],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'the recipient has opted out (CDYNE: StopOnPhoneNumber)',
			asks,
		],
	]),
	...of('message.getStatus', [
		['an unknown id', { messageId: UUID }, '', notFound('NotFound: CDYNE knows no SMS of this ID')],
		['an id of another form', { messageId: '17' }, '"17" is not a message ID of CDYNE'],
	]),
	...of('message.getStatus of an MMS', [
		[
			'an unknown id',
			{ messageId: UUID },
			'',
			notFound('MissingDidOrInvalidMessageId: CDYNE knows no MMS of this ID'),
		],
	]),
	...of('message.getManyByReference', [
		['an unknown reference', { referenceId: 'nobody' }, '', nothing],
		['no reference', { referenceId: '' }, 'The reference ID is empty'],
	]),
	...of('message.cancel', [
		[
			'an unknown id',
			{ messageId: UUID },
			'CDYNE did not cancel the message: it is NotFound',
			asks,
		],
		['an id of another form', { messageId: '' }, 'The message ID is empty'],
	]),
	...of('postbackSetting.update', [
		['an address that is none', { url: 'nowhere' }, 'The URL "nowhere" is not a web address'],
	]),
	...of('postbackSetting.update of a number', [
		[
			'a number of somebody else',
			{ phoneNumber: '17575559999' },
			'What is named here was not found at this license key (CDYNE: NotFound)',
			asks,
		],
		['no number', { phoneNumber: '' }, 'The phone number is empty'],
	]),
	...of('keyword.remove', [
		[
			'an unknown keyword',
			{ keyword: 'NOBODY' },
			'CDYNE answered KeywordNotFound for the keyword "NOBODY"',
			asks,
		],
	]),
	...of('media.get', [
		['an unknown id', { mediaId: '999' }, 'CDYNE has no media of the ID 999', asks],
		['an id of another form', { mediaId: 'x' }, '"x" is not a media ID'],
	]),
	...of('media.download', [
		['an unknown id', { mediaId: '999' }, 'CDYNE has no media of the ID 999', asks],
	]),
	...of('media.upload from an address', [
		['an address that is none', { url: 'a.png' }, 'The URL "a.png" is not a web address'],
	]),
];
