import {
	campaignSchema,
	createCampaign,
	getCampaigns,
	newCampaignSchema,
} from '../../../nodes/Skycore/api/campaigns';
import { getMmsIds, saveMms, sendSavedMms } from '../../../nodes/Skycore/api/mms';
import { thrownBy } from '../../engine/harness/canned';
import { requestOf, responding } from './skycore';

/** Saved MMS and campaigns: the requests, and what is read from the responses. */

const FALLBACK = { noSms: false, noLink: false };
const SENDER = { to: '1', from: '2' };

describe('a saved MMS', () => {
	it.each([
		[FALLBACK, ''],
		[{ ...FALLBACK, text: 'See' }, '<FALLBACKSMSTEXT>See</FALLBACKSMSTEXT>'],
		[{ noSms: true, noLink: false }, '<DISABLEFALLBACKSMS>yes</DISABLEFALLBACKSMS>'],
		[{ noSms: false, noLink: true }, '<DISABLEFALLBACKSMSLINK>yes</DISABLEFALLBACKSMSLINK>'],
	])('is sent with the fallback %j', async (fallback, inside) => {
		const { api, requests } = responding('<TRACKINGID>t1</TRACKINGID>');
		const mms = { mmsId: '35', customTexts: [], data: [], fallback };
		const outcomes = await sendSavedMms(api, SENDER, mms);
		const json = { messageId: 't1', to: '1', from: '2', mmsId: '35' };
		expect(outcomes).toMatchObject([{ kind: 'accepted', outputs: [{ json }] }]);
		const fields = `<MMSID>35</MMSID><TO>1</TO><FROM>2</FROM>${inside}`;
		expect(requests).toEqual([requestOf('sendSavedMMS', fields, { kind: 'send' })]);
	});

	it('is sent with other texts', async () => {
		const { api, requests } = responding('<TRACKINGID>t1</TRACKINGID>');
		await sendSavedMms(api, SENDER, {
			mmsId: '35',
			subject: 'Hi',
			customTexts: [{ slide: 2, text: 'two' }],
			data: [['NAME', 'Jo']],
			fallback: FALLBACK,
		});
		const fields =
			'<MMSID>35</MMSID><TO>1</TO><FROM>2</FROM><CUSTOMSUBJECT>Hi</CUSTOMSUBJECT>' +
			'<CUSTOMTEXT><VALUE>two</VALUE><SLIDE>2</SLIDE></CUSTOMTEXT><DATA><NAME>Jo</NAME></DATA>';
		expect(requests).toEqual([requestOf('sendSavedMMS', fields, { kind: 'send' })]);
	});

	it('may be rejected as a whole, or for its number', async () => {
		const mms = { mmsId: '35', customTexts: [], data: [], fallback: FALLBACK };
		const code = '<ERRORCODE>E625</ERRORCODE>';
		for (const inside of [code, `<SENDING>${code}</SENDING>`]) {
			const { api } = responding(inside);
			expect(await sendSavedMms(api, SENDER, mms)).toMatchObject([
				{ kind: 'refused', failure: { kind: 'notFound', code: 'E625' } },
			]);
		}
	});

	it('is saved with slides', async () => {
		const { api, requests } = responding('<STATUS>Success</STATUS><MMSID>0035</MMSID>');
		const slides = [
			{ imageUrl: 'https://a/1' },
			{ audioUrl: 'https://a/2', duration: 0 },
			{ videoUrl: 'https://a/3' },
			{ text: 'Look' },
		];
		const mms = {
			name: 'Offer',
			subject: 'Spring',
			slides,
			fallback: { ...FALLBACK, text: 'See' },
		};
		expect(await saveMms(api, mms)).toEqual({
			mmsId: '0035',
			raw: { STATUS: 'Success', MMSID: '0035' },
		});
		const fields =
			'<NAME>Offer</NAME><SUBJECT>Spring</SUBJECT><FALLBACKSMSTEXT>See</FALLBACKSMSTEXT>' +
			'<SLIDE><IMAGE><URL>https://a/1</URL></IMAGE></SLIDE>' +
			'<SLIDE><AUDIO><URL>https://a/2</URL></AUDIO><DURATION>0</DURATION></SLIDE>' +
			'<SLIDE><VIDEO><URL>https://a/3</URL></VIDEO></SLIDE>' +
			'<SLIDE><TEXT>Look</TEXT></SLIDE>';
		const ambiguity = {
			message: 'The MMS may have been saved',
			description: 'List the saved MMS with Get Many before you save it again.',
		};
		expect(requests).toEqual([requestOf('saveMMS', fields, { kind: 'send', ambiguity })]);
	});

	it.each([
		['<MMSIDS> 12 ,, 013 , </MMSIDS>', ['12', '013']],
		['<MMSIDS/>', []],
		['<STATUS>Success</STATUS>', []],
		['<STATUS>Failure</STATUS><ERRORCODE>E200</ERRORCODE>', []],
	])('is listed from %s', async (inside, ids) => {
		const { api, requests } = responding(inside);
		expect(await getMmsIds(api)).toEqual(ids);
		expect(requests).toEqual([requestOf('getMmsIds', '')]);
	});
});

describe('a campaign', () => {
	it('is listed', async () => {
		const { api, requests } = responding(
			'<MMSCAMPAIGNS><CAMPAIGN><ID>0041</ID><NAME>A</NAME></CAMPAIGN><OTHER/><CAMPAIGN/></MMSCAMPAIGNS>',
		);
		const found = await getCampaigns(api);
		expect(found).toEqual([
			{
				json: { provider: 'skycore', campaignId: '0041', name: 'A' },
				raw: { ID: '0041', NAME: 'A' },
			},
			{ json: { provider: 'skycore', campaignId: null, name: null }, raw: '' },
		]);
		expect(Object.keys(found[0].json)).toEqual(Object.keys(campaignSchema));
		expect(requests).toEqual([requestOf('getMmsCampaigns', '')]);
	});

	it.each([
		'<STATUS>Success</STATUS>',
		'<MMSCAMPAIGNS/>',
		'<STATUS>Failure</STATUS><ERRORCODE>E405</ERRORCODE>',
	])('is not listed from %s', async (inside) => {
		expect(await getCampaigns(responding(inside).api)).toEqual([]);
	});

	it.each([
		['', 'Spring', 'Shop'],
		['<CAMPAIGNNAME>spring</CAMPAIGNNAME>', 'spring', 'Shop'],
		['<BRANDNAME>shop</BRANDNAME>', 'Spring', 'shop'],
	])('is created, with the names in the response: %s', async (names, campaignName, brandName) => {
		const { api, requests } = responding(`<CAMPAIGNID>0041</CAMPAIGNID>${names}`);
		const { json, raw } = await createCampaign(api, 'Spring', 'Shop');
		expect(json).toEqual({ provider: 'skycore', campaignId: '0041', campaignName, brandName });
		expect(Object.keys(json)).toEqual(Object.keys(newCampaignSchema));
		expect(raw).toMatchObject({ CAMPAIGNID: '0041' });
		const fields = '<CAMPAIGNNAME>Spring</CAMPAIGNNAME><BRANDNAME>Shop</BRANDNAME>';
		const ambiguity = {
			message: 'The campaign may have been created',
			description: 'List the campaigns with Get Many before you create it again.',
		};
		expect(requests).toEqual([requestOf('createMMSCampaign', fields, { kind: 'send', ambiguity })]);
	});

	it('without an ID is not created', async () => {
		const { api } = responding('<STATUS>Success</STATUS>');
		expect(await thrownBy(async () => await createCampaign(api, 'a', 'b'))).toMatchObject({
			kind: 'malformed',
			message: 'Expected CAMPAIGNID from Skycore, got a RESPONSE without it',
		});
	});
});
