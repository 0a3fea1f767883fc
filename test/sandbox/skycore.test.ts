import { startSandbox, type Sandbox } from '../../sandbox';
import { ACCOUNT_KEY } from '../../sandbox/skycore/settings';
import { client, HANDSET, request, type ApiResponse } from './skycore';

let sandbox: Sandbox;
let skycore: ReturnType<typeof client>;

// tests advance the clock
beforeAll(async () => {
	sandbox = await startSandbox({ clockScale: 0 });
	skycore = client(sandbox);
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const configure = (changes: Record<string, unknown>) => sandbox.configure('skycore', changes);
const stored = () => sandbox.messages.list({ provider: 'skycore' });
const SMS = `<TO>${HANDSET}</TO><FROM>60856</FROM><TEXT>Hello Jerry, Greetings from Marc</TEXT>`;
const SMS_QUERY = { action: 'sendsms', to: HANDSET, from: '60856', text: 'Hello' };

function expectFailure(response: ApiResponse, code: string): void {
	expect([response.field('STATUS'), response.field('ERRORCODE')]).toEqual(['Failure', code]);
	expect(response.status).toBe(200);
	expect(stored()).toEqual([]);
}

describe('the request', () => {
	const document = request('sendSMS', SMS);
	const multipart = (name: string) => {
		const form = new FormData();
		form.set(name, document);
		return { method: 'POST', body: form };
	};
	const form = (name: string) => ({
		method: 'POST',
		body: new URLSearchParams({ [name]: document }),
	});
	const raw = (type: string, body = document) => ({
		method: 'POST',
		headers: { 'Content-Type': type },
		body,
	});

	it.each([
		['in the form field xml', form('xml')],
		['in the form field XML', form('XML')],
		['in a multipart field xml', multipart('xml')],
		['in a multipart field XML', multipart('XML')],
		['as the body, text/xml', raw('text/xml')],
		['as the body with the content type of a form', raw('application/x-www-form-urlencoded')],
		['as the body without a content type', { method: 'POST', body: Buffer.from(document) }],
		['with a prolog', raw('text/xml', `<?xml version="1.0" encoding="UTF-8"?>\n${document}`)],
		['with spaces around the action', raw('text/xml', request(' SENDsms ', SMS))],
	])('is read %s', async (_how, init) => {
		const response = await skycore.fetch(skycore.url, init);
		expect(response.field('STATUS')).toBe('Success');
		expect(stored()).toMatchObject([
			{ to: HANDSET, from: '60856', text: 'Hello Jerry, Greetings from Marc', status: 'queued' },
		]);
	});

	it('is read from a query, and without index.php', async () => {
		await skycore.get({ ...SMS_QUERY, text: 'Hello Jerry, Greetings from Marc' });
		const query = new URLSearchParams({ ...SMS_QUERY, api_key: ACCOUNT_KEY });
		await skycore.fetch(`${skycore.url.replace('index.php', '')}?${query}`);
		expect(stored().map(({ text }) => text)).toEqual(['Hello Jerry, Greetings from Marc', 'Hello']);
	});

	it('keeps entities, line breaks and white space of a text', async () => {
		await skycore.raw(
			request('sendSMS', SMS.replace(/Hello.*Marc/, '  1 &lt; 2 &amp;amp; &#233;\n ')),
		);
		expect(stored()[0].text).toBe('  1 < 2 &amp; é\n ');
	});

	it('gets an HTML page at another path, which is case-sensitive', async () => {
		const response = await skycore.fetch(skycore.url.replace('/API/', '/api/'), raw('text/xml'));
		expect([response.status, response.type]).toEqual([404, 'text/html; charset=UTF-8']);
	});

	it.each([
		['empty', '', 'E100'],
		['not XML', 'hello', 'E100'],
		['another root', '<request><ACTION>sendSMS</ACTION></request>', 'E100'],
		['unclosed', '<REQUEST><ACTION>sendSMS</REQUEST>', 'E108'],
		['two roots', '<REQUEST></REQUEST><REQUEST></REQUEST>', 'E108'],
		['an unescaped ampersand', request('sendSMS', '<TEXT>Fish & Chips</TEXT>'), 'E108'],
		['an entity of HTML', request('sendSMS', '<TEXT>&nbsp;</TEXT>'), 'E108'],
		['a control character', request('sendSMS', '<TEXT>\u0007</TEXT>'), 'E108'],
		['a document type', `<!DOCTYPE x>${request('sendSMS', SMS)}`, 'E108'],
		['no action', '<REQUEST><X>1</X></REQUEST>', 'E101'],
		['an action in lower case', '<REQUEST><action>sendSMS</action></REQUEST>', 'E101'],
		['an unknown action', request('sendFax', SMS), 'E101'],
		['an action of another product', request('createUser', ''), 'E107'],
		['no key', `<REQUEST><ACTION>sendSMS</ACTION>${SMS}</REQUEST>`, 'E102'],
		[
			'a user without password',
			'<REQUEST><ACTION>sendSMS</ACTION><USER>jo</USER></REQUEST>',
			'E103',
		],
		['a wrong key', request('sendSMS', SMS, ACCOUNT_KEY.toLowerCase()), 'E104'],
	])('is rejected: %s', async (_what, body, code) => {
		expectFailure(await skycore.raw(body), code);
	});

	it('has the published text for a missing action, including the leading space', async () => {
		expect((await skycore.get({})).field('ERRORINFO')).toBe(" 'action' required");
	});

	it('must have lower-case names in a query', async () => {
		expectFailure(await skycore.get({ ACTION: 'sendsms' }), 'E101');
	});
});

describe('the account', () => {
	it.each([
		[{ account: 'withoutRights' }, 'E105'],
		[{ account: 'notActivated' }, 'E109'],
		[{ ipAllowed: false }, 'E112'],
		[{ deniedActions: ['sendsms'] }, 'E107'],
	])('%j is rejected', async (changes, code) => {
		configure(changes);
		expectFailure(await skycore.call('sendSMS', SMS), code);
	});

	it('rejects the next calls as ordered, and counts down', async () => {
		const info = 'API can be called only every 3 seconds';
		configure({ refuseNext: [{ code: 'E106', calls: 2, action: 'sendSMS', info }] });
		expect((await skycore.call('getMmsIds', '')).field('STATUS')).toBe('Success');
		expect((await skycore.call('sendSMS', SMS)).field('ERRORINFO')).toBe(info);
		expectFailure(await skycore.call('sendSMS', SMS), 'E106');
		expect((await skycore.call('sendSMS', SMS)).field('STATUS')).toBe('Success');
	});

	it.each(['E106', 'E113', 'E120', 'E626', 'E713'])('can reject with %s', async (code) => {
		configure({ refuseNext: [{ code }] });
		expectFailure(await skycore.call('sendSMS', SMS), code);
	});

	it('can accept a message and respond with an internal error', async () => {
		configure({ refuseNext: [{ code: 'E503', accepted: true }] });
		expect((await skycore.call('sendSMS', SMS)).field('ERRORCODE')).toBe('E503');
		expect(stored()).toHaveLength(1);
	});

	it('rejects calls that are too soon, too many per second, or too many per day', async () => {
		const outcome = async () => (await skycore.call('sendSMS', SMS)).field('ERRORCODE') ?? 'ok';
		configure({ secondsBetweenCalls: 5 });
		expect([await outcome(), await outcome()]).toEqual(['ok', 'E106']);
		await sandbox.clock.advance(5_000);
		configure({ secondsBetweenCalls: 0, throughputPerSecond: 1 });
		expect([await outcome(), await outcome()]).toEqual(['ok', 'E113']);
		configure({ throughputPerSecond: 0, callsPerDay: 3 });
		expect([await outcome(), await outcome()]).toEqual(['ok', 'E120']);
	});

	it('delays instead of rejecting if the settings say so', async () => {
		configure({ throughputPerSecond: 1, throughputMode: 'delay' });
		await skycore.call('sendSMS', SMS);
		await skycore.call('sendSMS', SMS);
		await sandbox.clock.advance(sandbox.pace.sent);
		expect(stored().map(({ status }) => status)).toEqual(['sent', 'queued']);
	});
});

describe('sendSMS', () => {
	it('responds with status, tracking id and number only', async () => {
		const response = await skycore.call('sendSMS', SMS);
		expect(response.type).toBe('text/xml; charset=UTF-8');
		expect(response.text).toMatch(
			new RegExp(
				'^<\\?xml version="1.0" encoding="UTF-8"\\?><RESPONSE><STATUS>Success</STATUS>' +
					`<TRACKINGID>[A-Za-z]{6}-[A-Za-z]{4}-[A-Za-z]{3}</TRACKINGID><TO>${HANDSET}</TO></RESPONSE>$`,
			),
		);
	});

	it.each([
		['TO', '', 'E201'],
		['TO', '+17575550142', 'E110'],
		['TO', '0017575550142', 'E110'],
		['TO', '(757)-555-0142', 'E110'],
		['FROM', '', 'E111'],
		['FROM', '12345', 'E111'],
		['TEXT', '', 'E712'],
	])('rejects %s "%s"', async (field, value, code) => {
		const fields = SMS.replace(new RegExp(`(<${field}>)[^<]*`), `$1${value}`);
		expectFailure(await skycore.call('sendSMS', fields), code);
	});

	it('has the number last in a failure', async () => {
		const { text } = await skycore.call('sendSMS', SMS.replace('60856', '1'));
		expect(text).toContain(
			'<STATUS>Failure</STATUS><ERRORCODE>E111</ERRORCODE><ERRORINFO>Invalid shortcode</ERRORINFO>' +
				`<TO>${HANDSET}</TO>`,
		);
	});

	it('accepts a number with a plus if the settings say so', async () => {
		configure({ plusNumbers: 'clean' });
		const response = await skycore.call('sendSMS', SMS.replace(HANDSET, `+${HANDSET}`));
		expect(response.field('TO')).toBe(HANDSET);
	});

	it.each([
		['optedOut', 'E114'],
		['rejected', 'E110'],
	])('rejects a number with the outcome %s', async (outcome, code) => {
		sandbox.numbers.set(HANDSET, outcome);
		expectFailure(await skycore.call('sendSMS', SMS), code);
	});

	it('requires a campaign and a subscriber of it if the account enforces that', async () => {
		configure({ enforceCampaignCheck: true });
		expectFailure(await skycore.call('sendSMS', SMS), 'E714');
		const empty = `${SMS}<CAMPAIGNREF>Empty</CAMPAIGNREF>`;
		expectFailure(await skycore.call('sendSMS', empty), 'E715');
		const response = await skycore.call('sendSMS', `${SMS}<CAMPAIGNREF>Campaign123</CAMPAIGNREF>`);
		expect(response.field('STATUS')).toBe('Success');
	});

	it.each([
		['accept', 161],
		['cut', 160],
	])('with longText %s keeps %i of 161 characters', async (longText, length) => {
		configure({ longText });
		await skycore.call('sendSMS', SMS.replace(/Hello.*Marc/, 'x'.repeat(161)));
		expect(stored()[0].text).toHaveLength(length);
	});

	it('replaces the sender by the short code of the country, and masks it outside the USA', async () => {
		configure({ defaultSenders: { '44': '60300' } });
		const british = SMS.replace(HANDSET, '447700900123');
		await skycore.call('sendSMS', british);
		await skycore.call('sendSMS', `${british}<FROM_MASK>ExampleBrand</FROM_MASK>`);
		await skycore.call('sendSMS', `${SMS}<FROM_MASK>ExampleBrand</FROM_MASK>`);
		expect(stored().map(({ from }) => from)).toEqual(['60300', 'ExampleBran', '60856']);
	});

	it('can lose its response after the message was accepted', async () => {
		sandbox.faults.add({ kind: 'reset', provider: 'skycore', operation: 'sendSMS', when: 'after' });
		await expect(skycore.call('sendSMS', SMS)).rejects.toThrow();
		expect(stored()).toHaveLength(1);
	});
});

describe('sendMessageBySubscriberRef', () => {
	const group = (content: string, ref = 'ACCT-123232', campaign = 'Campaign123') =>
		`${content}<SUBSCRIBERREF>${ref}</SUBSCRIBERREF><CAMPAIGNREF>${campaign}</CAMPAIGNREF>`;
	const send = async (fields: string) => await skycore.call('sendMessageBySubscriberRef', fields);
	const TEXT = '<TEXT>Hi</TEXT>';

	it('responds with one SUBSCRIBER per number and no overall status', async () => {
		const response = await send(group('<MMSID>35674</MMSID>'));
		expect(response.text).toContain(
			'<RESPONSE><SUBSCRIBERREF>ACCT-123232</SUBSCRIBERREF><CAMPAIGNREF>Campaign123</CAMPAIGNREF><SUBSCRIBER><STATUS>',
		);
		expect(response.all('TO')).toEqual(['17575550142', '17575550143']);
		expect(response.all('FROM')).toEqual(['60856', '60856']);
		expect(response.field('STATUSDETAILS')).toBe('MMS request accepted and queued for delivery');
		const [first, second] = response.all('TRACKINGID').map((id) => id.split('-'));
		expect([second[0], second[2]]).toEqual([first[0], first[2]]);
		expect(second[1]).not.toBe(first[1]);
	});

	it('is read from a query', async () => {
		const response = await skycore.get({
			action: 'sendmessagebysubscriberref',
			subscriberref: 'ACCT-1',
			campaignref: 'Campaign123',
			text: 'Hi',
		});
		expect(response.all('SUBSCRIBER')).toHaveLength(1);
	});

	it.each([
		['E719', group(TEXT, '', '')],
		['E718', group('', 'ACCT-1', '')],
		['E717', group(`${TEXT}<MMSID>1</MMSID>`, 'ACCT-1', 'Nowhere')],
		['E716', group('', 'ACCT-1', 'Nowhere')],
		['E721', group('<MMSID>1</MMSID>', 'ACCT-1', 'Nowhere')],
		['E241', group('<MMSID>1</MMSID>', 'ACCT-0')],
		['E720', group(TEXT, 'ACCT-0')],
	])('rejects in this order: %s', async (code, fields) => {
		expectFailure(await send(fields), code);
	});

	it('has a number in the published failure', async () => {
		const response = await send(group(`${TEXT}<MMSID>35674</MMSID>`));
		expect(response.field('TO')).toBe('17575550142');
		expect(response.field('ERRORINFO')).toBe('Either MMSID or SMS Text is allowed not both');
	});

	it('mixes outcomes for hundreds of numbers', async () => {
		const mobiles = Array.from({ length: 250 }, (_, index) => String(17575551000 + index));
		configure({
			subscribers: mobiles.map((mobile) => ({
				campaignRef: 'Campaign123',
				subscriberRef: 'ACCT-250',
				mobile,
			})),
		});
		mobiles.slice(100, 120).forEach((mobile) => sandbox.numbers.set(mobile, 'optedOut'));
		const response = await send(group(TEXT, 'ACCT-250'));
		expect(response.all('TO')).toEqual(mobiles);
		const failed = response
			.all('SUBSCRIBER')
			.filter((subscriber) => subscriber.includes('Failure'));
		expect(failed).toHaveLength(20);
		expect(failed[0]).toBe(
			'<STATUS>Failure</STATUS><ERRORCODE>E114</ERRORCODE><TO>17575551100</TO>' +
				'<ERRORINFO>Phone number is blacklisted, request rejected</ERRORINFO>',
		);
		expect(new Set(response.all('TRACKINGID')).size).toBe(230);
		expect(stored()).toHaveLength(230);
	});

	it('can omit the status of a failed SUBSCRIBER, or every SUBSCRIBER', async () => {
		sandbox.numbers.set('17575550144', 'optedOut');
		configure({ failedSubscriberStatus: false, emptyGroup: 'empty' });
		const failed = await send(group(TEXT, 'ACCT-1'));
		expect(failed.field('SUBSCRIBER')).toMatch(/^<ERRORCODE>E114/);
		const none = await send(group(TEXT, 'ACCT-0'));
		expect(none.text).toMatch(/<\/CAMPAIGNREF><\/RESPONSE>$/);
	});
});

describe('the response', () => {
	it('is formatted according to the settings', async () => {
		configure({ answerType: '', answerProlog: false, answerPretty: true, answerStatus: 500 });
		const response = await skycore.call('getMmsIds', '');
		expect([response.status, response.type]).toEqual([500, null]);
		expect(response.text).toBe(
			'<RESPONSE>\n\t<STATUS>Success</STATUS>\n\t<MMSIDS>35674</MMSIDS>\n</RESPONSE>',
		);
	});

	it('can be an HTML page although the call was processed', async () => {
		configure({ answerHtml: true });
		const response = await skycore.call('sendSMS', SMS);
		expect(response.status).toBe(500);
		expect(response.text).toMatch(/^<!DOCTYPE html>/);
		expect(stored()).toHaveLength(1);
	});

	it('can have tracking ids in Base64', async () => {
		configure({ trackingIds: 'base64' });
		const id = (await skycore.call('sendSMS', SMS)).field('TRACKINGID')!;
		expect(id).toMatch(/==$/);
		expect(Buffer.from(id, 'base64').toString()).toMatch(/^SMS_\d{6}$/);
	});
});

describe('MMS', () => {
	const IMAGE = '<IMAGE><URL>https://example.com/a.png</URL></IMAGE>';
	const VIDEO = '<VIDEO><URL>https://example.com/a.mp4?x=1</URL></VIDEO>';
	const AUDIO = '<AUDIO><URL>https://example.com/a.mp3</URL></AUDIO>';
	const slide = (content: string) => `<SLIDE>${content}</SLIDE>`;
	const saved = (slides: string, head = '<NAME>N</NAME><SUBJECT>S</SUBJECT>') =>
		`${head}<FALLBACKSMSTEXT>F</FALLBACKSMSTEXT>${slides}`;
	const mms = (id: string, more = '') =>
		`<MMSID>${id}</MMSID><TO>${HANDSET}</TO><FROM>60856</FROM>${more}`;

	it('is sent with its texts and merge values', async () => {
		const data = '<DATA><FIRST_NAME>Jerry</FIRST_NAME></DATA>';
		const response = await skycore.call('sendSavedMMS', mms('35674', data));
		expect(response.text).toMatch(
			/<STATUS>Success<\/STATUS><MMSID>35674<\/MMSID><TRACKINGID>[^<]+<\/TRACKINGID><TO>17575550142<\/TO><FROM>60856<\/FROM><STATUSDETAILS>MMS request accepted/,
		);
		await skycore.get({
			action: 'sendsavedmms',
			mmsid: '35674',
			to: HANDSET,
			from: '60856',
			customtext_1: 'Other {$AGE|young}',
			data_age: '7',
		});
		expect(stored()).toMatchObject([
			{ kind: 'mms', text: 'Hello Jerry', mediaUrls: ['https://media.example.com/welcome.png'] },
			{ kind: 'mms', text: 'Other 7' },
		]);
	});

	it.each([
		['E620', mms('')],
		['E621', mms('35674').replace(HANDSET, '')],
		['E623', mms('35674').replace(HANDSET, Array(101).fill(HANDSET).join(','))],
		['E241', mms('1')],
		['E111', mms('35674').replace('60856', '1')],
		['E622', mms('35674', '<FALLBACKSMSTEXT></FALLBACKSMSTEXT>')],
		['E110', mms('35674').replace(HANDSET, `${HANDSET},${HANDSET}`)],
		['E110', mms('35674').replace(HANDSET, '12').replace('60856', '1')],
	])('is rejected with %s', async (code, fields) => {
		expectFailure(await skycore.call('sendSavedMMS', fields), code);
	});

	it('can be sent to a list as in 2013, in which a failed recipient has no status', async () => {
		configure({ recipientLists: true });
		const response = await skycore.call(
			'sendSavedMMS',
			mms('35674').replace(HANDSET, `${HANDSET},12`),
		);
		expect(response.all('SENDING')[1]).toBe(
			'<ERRORCODE>E110</ERRORCODE><TO>12</TO><ERRORINFO>Invalid receiver number</ERRORINFO>',
		);
	});

	it('with video cannot be sent before it is encoded', async () => {
		const id = (await skycore.call('saveMMS', saved(slide(VIDEO)))).field('MMSID')!;
		expectFailure(await skycore.call('sendSavedMMS', mms(id)), 'E626');
		await sandbox.clock.advance(3_000);
		const response = await skycore.call('sendSavedMMS', mms(id));
		expect(response.field('STATUS')).toBe('Success');
		expect((await skycore.call('getmmsids', '')).field('MMSIDS')).toBe(`35674,${id}`);
	});

	it('cannot be sent if its encoding failed', async () => {
		configure({ encodingFails: true });
		const id = (await skycore.call('saveMMS', saved(slide(AUDIO)))).field('MMSID')!;
		await sandbox.clock.advance(3_000);
		expectFailure(await skycore.call('sendSavedMMS', mms(id)), 'E629');
	});

	it('can also be saved with the old nesting', async () => {
		const nested = `<CONTENT><NAME>N</NAME><SEQUENCE>${slide(IMAGE)}</SEQUENCE></CONTENT>`;
		const response = await skycore.call('saveMMS', saved(nested, '<SUBJECT>S</SUBJECT>'));
		expect(response.field('STATUS')).toBe('Success');
	});

	it.each([
		['E311', saved(slide(IMAGE), '<SUBJECT>S</SUBJECT>')],
		['E312', saved('')],
		['E313', saved('<SLIDE></SLIDE>')],
		['E314', saved(slide(IMAGE), '<NAME>N</NAME>')],
		['E622', `<NAME>N</NAME><SUBJECT>S</SUBJECT>${slide(IMAGE)}`],
		['E223', saved(slide('<PDF><URL>https://a/b</URL></PDF><ICAL><URL>https://a/b</URL></ICAL>'))],
		['E224', saved(slide(`${IMAGE}<PDF><URL>https://a/b.pdf</URL></PDF>`))],
		['E225', saved(slide(IMAGE).repeat(9))],
		['E226', saved(slide(AUDIO + VIDEO))],
		['E227', saved(slide(IMAGE + VIDEO))],
		['E228', saved(slide(`<TEXT>${'x'.repeat(5_001)}</TEXT>`))],
		['E228', saved(slide(IMAGE), `<NAME>N</NAME><SUBJECT>${'x'.repeat(81)}</SUBJECT>`)],
		['E229', saved(slide('<IMAGE><URL>https://example.com/a.tiff</URL></IMAGE>'))],
		['E230', saved(slide(`${IMAGE}<DURATION>long</DURATION>`))],
		['E351', saved(slide('<IMAGE><URL>/a.png</URL></IMAGE>'))],
	])('is not saved: %s', async (code, fields) => {
		expectFailure(await skycore.call('saveMMS', fields), code);
	});

	it('can have the older error codes', async () => {
		configure({ saveCodes: 'E301' });
		expectFailure(await skycore.call('saveMMS', saved('')), 'E302');
	});
});

describe('campaigns', () => {
	const subscription = (mobile: string, ref = 'Campaign123', more = '') =>
		`<CAMPAIGNREF>${ref}</CAMPAIGNREF><MOBILE>${mobile}</MOBILE>${more}`;

	it('are listed and created', async () => {
		const created = await skycore.call(
			'createMMSCampaign',
			'<CAMPAIGNNAME>Sale</CAMPAIGNNAME><BRANDNAME>B</BRANDNAME>',
		);
		expect(created.text).toMatch(
			/<STATUS>Success<\/STATUS><CAMPAIGNID>\d+<\/CAMPAIGNID><CAMPAIGNNAME>Sale<\/CAMPAIGNNAME><BRANDNAME>B</,
		);
		const response = await skycore.call('getMmsCampaigns', '');
		expect(response.all('NAME')).toEqual(['News', 'Nobody yet', 'Sale']);
		expect(response.field('CAMPAIGN')).toBe('<ID>1301</ID><NAME>News</NAME>');
	});

	it('are a failure if there are none', async () => {
		configure({ campaigns: [] });
		expectFailure(await skycore.call('getMmsCampaigns', ''), 'E405');
	});

	it.each([
		['E170', '<BRANDNAME>B</BRANDNAME>'],
		['E171', '<CAMPAIGNNAME>C</CAMPAIGNNAME>'],
	])('are not created without a required field: %s', async (code, fields) => {
		expectFailure(await skycore.call('createMMSCampaign', fields), code);
	});

	it('can be subscribed to with a reference, and unsubscribed from', async () => {
		const ref = '<SUBSCRIBERREF>ACCT-9</SUBSCRIBERREF>';
		const response = await skycore.call(
			'subscribe',
			subscription('17575550199', 'Campaign123', ref),
		);
		expect(response.text).toContain(
			'<STATUS>Success</STATUS><CAMPAIGNREF>Campaign123</CAMPAIGNREF><MOBILE>17575550199</MOBILE>' +
				'<SUBSCRIBERREF>ACCT-9</SUBSCRIBERREF>',
		);
		const group = `${ref}<CAMPAIGNREF>Campaign123</CAMPAIGNREF><TEXT>Hi</TEXT>`;
		const sent = await skycore.call('sendMessageBySubscriberRef', group);
		expect(sent.all('TO')).toEqual(['17575550199']);
		const unsubscribed = await skycore.call('unsubscribe', subscription('17575550199'));
		expect(unsubscribed.field('MOBILE')).toBe('17575550199');
		const rejected = await skycore.call('sendMessageBySubscriberRef', group);
		expect(rejected.field('ERRORCODE')).toBe('E720');
	});

	it.each([
		['subscribe', '<CAMPAIGNREF>Campaign123</CAMPAIGNREF>', 'E901'],
		['subscribe', `<MOBILE>${HANDSET}</MOBILE>`, 'E902'],
		['subscribe', subscription(HANDSET, 'Nowhere'), 'E903'],
		['subscribe', subscription('+1'), 'E904'],
		['unsubscribe', subscription('17575550199'), 'E905'],
	])('reject %s %s', async (action, fields, code) => {
		expectFailure(await skycore.call(action, fields), code);
	});

	it('cannot be subscribed to again after STOP', async () => {
		await sandbox.simulators.get('skycore')!.reply!({ from: HANDSET, text: 'Stop ' });
		const rejected = await skycore.call('subscribe', subscription(HANDSET));
		expect(rejected.field('ERRORCODE')).toBe('E904');
		expect(rejected.field('CAMPAIGNREF')).toBe('Campaign123');
		configure({ resubscribeSelfOptedOut: true });
		expect((await skycore.call('subscribe', subscription(HANDSET))).field('STATUS')).toBe(
			'Success',
		);
	});
});
