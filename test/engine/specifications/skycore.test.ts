/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialsDecrypted,
	INodeParameters,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Skycore } from '../../../nodes/Skycore/Skycore.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { numberKey } from '../../../sandbox/numbers';
import { ACCOUNT_KEY } from '../../../sandbox/skycore/settings';
import { onTheWire } from '../../onTheWire';
import { runNode } from '../harness/engine';
import type { RunOptions } from '../harness/engine';
import { QUEUED } from '../harness/queued';

const HANDSET = '+17575550142';
const OTHER = '+17575550143';
const FROM = '60856';
const node = new Skycore();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => {
	jest.useRealTimers();
	sandbox.reset();
});

const credential = (apiKey = ACCOUNT_KEY) => ({
	baseUrl: `${sandbox.url}/skycore/API/wxml/1.3/index.php`,
	apiKey,
	postbackToken: '',
});

type ExtraOptions = Partial<RunOptions> & { apiKey?: string };

async function run(
	parameters: RunOptions['parameters'],
	{ apiKey, ...options }: ExtraOptions = {},
) {
	const credentials = { skycoreApi: credential(apiKey) };
	return await runNode({ node, parameters, credentials, ...options });
}

const configure = (changes: Record<string, unknown>) => sandbox.configure('skycore', changes);
const rejectNext = (code: string, options: Record<string, unknown> = {}) =>
	configure({ refuseNext: [{ code, ...options }] });
const setOutcome = (number: string, outcome: string) => sandbox.numbers.set(number, outcome);
const arrived = (number?: string) =>
	sandbox.messages.list({ direction: 'out', ...(number && { handset: numberKey(number) }) });
const countRequests = (operation: string) => sandbox.requests.count('skycore', operation);
const continueOnFail = { settings: { onError: 'continueRegularOutput' as const } };

const SEND = { resource: 'sms', operation: 'send', to: HANDSET, from: FROM, message: 'Hi' };
const GROUP = {
	resource: 'sms',
	operation: 'sendToSubscriber',
	subscriberRef: 'ACCT-123232',
	campaignRef: 'Campaign123',
	message: 'Hi',
};
const SAVED = { resource: 'mms', operation: 'sendSaved', mmsId: '35674', to: HANDSET, from: FROM };
const GROUP_MMS = { ...GROUP, resource: 'mms', mmsId: '35674' };
const SAVE = {
	resource: 'mms',
	operation: 'save',
	name: 'Offer',
	subject: 'Spring',
	slides: { slide: [{ text: 'Hello' }] },
	fallbackText: 'See',
};
const MMS_LIST = { resource: 'mms', operation: 'getMany', returnAll: true };
const SUBSCRIBE = {
	resource: 'subscriber',
	operation: 'subscribe',
	mobile: OTHER,
	campaignRef: 'Empty',
};
const UNSUBSCRIBE = {
	...SUBSCRIBE,
	operation: 'unsubscribe',
	mobile: HANDSET,
	campaignRef: 'Campaign123',
};
const CAMPAIGNS = { resource: 'campaign', operation: 'getMany', returnAll: true };
const CREATE = {
	resource: 'campaign',
	operation: 'create',
	campaignName: 'Summer',
	brandName: 'Shop',
};

/** Skips the delays of the node; requests still take real time. */
async function withoutDelays<T>(work: () => Promise<T>): Promise<T> {
	jest.useFakeTimers({
		doNotFake: [
			'hrtime',
			'nextTick',
			'performance',
			'queueMicrotask',
			'setImmediate',
			'clearImmediate',
			'setInterval',
			'clearInterval',
		],
	});
	let isDone = false;
	const result = work().finally(() => (isDone = true));
	while (!isDone) {
		await jest.advanceTimersByTimeAsync(100);
		await new Promise((resolve) => setImmediate(resolve));
	}
	jest.useRealTimers();
	return await result;
}

describe('each operation', () => {
	it('sends a text, which arrives', async () => {
		const text = ' Fish & <Chips>\n1 < 2 ';
		const { json } = await run({ ...SEND, to: '+1 (757) 555-0142', message: text });
		const [message] = arrived(HANDSET);
		expect(message).toMatchObject({ text, from: FROM });
		expect(json).toEqual([
			{
				...QUEUED,
				provider: 'skycore',
				messageId: message.id,
				to: HANDSET,
				from: FROM,
				providerStatus: 'Success',
				segments: 1,
				encoding: 'GSM-7',
			},
		]);
	});

	it('sends a text with a mask, an operator and a campaign', async () => {
		configure({ enforceCampaignCheck: true });
		const options = { fromMask: 'MyShop', operatorId: '0001470', campaignRef: 'Campaign123' };
		const { json } = await run({ ...SEND, options });
		expect(json).toMatchObject([{ status: 'queued', campaignRef: 'Campaign123' }]);
		const [{ body }] = sandbox.requests.list({ provider: 'skycore', operation: 'sendSMS' });
		expect(new URLSearchParams(body).get('xml')).toContain(
			'<FROM_MASK>MyShop</FROM_MASK><OPERATORID>0001470</OPERATORID>',
		);
	});

	it('keeps the leading zeros of a short code and the == of an ID', async () => {
		configure({ trackingIds: 'base64' });
		const { json } = await run({ ...SEND, from: '00000' });
		expect(json).toMatchObject([{ from: '00000', messageId: arrived()[0].id }]);
		expect(arrived()[0]).toMatchObject({ from: '00000', id: expect.stringMatching(/=$/) });
	});

	it('sends a text to each number of a subscriber', async () => {
		const { json, items } = await run(GROUP);
		expect(json).toMatchObject(
			[HANDSET, OTHER].map((to) => ({
				to,
				status: 'queued',
				subscriberRef: 'ACCT-123232',
				campaignRef: 'Campaign123',
				segments: 1,
				encoding: 'GSM-7',
			})),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	it('sends a saved MMS with other texts', async () => {
		const options = {
			customSubject: 'For you',
			customTexts: { texts: [{ slide: 1, text: 'Hello {$FIRST_NAME|there}' }] },
			data: { values: [{ tag: 'FIRST_NAME', value: 'Jo' }] },
			fallbackText: 'Look',
		};
		const { json } = await run({ ...SAVED, options });
		expect(arrived(HANDSET)).toMatchObject([{ kind: 'mms', subject: 'For you', text: 'Hello Jo' }]);
		expect(json).toMatchObject([{ status: 'queued', mmsId: '35674', to: HANDSET, from: FROM }]);
	});

	it('sends a saved MMS to each number of a subscriber', async () => {
		const { json } = await run(GROUP_MMS);
		expect(json.map(({ to, mmsId }) => [to, mmsId])).toEqual([
			[HANDSET, '35674'],
			[OTHER, '35674'],
		]);
	});

	it('saves an MMS, which can then be listed and sent', async () => {
		const { json: saved } = await run(SAVE);
		expect(saved).toEqual([
			{
				provider: 'skycore',
				mmsId: expect.any(String),
				name: 'Offer',
				subject: 'Spring',
				isReady: true,
			},
		]);
		const { mmsId } = saved[0];
		const { json: all } = await run(MMS_LIST);
		expect(all).toEqual([
			{ provider: 'skycore', mmsId: '35674' },
			{ provider: 'skycore', mmsId },
		]);
		await run({ ...SAVED, mmsId: String(mmsId) });
		expect(arrived(HANDSET)).toMatchObject([{ subject: 'Spring' }]);
	});

	it('saves an MMS with sound, which is not ready yet', async () => {
		const slides = { slide: [{ text: 'Hello', audioUrl: 'https://media.example.com/a.mp3' }] };
		const { json } = await run({ ...SAVE, slides });
		expect(json).toMatchObject([{ isReady: false }]);
	});

	it('lists no more saved MMS than Limit says', async () => {
		await run(SAVE);
		const { json } = await run({ ...MMS_LIST, returnAll: false, limit: 1 });
		expect(json).toEqual([{ provider: 'skycore', mmsId: '35674' }]);
	});

	it('subscribes a number, which then gets the messages to its reference', async () => {
		const { json } = await run({
			...SUBSCRIBE,
			mobile: '+1 757 555 0143',
			options: { subscriberRef: 'ACCT-9' },
		});
		expect(json).toEqual([
			{
				provider: 'skycore',
				mobile: OTHER,
				campaignRef: 'Empty',
				subscriberRef: 'ACCT-9',
				subscribed: true,
			},
		]);
		const { json: sent } = await run({ ...GROUP, subscriberRef: 'ACCT-9', campaignRef: 'Empty' });
		expect(sent.map(({ to }) => to)).toEqual([OTHER]);
	});

	it('unsubscribes a number, which then gets no more messages', async () => {
		const { json } = await run(UNSUBSCRIBE);
		expect(json).toMatchObject([{ mobile: HANDSET, subscribed: false }]);
		const { json: sent } = await run(GROUP);
		expect(sent.map(({ to }) => to)).toEqual([OTHER]);
	});

	it('creates a campaign and lists all', async () => {
		const { json } = await run(CREATE);
		expect(json).toMatchObject([{ campaignName: 'Summer', brandName: 'Shop' }]);
		const { json: all } = await run(CAMPAIGNS);
		expect(all.map(({ campaignId, name }) => [campaignId, name])).toEqual([
			['1301', 'News'],
			['1302', 'Nobody yet'],
			[json[0].campaignId, 'Summer'],
		]);
	});

	it('lists nothing if the account has nothing', async () => {
		configure({ campaigns: [] });
		const { json, error } = await run(CAMPAIGNS);
		expect([json, error]).toEqual([[], undefined]);
		rejectNext('E200', { action: 'getMmsIds' });
		expect((await run(MMS_LIST)).json).toEqual([]);
	});

	it.each<[string, RunOptions['parameters'], string]>([
		['a text', SEND, 'TRACKINGID'],
		['a group', GROUP, 'STATUSDETAILS'],
		['a saved MMS', SAVED, 'STATUSDETAILS'],
		['saving', SAVE, 'MMSID'],
		['subscribing', SUBSCRIBE, 'MOBILE'],
		['a campaign', CREATE, 'CAMPAIGNID'],
		['campaigns', CAMPAIGNS, 'NAME'],
	])('adds the response with Simplify off: %s', async (_what, parameters, field) => {
		const { json } = await run({ ...parameters, simplify: false });
		expect(json[0].raw).toHaveProperty(field);
	});

	it.each<[string, Record<string, unknown>]>([
		['text/html', { answerType: 'text/html' }],
		['no type', { answerType: '' }],
		['no prolog', { answerProlog: false }],
		['white space between', { answerPretty: true }],
		['HTTP 500 for rejections', { failureStatus: 500 }],
	])('reads responses with %s', async (_what, changes) => {
		configure(changes);
		const { json } = await run(GROUP);
		expect(json.map(({ status }) => status)).toEqual(['queued', 'queued']);
		const { error } = await run({ ...SEND, from: '99999' });
		expect(error?.message).toContain('Skycore responded with E111: Invalid shortcode');
		// HTTP 5xx makes no rejection certain
		expect(error?.context?.nothingSent).toBe(!('failureStatus' in changes));
	});
});

describe('a group', () => {
	it('of 250 with 20 rejected is 250 items in order, each paired with its input', async () => {
		const subscribers = [7, 8].flatMap((area) =>
			Array.from({ length: 125 }, (_, index) => ({
				campaignRef: 'Campaign123',
				subscriberRef: `ACCT-${area}`,
				mobile: `1757555${area}${String(index).padStart(3, '0')}`,
			})),
		);
		configure({ subscribers });
		const rejected = subscribers.filter((_, index) => index % 12 === 0).slice(0, 20);
		rejected.forEach(({ mobile }, index) =>
			setOutcome(mobile, index % 2 ? 'optedOut' : 'rejected'),
		);
		const { json, items } = await run(
			{ ...GROUP, subscriberRef: '={{ $json.ref }}' },
			{ items: [{ ref: 'ACCT-7' }, { ref: 'ACCT-8' }] },
		);
		expect(json.map(({ to }) => to)).toEqual(subscribers.map(({ mobile }) => `+${mobile}`));
		expect(json.filter(({ status }) => status === 'failed').map(({ to }) => to)).toEqual(
			rejected.map(({ mobile }) => `+${mobile}`),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			subscribers.map(({ subscriberRef }) => ({ item: subscriberRef === 'ACCT-7' ? 0 : 1 })),
		);
		expect(arrived()).toHaveLength(230);
	});

	it('has the code and the reason of a rejected number', async () => {
		setOutcome(OTHER, 'optedOut');
		const { json } = await run(GROUP);
		expect(json[1]).toMatchObject({
			to: OTHER,
			messageId: null,
			status: 'failed',
			isFinal: true,
			errorCode: 'E114',
			errorMessage: 'Phone number is blacklisted, request rejected',
		});
	});

	it.each(['E720', 'empty'])('of nobody is an error, reported as %s', async (emptyGroup) => {
		configure({ emptyGroup });
		const { error, json } = await run({ ...GROUP, campaignRef: 'Empty' });
		expect(json).toEqual([]);
		expect(error?.message).toContain(
			emptyGroup === 'E720'
				? 'E720: No active subscribers for this reference'
				: 'names no subscriber of "ACCT-123232" in campaign "Empty"',
		);
	});
});

describe('bad input', () => {
	// n8n itself rejects a required field that is left empty, but not an expression with an empty result
	const empty = '={{ "" }}';
	const longText = 'x'.repeat(161);
	const slide = (fields: INodeParameters) => ({ slides: { slide: [fields] } });
	const fileUrl = (name: string) => `https://media.example.com/${name}`;

	it.each<[string, RunOptions['parameters'], RegExp]>([
		['an impossible number', { ...SEND, to: '12' }, /^"12" cannot be a phone number/],
		['no number', { ...SEND, to: empty }, /^The phone number is empty/],
		['several numbers', { ...SEND, to: `${HANDSET}, ${OTHER}` }, /is more than one number/],
		['an empty text', { ...SEND, message: ' ' }, /^The message is empty/],
		['a text that is too long', { ...SEND, message: longText }, /^The message has 161 characters/],
		['a long text to a group', { ...GROUP, message: longText }, /^The message has 161 characters/],
		['no sender', { ...SEND, from: ' ' }, /^From is empty/],
		[
			'a name as sender',
			{ ...SEND, from: 'MyShop' },
			/^"MyShop" in From is not a short code or long/,
		],
		[
			'a mask that is too long',
			{ ...SEND, options: { fromMask: 'MyVeryOwnShop' } },
			/^From Mask "MyVeryOwnShop" has 13 characters/,
		],
		['no subscriber', { ...GROUP, subscriberRef: empty }, /^The Subscriber Reference is empty/],
		['no campaign', { ...GROUP, campaignRef: empty }, /^The Campaign Reference is empty/],
		['no MMS', { ...SAVED, mmsId: empty }, /^The MMS ID is empty/],
		['an invalid MMS ID', { ...GROUP_MMS, mmsId: 'abc' }, /^"abc" is not the ID of a saved MMS/],
		[
			'an invalid tag',
			{ ...SAVED, options: { data: { values: [{ tag: 'first name', value: 'Jo' }] } } },
			/^"first name" cannot be a tag/,
		],
		[
			'an impossible slide',
			{ ...SAVED, options: { customTexts: { texts: [{ slide: 0, text: 'a' }] } } },
			/^"0" in Custom Texts is not a slide number/,
		],
		['no name', { ...SAVE, name: empty }, /^The Name is empty/],
		['no subject', { ...SAVE, subject: empty }, /^The Subject is empty/],
		['a long subject', { ...SAVE, subject: 'x'.repeat(81) }, /^Subject has 81 characters/],
		['no fallback', { ...SAVE, fallbackText: '' }, /^Fallback Text is empty/],
		['no slides', { ...SAVE, slides: {} }, /^The MMS has no slides/],
		[
			'nine slides',
			{ ...SAVE, slides: { slide: Array.from({ length: 9 }, () => ({ text: 'a' })) } },
			/^The MMS has 9 slides, and the maximum is 8/,
		],
		['an empty slide', { ...SAVE, ...slide({ duration: 5 }) }, /^Slide 1 is empty/],
		[
			'a long slide',
			{ ...SAVE, ...slide({ text: 'x'.repeat(5001) }) },
			/^Text of slide 1 has 5001/,
		],
		[
			'a video with an image',
			{ ...SAVE, ...slide({ videoUrl: fileUrl('a.mp4'), imageUrl: fileUrl('a.png') }) },
			/^Slide 1 has a video and an image/,
		],
		[
			'a video with a sound',
			{ ...SAVE, ...slide({ videoUrl: fileUrl('a.mp4'), audioUrl: fileUrl('a.mp3') }) },
			/^Slide 1 has a video and a sound/,
		],
		[
			'an incomplete URL',
			{ ...SAVE, ...slide({ imageUrl: 'a.png' }) },
			/^Image URL of slide 1 is "a.png"/,
		],
		[
			'a long duration',
			{ ...SAVE, ...slide({ text: 'a', duration: 31 }) },
			/^Duration \(Seconds\) of slide 1 is "31"/,
		],
		[
			'half a second',
			{ ...SAVE, ...slide({ text: 'a', duration: 0.5 }) },
			/^Duration \(Seconds\) of slide 1 is "0.5"/,
		],
		['no mobile', { ...SUBSCRIBE, mobile: empty }, /^The phone number is empty/],
		[
			'no campaign to unsubscribe from',
			{ ...UNSUBSCRIBE, campaignRef: empty },
			/^The Campaign Reference is empty/,
		],
		['no campaign name', { ...CREATE, campaignName: empty }, /^The Campaign Name is empty/],
		['no brand', { ...CREATE, brandName: ' ' }, /^The Brand Name is empty/],
	])('%s is rejected before any request', async (_what, parameters, message) => {
		const { error, json } = await run(parameters);
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(json).toEqual([]);
		expect(sandbox.requests.list({ provider: 'skycore' })).toEqual([]);
	});

	it('fails only its item, while the others are sent', async () => {
		const items = [
			{ to: HANDSET, text: 'one' },
			{ to: '12', text: 'two' },
			{ to: HANDSET, text: '' },
			{ to: '17575550162', text: 'four' },
			{ to: OTHER, text: 'five' },
		];
		setOutcome('17575550162', 'rejected');
		const parameters = { ...SEND, to: '={{ $json.to }}', message: '={{ $json.text }}' };
		const { json, items: out } = await run(parameters, { items, ...continueOnFail });
		expect(json).toMatchObject([
			{ status: 'queued', to: HANDSET },
			{ error: expect.stringMatching(/^"12" cannot be .* \[Item 1\]$/) },
			{ error: expect.stringMatching(/^The message is empty \[Item 2\]$/) },
			{ error: expect.stringMatching(/E110: .* \[Item 3\]$/) },
			{ status: 'queued', to: OTHER },
		]);
		expect(out.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(
			arrived()
				.map(({ text }) => text)
				.sort(),
		).toEqual(['five', 'one']);
	});

	it('may be a long text with Check Length off', async () => {
		const { json } = await run({ ...SEND, message: longText, options: { checkLength: false } });
		expect(json).toMatchObject([{ status: 'queued', segments: 2 }]);
		expect(arrived()[0].text).toBe(longText);
	});

	it('is not a text of 160 characters that are two code units each', async () => {
		const { error } = await run({ ...SEND, message: '😀'.repeat(160) });
		expect(error).toBeUndefined();
	});

	it('is not an empty fallback text with Disable Fallback SMS on', async () => {
		const options = { disableFallbackSms: true };
		const { json } = await run({ ...SAVE, fallbackText: '', options });
		expect(json).toMatchObject([{ mmsId: expect.any(String) }]);
	});

	it('is not a number without a country code if Default Country is set', async () => {
		const options = { defaultCountry: 'US' };
		await run({ ...SEND, to: '(757) 555-0142', options });
		expect(arrived(HANDSET)).toHaveLength(1);
	});
});

describe('a rejection with HTTP status 200', () => {
	it.each<[string, RunOptions['parameters'], string]>([
		['sender', { ...SEND, from: '99999' }, 'E111: Invalid shortcode'],
		['MMS', { ...SAVED, mmsId: '1' }, 'E241: This content does not exist'],
		['campaign', { ...GROUP, campaignRef: 'No' }, 'E721: Invalid campaignref'],
		['campaign to join', { ...SUBSCRIBE, campaignRef: 'No' }, 'E903: Invalid CAMPAIGNID'],
	])('of a wrong %s is an error with Skycore’s text', async (_what, parameters, text) => {
		const { error } = await run(parameters);
		expect(error?.message).toBe(`Skycore responded with ${text} [Item 0]`);
		expect(error?.httpCode).toBe(text.slice(0, 4));
		expect(error?.description).toMatch(/^Check /);
		expect(arrived()).toEqual([]);
	});

	it('of the only recipient is an error', async () => {
		setOutcome(HANDSET, 'optedOut');
		for (const parameters of [SEND, SAVED]) {
			const { error } = await run(parameters);
			expect(error?.message).toContain('E114: Phone number is blacklisted');
		}
	});

	it('of the key is an error of the credential that does not show the key', async () => {
		const wrong = 'not-the-key-of-this-account';
		for (const apiKey of [wrong, '']) {
			const { error } = await run(SEND, { apiKey });
			expect(error?.context?.kind).toBe('credential');
			expect(JSON.stringify(error)).not.toContain(wrong);
		}
	});

	it('that repeats the key is shown with a mask', async () => {
		rejectNext('E108', { info: `near <API_KEY>${ACCOUNT_KEY}</API_KEY>`.replace(/[<>]/g, '|') });
		const { error } = await run(SEND);
		expect(error?.message).toContain('near |API_KEY|***|');
		expect(JSON.stringify(error)).not.toContain(ACCOUNT_KEY);
	});
});

describe('a retry', () => {
	it.each<[string, RunOptions['parameters'], string]>([
		['E113', SEND, 'sendSMS'],
		['E626', SAVED, 'sendSavedMMS'],
		['E626', GROUP_MMS, 'sendMessageBySubscriberRef'],
		['E172', CREATE, 'createMMSCampaign'],
		['E113', MMS_LIST, 'getMmsIds'],
	])('is made after %s, as nothing was accepted', async (code, parameters, action) => {
		rejectNext(code, { calls: 2, action });
		const { error, json } = await withoutDelays(async () => await run(parameters));
		expect(error).toBeUndefined();
		expect(json.length).toBeGreaterThan(0);
		expect(countRequests(action)).toBe(3);
	});

	it('succeeds once a short encoding is complete', async () => {
		configure({ encodingMs: 4_000 });
		const video = { slides: { slide: [{ videoUrl: 'https://media.example.com/a.mp4' }] } };
		const { json } = await run({ ...SAVE, ...video });
		const { error } = await run({ ...SAVED, mmsId: String(json[0].mmsId) });
		expect(error).toBeUndefined();
		expect(arrived(HANDSET)).toHaveLength(1);
	});

	it('is not made after 30 seconds of waiting, which the error mentions', async () => {
		rejectNext('E626', { calls: 99 });
		const { error } = await withoutDelays(async () => await run(SAVED));
		expect(error?.message).toBe(
			'Skycore responded with E626: Content is unavailable, still encoding, try again later (after waiting 30 seconds) [Item 0]',
		);
		expect(error?.description).toContain('Media Ready');
		expect(countRequests('sendSavedMMS')).toBe(4);
	});

	it('is not made if the delay is longer than 30 seconds', async () => {
		rejectNext('E106', { info: 'API can be called only every 90 seconds' });
		const { error } = await run(SEND);
		expect(error?.message).toContain('try again in 90 seconds');
		expect(countRequests('sendSMS')).toBe(1);
	});

	it.each(['E120', 'E503', 'E713'])('of a send is not made after %s', async (code) => {
		rejectNext(code);
		const { error } = await run(SEND);
		expect(error?.message).toContain(code);
		expect(countRequests('sendSMS')).toBe(1);
	});

	it('of a look-up is not made after E120', async () => {
		rejectNext('E120');
		const { error } = await run(MMS_LIST);
		expect(error?.message).toContain('E120');
		expect(countRequests('getMmsIds')).toBe(1);
	});

	it('of a look-up is made after E503', async () => {
		rejectNext('E503', { calls: 2 });
		const { json } = await withoutDelays(async () => await run(MMS_LIST));
		expect(json).toEqual([{ provider: 'skycore', mmsId: '35674' }]);
	});
});

describe('a lost response', () => {
	const FAULTS = [
		['reset', { kind: 'reset' }, /broke before the complete response was received/],
		['truncated', { kind: 'truncate' }, /Expected a RESPONSE from Skycore, got HTTP 200/],
		[
			'broken',
			{ kind: 'truncate', broken: true },
			/broke before the complete response was received/,
		],
		['empty', { kind: 'empty' }, /got HTTP 200 with an empty body/],
		['an empty HTTP 500', { kind: 'empty', status: 500 }, /got HTTP 500 with an empty body/],
		['an HTML page', { kind: 'html' }, /got HTTP 502 with an HTML page: "Service Unavailable/],
	] as const;
	const SENDS: Array<[string, RunOptions['parameters'], string, string, number]> = [
		['a text', SEND, 'sendSMS', 'The message may have gone out', 1],
		['a group', GROUP, 'sendMessageBySubscriberRef', 'The message may have gone out', 2],
		['a saved MMS', SAVED, 'sendSavedMMS', 'The message may have gone out', 1],
		['saving an MMS', SAVE, 'saveMMS', 'The MMS may have been saved', 0],
		['creating a campaign', CREATE, 'createMMSCampaign', 'The campaign may have been created', 0],
		['subscribing', SUBSCRIBE, 'subscribe', 'The number may have been subscribed', 0],
	];

	it.each(
		SENDS.flatMap(([what, parameters, action, ambiguity, count]) =>
			FAULTS.map(
				([name, fault, reason]) =>
					[what, name, parameters, fault, action, reason, ambiguity, count] as const,
			),
		),
	)(
		'of %s (%s) is an error, and nothing is sent again',
		async (_what, _name, parameters, fault, action, reason, ambiguity, count) => {
			sandbox.faults.add({ ...fault, when: 'after', operation: action });
			const { error } = await run(parameters);
			expect(error?.message).toMatch(reason);
			expect(error?.message).toContain(ambiguity);
			expect(countRequests(action)).toBe(1);
			expect(arrived()).toHaveLength(count);
		},
	);

	it('may be E503, and nothing is sent again', async () => {
		rejectNext('E503', { accepted: true });
		const { error } = await run(SEND);
		expect(error?.message).toBe(
			'Skycore responded with E503: Internal error. The message may have gone out [Item 0]',
		);
		expect(arrived()).toHaveLength(1);
	});

	it.each<[string, RunOptions['parameters'], string]>([
		['a list of MMS', MMS_LIST, 'getMmsIds'],
		['a list of campaigns', CAMPAIGNS, 'getMmsCampaigns'],
		['an unsubscription', UNSUBSCRIBE, 'unsubscribe'],
	])('of %s is followed by a retry', async (_what, parameters, action) => {
		sandbox.faults.add({ kind: 'reset', operation: action, times: 2 });
		const { error, json } = await withoutDelays(async () => await run(parameters));
		expect(error).toBeUndefined();
		expect(json.length).toBeGreaterThan(0);
		expect(countRequests(action)).toBe(3);
	});

	it('of an unsubscription may show in the rejection of the retry', async () => {
		sandbox.faults.add({ kind: 'reset', when: 'after', operation: 'unsubscribe' });
		const { error } = await run(UNSUBSCRIBE);
		expect(error?.message).toContain('E905');
		expect(error?.description).toContain('may be unsubscribed already');
	});

	it.each([true, 'true'])(
		'of an unsubscription with Notify %j is not followed by a retry',
		async (notify) => {
			sandbox.faults.add({ kind: 'reset', when: 'after', operation: 'unsubscribe' });
			const { error } = await run({ ...UNSUBSCRIBE, options: { notify } });
			expect(error?.message).toContain('The number may have been unsubscribed');
			expect(countRequests('unsubscribe')).toBe(1);
		},
	);

	it('is certain to have sent nothing if there was no connection', async () => {
		const closed = await startSandbox();
		await closed.close();
		const baseUrl = `${closed.url}/skycore/API/wxml/1.3/index.php`;
		const credentials = { skycoreApi: { baseUrl, apiKey: ACCOUNT_KEY } };
		const { error } = await withoutDelays(async () => await run(SEND, { credentials }));
		expect(error?.message).toMatch(/^Could not connect to 127\.0\.0\.1/);
		expect(error?.description).toContain('Nothing was sent');
	});
});

describe('nobody is texted twice', () => {
	const items = Array.from({ length: 30 }, (_, index) => ({
		to: `+1757555${1000 + index}`,
	}));
	const SEND_EACH = { ...SEND, to: '={{ $json.to }}' };
	const counts = () => {
		const perNumber: Record<string, number> = {};
		for (const { handset } of arrived()) {
			const number = `+${handset}`;
			perNumber[number] = (perNumber[number] ?? 0) + 1;
		}
		return perNumber;
	};

	it('if the node is retried after one of its items failed', async () => {
		setOutcome(items[20].to, 'rejected');
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const { error } = await withoutDelays(
			async () => await run(SEND_EACH, { items, settings: settings as never }),
		);
		expect(error?.message).toContain('E110');
		expect(Math.max(...Object.values(counts()))).toBe(1);
		expect(
			sandbox.requests
				.list({ provider: 'skycore' })
				.filter(({ recipients }) => recipients.includes(onTheWire.skycore(items[20].to))),
		).toHaveLength(3);
	});

	it('if every third response is lost', async () => {
		sandbox.faults.add({
			kind: 'reset',
			when: 'after',
			operation: 'sendSMS',
			every: 3,
			times: 'always',
		});
		const settings = {
			onError: 'continueRegularOutput' as const,
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
		};
		const { json } = await withoutDelays(
			async () => await run(SEND_EACH, { items, settings: settings as never }),
		);
		expect(counts()).toEqual(Object.fromEntries(items.map(({ to }) => [to, 1])));
		expect(json.filter(({ error }) => String(error).includes('may have gone out'))).toHaveLength(
			10,
		);
		expect(countRequests('sendSMS')).toBe(30);
	});

	it('if a throughput limit rejects some of them', async () => {
		configure({ throughputPerSecond: 10 });
		const few = items.slice(0, 15);
		const { error, json } = await run(SEND_EACH, { items: few });
		expect(error).toBeUndefined();
		expect(json.map(({ to }) => to)).toEqual(few.map(({ to }) => to));
		expect(counts()).toEqual(Object.fromEntries(few.map(({ to }) => [to, 1])));
	});
});

describe('many items', () => {
	const items = Array.from({ length: 25 }, (_, index) => ({ to: `+1757555${1000 + index}` }));
	const SEND_EACH = { ...SEND, to: '={{ $json.to }}' };

	it.each([
		['five at a time', {}, 5],
		['as many at a time as Concurrency says', { concurrency: 2 }, 2],
	])('are sent %s, and are output in order', async (_what, options, maxInFlight) => {
		sandbox.faults.add({ kind: 'delay', ms: 20, times: 'always' });
		const { json } = await run({ ...SEND_EACH, options }, { items });
		expect(json.map(({ to }) => to)).toEqual(items.map(({ to }) => to));
		expect(sandbox.requests.summary().inFlight.skycore.max).toBe(maxInFlight);
	});
});

describe('the test of the credential', () => {
	const test = async (values: Record<string, string>) => {
		const context = new CredentialTestContext({} as IWorkflowExecuteAdditionalData);
		const data = { ...credential(), ...values };
		const decrypted = { id: '1', name: 'Skycore', type: 'skycoreApi', data };
		const { skycoreApiTest } = node.methods.credentialTest;
		return await skycoreApiTest.call(context, decrypted as ICredentialsDecrypted);
	};

	it('accepts a valid key', async () => {
		expect(await test({})).toEqual({ status: 'OK', message: 'Skycore knows this API key' });
		expect(countRequests('getMmsIds')).toBe(1);
	});

	it.each(['E200', 'E107'])('accepts a valid key that gets %s', async (code) => {
		rejectNext(code);
		expect((await test({})).status).toBe('OK');
	});

	it('rejects a wrong key, with advice and without showing the key', async () => {
		const { status, message } = await test({ apiKey: 'wrong-key-of-somebody' });
		expect(status).toBe('Error');
		expect(message).toMatch(/E104: User authentication failed\. Check the API Key/);
		expect(message).not.toContain('wrong-key-of-somebody');
	});

	it.each(['E100', 'E102', 'E105', 'E109', 'E112'])('rejects a key that gets %s', async (code) => {
		rejectNext(code);
		expect(await test({})).toMatchObject({
			status: 'Error',
			message: expect.stringContaining(code),
		});
	});

	it('rejects a URL that is not the API', async () => {
		const { status, message } = await test({ baseUrl: `${sandbox.url}/control/state` });
		expect([status, message]).toEqual(['Error', expect.stringContaining('Expected a RESPONSE')]);
	});

	it('rejects a Base URL that is not a web address', async () => {
		const { message } = await test({ baseUrl: 'secure.skycore.com' });
		expect(message).toContain('The Base URL "secure.skycore.com" of the credential is not a web');
	});

	it('fails if nothing listens at the Base URL', async () => {
		const closed = await startSandbox();
		await closed.close();
		const { status, message } = await withoutDelays(
			async () => await test({ baseUrl: `${closed.url}/skycore/API/wxml/1.3/index.php` }),
		);
		expect([status, message]).toEqual(['Error', expect.stringContaining('Could not connect')]);
	});
});

/** These come last, because the account stays slow for a while. */
describe('E106', () => {
	it('is followed by a retry after the seconds that it names', async () => {
		configure({ secondsBetweenCalls: 1 });
		const items = [{ to: HANDSET }, { to: OTHER }];
		const parameters = { ...SEND, to: '={{ $json.to }}', options: { concurrency: 1 } };
		const { json, error } = await run(parameters, { items });
		expect(error).toBeUndefined();
		expect(json.map(({ to }) => to)).toEqual([HANDSET, OTHER]);
		expect(arrived()).toHaveLength(2);
	});

	it('holds for the whole account, so every item is sent at any Concurrency', async () => {
		configure({ secondsBetweenCalls: 1 });
		const items = Array.from({ length: 12 }, (_, index) => ({ to: `+1757555${3100 + index}` }));
		const parameters = { ...SEND, to: '={{ $json.to }}', options: { concurrency: 5 } };
		const { json, error } = await run(parameters, { items });
		expect(error).toBeUndefined();
		expect(json.map(({ to }) => to)).toEqual(items.map(({ to }) => to));
		expect(arrived()).toHaveLength(12);
	});

	it('is a reason to retry a send, as nothing was accepted', async () => {
		rejectNext('E106', { calls: 2, action: 'sendMessageBySubscriberRef' });
		const { error } = await run(GROUP);
		expect(error).toBeUndefined();
		expect(countRequests('sendMessageBySubscriberRef')).toBe(3);
	});
});
