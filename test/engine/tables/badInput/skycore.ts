import { makesRequests, EMPTY_MESSAGE, IMPOSSIBLE_NUMBER, badRows } from '../badRow';
import type { BadRow } from '../badRow';

export const badInputs: BadRow[] = [
	...badRows('sms.send', [
		['an impossible number', { to: '12' }, IMPOSSIBLE_NUMBER],
		['an empty text', { message: '' }, EMPTY_MESSAGE],
		[
			'a text that is too long',
			{ message: 'x'.repeat(161) },
			'The message has 161 characters, and the maximum is 160',
		],
		['an invalid sender', { from: 'Shop' }, '"Shop" in From is not a short code or long code'],
		[
			'a sender of another account',
			{ from: '99999' },
			'Skycore responded with E111: ',
			makesRequests,
		],
		['a rejected recipient', { to: '17575550162' }, 'Skycore responded with E110: ', makesRequests],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'Skycore responded with E114: ',
			makesRequests,
		],
	]),
	...badRows('sms.sendToSubscriber', [
		[
			'an unknown reference',
			{ subscriberRef: 'NOBODY' },
			'Skycore responded with E720: ',
			makesRequests,
		],
		[
			'an unknown campaign',
			{ campaignRef: 'Nowhere' },
			'Skycore responded with E721: ',
			makesRequests,
		],
		['no reference', { subscriberRef: '' }, 'The Subscriber Reference is empty'],
		['an empty text', { message: '' }, EMPTY_MESSAGE],
	]),
	...badRows('mms.sendSaved', [
		['an impossible number', { to: '12' }, IMPOSSIBLE_NUMBER],
		['an unknown MMS', { mmsId: '999' }, 'Skycore responded with E', makesRequests],
		['an invalid MMS ID', { mmsId: 'x' }, '"x" is not the ID of a saved MMS'],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'Skycore responded with E114: ',
			makesRequests,
		],
	]),
	...badRows('mms.sendToSubscriber', [
		['an unknown MMS', { mmsId: '999' }, 'Skycore responded with E', makesRequests],
	]),
	...badRows('mms.save', [
		['an empty slide', { slides: { slide: [{ text: '' }] } }, 'Slide 1 is empty'],
		['no subject', { subject: '' }, 'The Subject is empty'],
	]),
	...badRows('subscriber.subscribe', [
		['an impossible number', { mobile: '12' }, IMPOSSIBLE_NUMBER],
		['an unknown campaign', { campaignRef: 'Nowhere' }, 'Skycore responded with E', makesRequests],
	]),
	...badRows('subscriber.unsubscribe', [
		['an impossible number', { mobile: '12' }, IMPOSSIBLE_NUMBER],
	]),
	...badRows('campaign.create', [['no name', { campaignName: '' }, 'The Campaign Name is empty']]),
];
