import { of, asks, EMPTY, NO_NUMBER } from '../operations/badInput';
import type { BadRow } from '../operations/badInput';

export const badInputs: BadRow[] = [
	...of('sms.send', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an empty text', { message: '' }, EMPTY],
		[
			'a text that is too long',
			{ message: 'x'.repeat(161) },
			'The message has 161 characters, and Skycore takes 160',
		],
		['a sender that is none', { from: 'Shop' }, '"Shop" in From is not a short or long code'],
		['a sender of somebody else', { from: '99999' }, 'Skycore answered E111: ', asks],
		['a recipient who is refused', { to: '17575550162' }, 'Skycore answered E110: ', asks],
		['a recipient who opted out', { to: '17575550164' }, 'Skycore answered E114: ', asks],
	]),
	...of('sms.sendToSubscriber', [
		['an unknown reference', { subscriberRef: 'NOBODY' }, 'Skycore answered E720: ', asks],
		['an unknown campaign', { campaignRef: 'Nowhere' }, 'Skycore answered E721: ', asks],
		['no reference', { subscriberRef: '' }, 'The subscriber reference is empty'],
		['an empty text', { message: '' }, EMPTY],
	]),
	...of('mms.sendSaved', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an unknown MMS', { mmsId: '999' }, 'Skycore answered E', asks],
		['an MMS that is none', { mmsId: 'x' }, '"x" is not the ID of a saved MMS'],
		['a recipient who opted out', { to: '17575550164' }, 'Skycore answered E114: ', asks],
	]),
	...of('mms.sendToSubscriber', [['an unknown MMS', { mmsId: '999' }, 'Skycore answered E', asks]]),
	...of('mms.save', [
		['an empty slide', { slides: { slide: [{ text: '' }] } }, 'Slide 1 is empty'],
		['no subject', { subject: '' }, 'The subject is empty'],
	]),
	...of('subscriber.subscribe', [
		['a number that cannot be', { mobile: '12' }, NO_NUMBER],
		['an unknown campaign', { campaignRef: 'Nowhere' }, 'Skycore answered E', asks],
	]),
	...of('subscriber.unsubscribe', [['a number that cannot be', { mobile: '12' }, NO_NUMBER]]),
	...of('campaign.create', [['no name', { campaignName: '' }, 'The campaign name is empty']]),
];
