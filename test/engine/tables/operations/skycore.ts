import { rowsOf } from '../operationRow';
import type { OperationRow, Stage } from '../operationRow';

const row = rowsOf('skycore');
const FROM = '60856';
const CAMPAIGN = 'Campaign123';
const SAVED_MMS = '35674';
const handset = (last: number) => `1757555${last}`;
const number = (last: number) => `+${handset(last)}`;
const text = { message: 'Your table is ready' };
const sent = (last: number) => ({ provider: 'skycore', to: number(last), status: 'queued' });
const lookUp = { kind: 'repeatable', handsets: [] } as const;

/** Subscribes numbers under a new reference. */
async function subscribed({ sandbox }: Stage, subscriberRef: string, numbers: number[]) {
	const { subscribers } = sandbox.simulators.get('skycore')?.settings as {
		subscribers: object[];
	};
	const added = numbers.map((last) => ({
		campaignRef: CAMPAIGN,
		subscriberRef,
		mobile: handset(last),
	}));
	sandbox.configure('skycore', { subscribers: [...subscribers, ...added] });
	return { subscriberRef };
}

export const skycoreRows: OperationRow[] = [
	row(
		'sms.send',
		{ ...text, to: '+1 757 555 3001', from: FROM },
		{
			calls: ['sendSMS'],
			kind: 'send',
			handsets: [handset(3001)],
			output: [sent(3001)],
		},
	),
	row(
		'sms.sendToSubscriber',
		{ ...text, campaignRef: CAMPAIGN },
		{
			prepare: async (stage) => await subscribed(stage, 'ACCT-3002', [3002, 3003]),
			calls: ['sendMessageBySubscriberRef'],
			kind: 'send',
			handsets: [handset(3002), handset(3003)],
			output: [sent(3002), sent(3003)],
		},
	),
	row(
		'mms.sendSaved',
		{ mmsId: SAVED_MMS, to: '+1 757 555 3004', from: FROM },
		{
			calls: ['sendSavedMMS'],
			kind: 'send',
			handsets: [handset(3004)],
			output: [sent(3004)],
		},
	),
	row(
		'mms.sendToSubscriber',
		{ mmsId: SAVED_MMS, campaignRef: CAMPAIGN },
		{
			prepare: async (stage) => await subscribed(stage, 'ACCT-3005', [3005]),
			calls: ['sendMessageBySubscriberRef'],
			kind: 'send',
			handsets: [handset(3005)],
			output: [sent(3005)],
		},
	),
	row(
		'mms.save',
		{
			name: 'Offer',
			subject: 'Spring',
			slides: { slide: [{ text: 'Hello', duration: 10 }] },
			fallbackText: 'See',
		},
		{
			calls: ['saveMMS'],
			kind: 'send',
			handsets: [],
			output: [{ provider: 'skycore', name: 'Offer', isReady: true }],
		},
	),
	row(
		'mms.getMany',
		{ returnAll: true },
		{
			...lookUp,
			calls: ['getMmsIds'],
			output: [{ provider: 'skycore', mmsId: SAVED_MMS }],
		},
	),
	row(
		'subscriber.subscribe',
		{ mobile: '+1 757 555 3006', campaignRef: 'Empty' },
		{
			calls: ['subscribe'],
			// the campaign may greet the number each time
			kind: 'send',
			handsets: [],
			output: [{ provider: 'skycore', mobile: number(3006), subscribed: true }],
		},
	),
	row(
		'subscriber.unsubscribe',
		{ mobile: '+1 757 555 3007', campaignRef: CAMPAIGN },
		{
			...lookUp,
			prepare: async (stage) => {
				await subscribed(stage, 'ACCT-3007', [3007]);
				return {};
			},
			calls: ['unsubscribe'],
			output: [{ provider: 'skycore', mobile: number(3007), subscribed: false }],
		},
	),
	row(
		'campaign.getMany',
		{ returnAll: true },
		{
			...lookUp,
			calls: ['getMmsCampaigns'],
			output: [{ provider: 'skycore' }],
		},
	),
	row(
		'campaign.create',
		{ campaignName: 'Summer', brandName: 'Shop' },
		{
			calls: ['createMMSCampaign'],
			kind: 'send',
			handsets: [],
			output: [{ provider: 'skycore', campaignName: 'Summer' }],
		},
	),
];
