import {
	makesRequests,
	EMPTY_MESSAGE,
	IMPOSSIBLE_NUMBER,
	notFound,
	noOutput,
	badRows,
	TIME_HAS_PASSED,
	PAST,
	UUID,
} from '../badRow';
import type { BadRow } from '../badRow';

export const badInputs: BadRow[] = [
	...badRows('message.send', [
		['an impossible number', { to: '12' }, IMPOSSIBLE_NUMBER],
		['no number', { to: '' }, 'There is no recipient'],
		['an empty text', { message: ' ' }, EMPTY_MESSAGE],
		['a time that has passed', { options: PAST }, TIME_HAS_PASSED],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'the recipient has opted out (CDYNE: STOPfromPhoneNumber)',
			makesRequests,
		],
		[
			'a foreign sender',
			{ options: { from: '17575559999' } },
			'the number in From does not belong to this license key (CDYNE: InvalidAssignedDID)',
			makesRequests,
		],
	]),
	...badRows('message.sendSimple', [
		['an impossible number', { to: '12' }, IMPOSSIBLE_NUMBER],
		['an empty text', { message: '' }, EMPTY_MESSAGE],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'the recipient has opted out (CDYNE: STOPfromPhoneNumber)',
			makesRequests,
		],
	]),
	...badRows('message.sendMms', [
		['an impossible number', { to: '12' }, IMPOSSIBLE_NUMBER],
		['neither text nor media', { message: '', mediaUrls: '' }, 'The MMS is empty'],
		[
			'media that are not a URL',
			{ mediaUrls: 'flyer.png' },
			'"flyer.png" is neither a web address nor a media ID',
		],
		['a time that has passed', { options: PAST }, TIME_HAS_PASSED],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'the recipient has opted out (CDYNE: StopOnPhoneNumber)',
			makesRequests,
		],
	]),
	...badRows('message.getStatus', [
		['an unknown ID', { messageId: UUID }, '', notFound('NotFound: CDYNE has no SMS with this ID')],
		['an ID in another form', { messageId: '17' }, '"17" is not a CDYNE message ID'],
	]),
	...badRows('message.getStatus of an MMS', [
		[
			'an unknown ID',
			{ messageId: UUID },
			'',
			notFound('MissingDidOrInvalidMessageId: CDYNE has no MMS with this ID'),
		],
	]),
	...badRows('message.getManyByReference', [
		['an unknown reference', { referenceId: 'nobody' }, '', noOutput],
		['no reference', { referenceId: '' }, 'The Reference ID is empty'],
	]),
	...badRows('message.cancel', [
		[
			'an unknown ID',
			{ messageId: UUID },
			'CDYNE did not cancel the message: it is NotFound',
			makesRequests,
		],
		['an ID in another form', { messageId: '' }, 'The Message ID is empty'],
	]),
	...badRows('postbackSetting.update', [
		['a text that is not a URL', { url: 'nowhere' }, 'The URL "nowhere" is not a web address'],
	]),
	...badRows('postbackSetting.update of a number', [
		[
			'a foreign number',
			{ phoneNumber: '17575559999' },
			'Not found for this license key (CDYNE: NotFound)',
			makesRequests,
		],
		['no number', { phoneNumber: '' }, 'The Phone Number is empty'],
	]),
	...badRows('keyword.remove', [
		[
			'an unknown keyword',
			{ keyword: 'NOBODY' },
			'CDYNE responded with KeywordNotFound for the keyword "NOBODY"',
			makesRequests,
		],
	]),
	...badRows('media.get', [
		['an unknown ID', { mediaId: '999' }, 'CDYNE has no media with the ID 999', makesRequests],
		['an ID in another form', { mediaId: 'x' }, '"x" is not a CDYNE media ID'],
	]),
	...badRows('media.download', [
		['an unknown ID', { mediaId: '999' }, 'CDYNE has no media with the ID 999', makesRequests],
	]),
	...badRows('media.upload from a URL', [
		['a text that is not a URL', { url: 'a.png' }, 'The URL "a.png" is not a web address'],
	]),
];
