import {
	sendToSubscriber,
	subscribe,
	subscriptionSchema,
	unsubscribe,
} from '../../../nodes/Skycore/api/subscribers';
import { factsOf } from '../../engine/harness/canned';
import { QUEUED } from '../../engine/harness/queued';
import { requestOf, responding } from './skycore';

/** Subscribers of a campaign: messages to them, and their subscriptions. */

const TO = { mobile: '+17575550142', campaignRef: 'C1' };
const NUMBER = '<CAMPAIGNREF>C1</CAMPAIGNREF><MOBILE>17575550142</MOBILE>';

describe('a message to a subscriber', () => {
	it.each([
		[{ text: 'Hi' }, '<TEXT>Hi</TEXT>', { segments: 1, encoding: 'GSM-7' }],
		[{ mmsId: '35' }, '<MMSID>35</MMSID>', { segments: null, encoding: null, mmsId: '35' }],
	])('with %j is sent to the reference', async (content, inside, extra) => {
		const { api, requests } = responding('<TRACKINGID>t1</TRACKINGID>');
		const message = {
			...QUEUED,
			provider: 'skycore',
			messageId: 't1',
			providerStatus: 'accepted',
			subscriberRef: 'S1',
			campaignRef: 'C1',
			...extra,
		};
		const outputs = [{ json: message, raw: { TRACKINGID: 't1' } }];
		const outcomes = await sendToSubscriber(api, 'S1', 'C1', content);
		expect(outcomes).toStrictEqual([{ kind: 'accepted', outputs }]);
		const fields = `${inside}<SUBSCRIBERREF>S1</SUBSCRIBERREF><CAMPAIGNREF>C1</CAMPAIGNREF>`;
		expect(requests).toEqual([requestOf('sendMessageBySubscriberRef', fields, { kind: 'send' })]);
	});

	it('has the references in the response', async () => {
		const { api } = responding(
			'<SUBSCRIBERREF>S2</SUBSCRIBERREF><CAMPAIGNREF>C2</CAMPAIGNREF><SUBSCRIBER><TO>1</TO></SUBSCRIBER>',
		);
		const [outcome] = await sendToSubscriber(api, 'S1', 'C1', { text: 'Hi' });
		expect(outcome).toMatchObject({
			kind: 'unknown',
			outputs: [{ json: { to: '1', subscriberRef: 'S2', campaignRef: 'C2' } }],
		});
	});

	it('is unknown if the response names no subscriber', async () => {
		const { api } = responding('<STATUS>Success</STATUS>');
		const [outcome] = await sendToSubscriber(api, 'S1', 'C1', { text: 'Hi' });
		expect(outcome).toMatchObject({ kind: 'unknown', outputs: undefined });
		expect(factsOf('failure' in outcome && outcome.failure)).toEqual({
			kind: 'rejected',
			message:
				'Skycore\'s response names no subscriber of "S1" in campaign "C1", so there is no sign that anybody was texted',
			description:
				'Check that the reference has numbers that are subscribed to this campaign, and check the log of the account before you send again.',
		});
	});

	it('is unknown with HTTP 5xx, and so is each of its messages', async () => {
		const { api } = responding('<SUBSCRIBER><ERRORCODE>E114</ERRORCODE></SUBSCRIBER>', 500);
		const [outcome] = await sendToSubscriber(api, 'S1', 'C1', { text: 'Hi' });
		expect(outcome).toMatchObject({
			kind: 'unknown',
			outputs: [{ json: { status: 'unknown', isFinal: false, errorCode: 'E114' } }],
		});
	});
});

describe('a subscription', () => {
	it.each([
		['', {}, { mobile: '+17575550142', campaignRef: 'C1', subscriberRef: null }],
		[
			'',
			{ subscriberRef: 'S1' },
			{ mobile: '+17575550142', campaignRef: 'C1', subscriberRef: 'S1' },
		],
		[
			'<MOBILE>1</MOBILE><CAMPAIGNREF>2</CAMPAIGNREF><CAMPAIGNID>3</CAMPAIGNID><SUBSCRIBERREF>4</SUBSCRIBERREF>',
			{ subscriberRef: 'S1' },
			{ mobile: '1', campaignRef: '2', subscriberRef: '4' },
		],
		[
			'<CAMPAIGNID>3</CAMPAIGNID>',
			{},
			{ mobile: '+17575550142', campaignRef: '3', subscriberRef: null },
		],
	])('is read from "%s" and %j, after both changes', async (inside, extra, json) => {
		const { api } = responding(`<STATUS>Success</STATUS>${inside}`);
		const added = await subscribe(api, { ...TO, ...extra });
		expect(added.json).toStrictEqual({ provider: 'skycore', ...json, subscribed: true });
		expect(added.raw).toMatchObject({ STATUS: 'Success' });
		expect(Object.keys(added.json)).toEqual(Object.keys(subscriptionSchema));
		const removed = await unsubscribe(api, { ...TO, ...extra });
		expect(removed.json).toStrictEqual({ provider: 'skycore', ...json, subscribed: false });
		expect(removed.raw).toMatchObject({ STATUS: 'Success' });
	});

	it.each<[object, string]>([
		[{}, ''],
		[{ data: [] }, ''],
		[{ data: [['AGE', '007']] }, '<DATA><AGE>007</AGE></DATA>'],
		[{ subscriberRef: 'S1' }, '<SUBSCRIBERREF>S1</SUBSCRIBERREF>'],
		[{ timezone: 'EST' }, '<TIMEZONE>EST</TIMEZONE>'],
	])('is added with %j', async (extra, inside) => {
		const { api, requests } = responding('<STATUS>Success</STATUS>');
		await subscribe(api, { ...TO, ...extra });
		const ambiguity = {
			message: 'The number may have been subscribed',
			description:
				'Skycore may have subscribed it before the response was lost, and the campaign may greet the number each time. Check the account before you subscribe the number again.',
		};
		const options = { kind: 'send', ambiguity };
		expect(requests).toEqual([requestOf('subscribe', NUMBER + inside, options)]);
	});

	const asSend = {
		kind: 'send',
		ambiguity: {
			message: 'The number may have been unsubscribed',
			description: 'Unsubscribe it again with Notify off, which does no harm.',
		},
	};
	it.each([
		[undefined, '', { kind: 'repeatable' }],
		[false, '<NOTIFY>no</NOTIFY>', { kind: 'repeatable' }],
		[true, '<NOTIFY>yes</NOTIFY>', asSend],
	])('is removed with Notify %s', async (notify, inside, options) => {
		const { api, requests } = responding('<STATUS>Success</STATUS>');
		await unsubscribe(api, { ...TO, notify });
		expect(requests).toEqual([requestOf('unsubscribe', NUMBER + inside, options)]);
	});
});
