import {
	sendToSubscriber,
	subscribe,
	subscriptionShape,
	unsubscribe,
} from '../../../nodes/Skycore/api/subscribers';
import { refusal } from '../../shared/canned';
import { QUEUED } from '../../shared/queued';
import { answering, requestOf } from './skycore';

/** Subscribers of a campaign: messages to them, and their subscriptions. */

const TO = { mobile: '17575550142', campaignRef: 'C1' };
const NUMBER = '<CAMPAIGNREF>C1</CAMPAIGNREF><MOBILE>17575550142</MOBILE>';

describe('a message to a subscriber', () => {
	it.each([
		[{ text: 'Hi' }, '<TEXT>Hi</TEXT>', { segments: 1, encoding: 'GSM-7' }],
		[{ mmsId: '35' }, '<MMSID>35</MMSID>', { segments: null, encoding: null, mmsId: '35' }],
	])('%j goes out to the reference', async (content, inside, more) => {
		const { api, requests } = answering('<TRACKINGID>t1</TRACKINGID>');
		const reports = await sendToSubscriber(api, 'S1', 'C1', content);
		expect(reports.map(({ message }) => message)).toStrictEqual([
			{
				...QUEUED,
				provider: 'skycore',
				messageId: 't1',
				providerStatus: 'accepted',
				subscriberRef: 'S1',
				campaignRef: 'C1',
				...more,
			},
		]);
		const fields = `${inside}<SUBSCRIBERREF>S1</SUBSCRIBERREF><CAMPAIGNREF>C1</CAMPAIGNREF>`;
		expect(requests).toEqual([requestOf('sendMessageBySubscriberRef', fields, { kind: 'send' })]);
	});

	it('has the references that come back', async () => {
		const { api } = answering(
			'<SUBSCRIBERREF>S2</SUBSCRIBERREF><CAMPAIGNREF>C2</CAMPAIGNREF><SUBSCRIBER><TO>1</TO></SUBSCRIBER>',
		);
		const [{ message }] = await sendToSubscriber(api, 'S1', 'C1', { text: 'Hi' });
		expect(message).toMatchObject({ to: '1', subscriberRef: 'S2', campaignRef: 'C2' });
	});

	it('that nobody is named for is known to have reached nobody', async () => {
		const { api } = answering('<STATUS>Success</STATUS>');
		const work = async () => await sendToSubscriber(api, 'S1', 'C1', { text: 'Hi' });
		expect(await refusal(work)).toEqual({
			kind: 'rejected',
			message:
				'Skycore\'s answer names no subscriber of "S1" in campaign "C1", so nobody is known to have been texted',
			description:
				'Check that the reference has numbers that are subscribed to this campaign, and look at the log of the account before you send again.',
		});
	});

	it.each([[{}], [{ text: 'Hi', mmsId: '35' }]])('cannot be %j', async (content) => {
		const { api, requests } = answering('<TRACKINGID>t1</TRACKINGID>');
		expect(await refusal(async () => await sendToSubscriber(api, 'S1', 'C1', content))).toEqual({
			kind: 'rejected',
			message:
				'Skycore takes either a text or a saved MMS for a subscriber, not both and not neither',
			description: 'Use one operation for the text and another one for the MMS.',
			nothingAccepted: true,
		});
		expect(requests).toEqual([]);
	});
});

describe('a subscription', () => {
	it.each([
		['', {}, { mobile: '17575550142', campaignRef: 'C1', subscriberRef: null }],
		[
			'',
			{ subscriberRef: 'S1' },
			{ mobile: '17575550142', campaignRef: 'C1', subscriberRef: 'S1' },
		],
		[
			'<MOBILE>1</MOBILE><CAMPAIGNREF>2</CAMPAIGNREF><CAMPAIGNID>3</CAMPAIGNID><SUBSCRIBERREF>4</SUBSCRIBERREF>',
			{ subscriberRef: 'S1' },
			{ mobile: '1', campaignRef: '2', subscriberRef: '4' },
		],
		[
			'<CAMPAIGNID>3</CAMPAIGNID>',
			{},
			{ mobile: '17575550142', campaignRef: '3', subscriberRef: null },
		],
	])('is read from "%s" and %j, made and ended', async (inside, more, json) => {
		const { api } = answering(`<STATUS>Success</STATUS>${inside}`);
		const made = await subscribe(api, { ...TO, ...more });
		expect(made.json).toStrictEqual({ provider: 'skycore', ...json, subscribed: true });
		expect(made.raw).toMatchObject({ STATUS: 'Success' });
		expect(Object.keys(made.json)).toEqual(Object.keys(subscriptionShape));
		const ended = await unsubscribe(api, { ...TO, ...more });
		expect(ended.json).toStrictEqual({ provider: 'skycore', ...json, subscribed: false });
		expect(ended.raw).toMatchObject({ STATUS: 'Success' });
	});

	it.each<[object, string]>([
		[{}, ''],
		[{ data: [] }, ''],
		[{ data: [['AGE', '007']] }, '<DATA><AGE>007</AGE></DATA>'],
		[{ subscriberRef: 'S1' }, '<SUBSCRIBERREF>S1</SUBSCRIBERREF>'],
		[{ timezone: 'EST' }, '<TIMEZONE>EST</TIMEZONE>'],
	])('is made with %j', async (more, inside) => {
		const { api, requests } = answering('<STATUS>Success</STATUS>');
		await subscribe(api, { ...TO, ...more });
		const ambiguity = {
			message: 'The number may have been subscribed',
			description:
				'Skycore may have done it before the answer was lost, and the campaign may greet the number each time. Look into the account before you subscribe it again.',
		};
		const how = { kind: 'send', ambiguity };
		expect(requests).toEqual([requestOf('subscribe', NUMBER + inside, how)]);
	});

	const told = {
		kind: 'send',
		ambiguity: {
			message: 'The number may have been unsubscribed',
			description: 'Unsubscribe it again with Notify off; that does no harm.',
		},
	};
	it.each([
		[undefined, '', { kind: 'repeatable' }],
		[false, '<NOTIFY>no</NOTIFY>', { kind: 'repeatable' }],
		[true, '<NOTIFY>yes</NOTIFY>', told],
	])('is ended with the subscriber told: %s', async (notify, inside, how) => {
		const { api, requests } = answering('<STATUS>Success</STATUS>');
		await unsubscribe(api, { ...TO, notify });
		expect(requests).toEqual([requestOf('unsubscribe', NUMBER + inside, how)]);
	});
});
