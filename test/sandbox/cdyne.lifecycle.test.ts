import { startSandbox, type Sandbox } from '../../sandbox';
import { ACCOUNT, client, HANDSET, LONG_CODE, receiver, until } from './cdyne';

let sandbox: Sandbox;
let messaging: ReturnType<typeof client>;
let inbox: Awaited<ReturnType<typeof receiver>>;

beforeAll(async () => {
	sandbox = await startSandbox({ clockScale: 0 });
	messaging = client(sandbox);
});
beforeEach(async () => {
	sandbox.reset();
	inbox = await receiver();
});
afterEach(() => inbox.close());
afterAll(async () => await sandbox.close());

async function send(request: Record<string, unknown> = {}) {
	const { json } = await messaging.post('AdvancedSMSsend', {
		LicenseKey: ACCOUNT,
		SMSRequests: [
			{
				Message: 'Hi',
				PhoneNumbers: [HANDSET],
				ReferenceID: 'order-7',
				StatusPostBackURL: inbox.url,
				...request,
			},
		],
	});
	return json[0].MessageID as string;
}

async function bodies(count: number): Promise<string[]> {
	await until(() => inbox.received.length >= count);
	return inbox.received.map(({ body }) => body);
}

const fields = (body: string) => Object.fromEntries(new URLSearchParams(body));
const status = async (id: string) =>
	(await messaging.get('GetMessageStatus', { MessageID: id })).json;

describe('the lifecycle of a message', () => {
	it('is queued, then sent; the replies are null at first, then a list', async () => {
		const id = await send();
		expect(await status(id)).toMatchObject({
			Queued: true,
			Sent: false,
			SMSIncomingMessages: null,
		});
		await sandbox.clock.advance();
		expect(await status(id)).toMatchObject({
			Queued: false,
			Sent: true,
			SMSIncomingMessages: [],
		});
	});

	it('sends a postback with the headers of the real service when it is sent', async () => {
		const id = await send();
		await sandbox.clock.advance(sandbox.pace.sent);
		const [body] = await bodies(1);
		expect(body).toMatch(
			new RegExp(
				`^SMSSent=1&MessageID=${id}&ReferenceID=order-7&FromPhoneNumber=55512` +
					`&ToPhoneNumber=${HANDSET}&SentTime=\\d+%2f\\d+%2f\\d{4}\\+\\d+%3a\\d\\d%3a\\d\\d\\+[AP]M$`,
			),
		);
		const { headers, rawHeaders } = inbox.received[0];
		expect(headers).toMatchObject({
			'content-type': 'application/x-www-form-urlencoded',
			'user-agent': 'CDYNE SMSv2',
			expect: '100-continue',
			'content-length': String(body.length),
		});
		expect(rawHeaders).not.toContain('Accept');
	});

	it('of a short code continues with receipts of carrier and handset, with unencoded text', async () => {
		await send();
		await sandbox.clock.advance();
		const receipts = (await bodies(3)).filter((body) => body.startsWith('DeliveryReceipt=1'));
		expect(receipts.map((body) => fields(body).Code).sort()).toEqual(['000', '003']);
		expect(receipts.find((body) => body.endsWith('&Code=000'))).toMatch(
			/&DeliveryReceiptMessage=id:185 sub:001 dlvrd:001 submit date:\d{10} done date:\d{10} stat:DELIVRD err:000 text:&Code=000$/,
		);
	});

	it('can have receipts with encoded text', async () => {
		sandbox.configure('cdyne', { encodeReceiptText: true });
		await send();
		await sandbox.clock.advance();
		const body = (await bodies(3)).find((text) => text.endsWith('&Code=000'));
		expect(body).toContain('DeliveryReceiptMessage=id%3a185+sub%3a001');
	});

	it('of a long code ends when it is sent', async () => {
		await send({ AssignedDID: LONG_CODE });
		await sandbox.clock.advance();
		expect((await bodies(1)).map((body) => body.split('&')[0])).toEqual(['SMSSent=1']);
		expect(sandbox.messages.list()[0].status).toBe('sent');
	});

	it.each([
		['17575550161', '024'],
		['17575550166', '005'],
	])('to %s ends with the receipt %s', async (number, code) => {
		sandbox.numbers.set('17575550166', '005');
		await send({ PhoneNumbers: [number] });
		await sandbox.clock.advance();
		const codes = (await bodies(3)).map((body) => fields(body).Code);
		expect(codes).toContain(code);
		expect(sandbox.messages.list()[0].status).toBe('undelivered');
	});

	it('to a landline is rejected three times and then cancelled', async () => {
		const id = await send({ PhoneNumbers: ['17575550163'] });
		await sandbox.clock.advance();
		expect((await bodies(3)).map((body) => fields(body).SMSSent)).toEqual(['0', '0', '0']);
		expect(await status(id)).toMatchObject({ Cancelled: true, Sent: false });
		const query = { LicenseKey: ACCOUNT, MessageId: id };
		expect((await messaging.get('ReadMessageStatus', query)).json.MessageStatus).toBe(507);
	});

	it('that the carrier does not route is sent again from a long code, with its id in the receipt', async () => {
		sandbox.numbers.set(HANDSET, '091');
		await send();
		await sandbox.clock.advance();
		const receipt = (await bodies(3)).find((body) => body.includes('Code=091'))!;
		const [, backup] = sandbox.messages.list();
		expect(fields(receipt).BackupMessageID).toBe(backup.id);
		expect(backup.from).toBe(LONG_CODE);
	});

	it('that is scheduled can be cancelled once, and is then never sent', async () => {
		const later = `/Date(${Date.now() + 3_600_000})/`;
		const id = await send({ ScheduledDateTime: later });
		expect(await status(id)).toMatchObject({ Queued: false, Sent: false, Cancelled: false });
		expect((await messaging.get('CancelMessage', { MessageID: id })).json).toBe(true);
		expect((await messaging.get('CancelMessage', { MessageID: id })).json).toBe(false);
		expect(await status(id)).toMatchObject({ Cancelled: true, SMSError: 0 });
		await sandbox.clock.advance();
		expect(inbox.received).toEqual([]);
	});

	it('that is scheduled is sent at that time', async () => {
		await send({ ScheduledDateTime: `/Date(${Date.now() + 3_600_000})/` });
		await sandbox.clock.advance(3_500_000);
		expect(sandbox.messages.list()[0].status).toBe('scheduled');
		await sandbox.clock.advance();
		expect(sandbox.messages.list()[0].status).toBe('delivered');
	});

	it('cannot be cancelled once it is queued', async () => {
		const id = await send();
		expect((await messaging.post('CancelMessage', JSON.stringify(id))).json).toBe(false);
	});
});

describe('replies from the handset', () => {
	const reply = async (text: string, more: object = {}) =>
		await sandbox.simulators.get('cdyne')!.reply!({ from: `+${HANDSET}`, text, ...more });

	it('are matched to the last message and posted to its address', async () => {
		const id = await send();
		await sandbox.clock.advance(sandbox.pace.sent);
		await bodies(1);
		const { id: replyId } = await reply('Yes please & thank you');
		const body = (await bodies(2))[1];
		expect(body).toContain('&Message=Yes+please+%26+thank+you');
		expect(fields(body)).toMatchObject({
			SMSResponse: '1',
			MessageID: replyId,
			MatchedMessageID: id,
			ReferenceID: 'order-7',
			FromPhoneNumber: HANDSET,
			ToPhoneNumber: '55512',
		});
		expect((await status(id)).SMSIncomingMessages).toMatchObject([
			{ IncomingMessageID: replyId, MatchedMessageID: id, Message: 'Yes please & thank you' },
		]);
	});

	it('are returned as unread only once', async () => {
		await reply('Hello?', { to: LONG_CODE });
		const key = { LicenseKey: ACCOUNT };
		const { json } = await messaging.get('GetUnreadIncomingMessages', key);
		expect(json).toMatchObject([
			{ Message: 'Hello?', MatchedMessageID: '00000000-0000-0000-0000-000000000000' },
		]);
		expect((await messaging.get('GetUnreadIncomingMessages', key)).json).toEqual([]);
		const unread = { LicenseKey: ACCOUNT, UnreadMessagesOnly: true };
		expect((await messaging.post('ReadIncomingMessages', unread)).json).toEqual([]);
		const all = await messaging.post('ReadIncomingMessages', { LicenseKey: ACCOUNT });
		expect(all.json).toMatchObject([{ Payload: 'Hello?', Udh: null, Attachments: null }]);
	});

	it('that are long are split into fragments with a concatenation header', async () => {
		await reply('x'.repeat(320), { to: LONG_CODE });
		const { json } = await messaging.post('ReadIncomingMessages', { LicenseKey: ACCOUNT });
		expect(json.map((entry: { Payload: string }) => entry.Payload.length)).toEqual([153, 153, 14]);
		expect(json.map((entry: { Udh: number[] }) => entry.Udh.slice(4))).toEqual([
			[3, 1],
			[3, 2],
			[3, 3],
		]);
	});

	it('can be filtered and read page by page', async () => {
		const id = await send();
		await sandbox.clock.advance();
		for (const text of ['one', 'two', 'three']) await reply(text);
		await reply('elsewhere', { to: LONG_CODE });
		const criteria = { LicenseKey: ACCOUNT, OutgoingMessageID: id, PageSize: 2, PageNumber: 2 };
		const { json } = await messaging.post('ReadIncomingMessages', criteria);
		expect(json).toMatchObject([{ Payload: 'three', OutgoingMessageID: id }]);
		const byReference = { LicenseKey: ACCOUNT, ReferenceID: 'order-7' };
		expect((await messaging.post('ReadIncomingMessages', byReference)).json).toHaveLength(3);
	});

	it('STOP blocks the handset for the license key until RESUME', async () => {
		await send();
		await sandbox.clock.advance();
		await reply(' stop ');
		const { json } = await messaging.get('GetUnsubscribedNumbers', { LicenseKey: ACCOUNT });
		expect(json).toMatchObject([{ PhoneNumber: HANDSET }]);
		const simple = { PhoneNumber: HANDSET, Message: 'Hi', LicenseKey: ACCOUNT };
		expect((await messaging.get('SimpleSMSsend', simple)).json.SMSError).toBe(1);
		await reply('RESUME');
		expect((await messaging.get('SimpleSMSsend', simple)).json.SMSError).toBe(0);
	});

	it('HELP gets an automatic reply', async () => {
		await reply('help', { to: LONG_CODE });
		expect(sandbox.messages.list({ direction: 'out' })).toMatchObject([
			{ to: HANDSET, from: LONG_CODE, status: 'delivered' },
		]);
	});

	it('without a valid recipient are rejected with a readable error', async () => {
		await expect(reply('Hi')).rejects.toThrow('Nobody has sent a text to this handset');
		await expect(reply('Hi', { to: '12' })).rejects.toThrow("not one of the account's numbers");
	});
});

describe('pictures', () => {
	const picture = 'iVBORw0KGgo=';

	it('that were uploaded are sent with an MMS, whose receipts have the newer texts', async () => {
		const upload = { LicenseKey: ACCOUNT, Filename: 'cat.png', Base64EncodedContent: picture };
		const created = await messaging.post('CreateMediaFromContent', upload);
		expect(created.json).toMatchObject({ MediaId: 10_000, MimeType: 'image/png', FileSize: 8 });
		const { json } = await messaging.post('SendMessage', {
			LicenseKey: ACCOUNT,
			To: [HANDSET],
			UseMMS: true,
			Attachments: ['10000'],
			PostbackUrl: inbox.url,
		});
		expect(json).toMatchObject([{ Attachments: '10000', MessageStatus: 201 }]);
		await sandbox.clock.advance();
		const posted = (await bodies(3)).map(fields);
		expect(posted.find((body) => 'MMSSent' in body)).toMatchObject({ MMSSent: '1' });
		expect(posted.find((body) => body.Code === '000')).toMatchObject({
			DeliveryReceiptMessage: 'DeliveredToDevice',
		});
	});

	it('can be looked up, fetched and removed', async () => {
		const upload = { LicenseKey: ACCOUNT, Filename: 'cat.png', Base64EncodedContent: picture };
		await messaging.post('CreateMediaFromContent', upload);
		const media = { LicenseKey: ACCOUNT, MediaId: '10000' };
		expect((await messaging.get('GetMedia', media)).json).toBe(picture);
		const criteria = { LicenseKey: ACCOUNT, FilenamePattern: 'c*', FileType: '.png' };
		const { json } = await messaging.post('GetMediaInfo', criteria);
		expect(json).toMatchObject({ Media: [{ MediaId: 10_000, FileName: 'cat.png' }] });
		expect((await messaging.get('RemoveMedia', media)).json).toBe(true);
		expect((await messaging.get('RemoveMedia', media)).json).toBe(false);
		expect((await messaging.get('GetMedia', media)).json).toBeNull();
	});

	it('sent by the handset have an id, which is not in the postback', async () => {
		const received = await sandbox.simulators.get('cdyne')!.reply!({
			from: HANDSET,
			to: LONG_CODE,
			text: 'Look',
			mediaUrls: [`data:image/png;base64,${picture}`],
		});
		const criteria = { LicenseKey: ACCOUNT, IncomingMessageId: received.id };
		const { json } = await messaging.post('GetMediaInfo', criteria);
		expect(json.Media).toMatchObject([{ MediaId: 10_000, MimeType: 'image/png' }]);
		const read = { LicenseKey: ACCOUNT, IncomingMessageID: received.id };
		const incoming = await messaging.post('ReadIncomingMessages', read);
		expect(incoming.json).toMatchObject([{ Attachments: [10_000] }]);
	});
});

describe('keywords', () => {
	const call = async (operation: string, Keyword: string, ShortCode = '55512') =>
		(
			await messaging.post(operation, {
				LicenseKey: ACCOUNT,
				SMSKeywords: [{ Keyword, ShortCode }],
			})
		).json;

	it('are assigned to a short code once, listed and removed', async () => {
		expect(await call('AssignKeyword', 'PIZZA')).toMatchObject({
			ReturnCode: 0,
			SMSKeyword: [{ ReturnCode: 1, Keyword: 'PIZZA', ShortCode: '55512' }],
		});
		expect((await call('AssignKeyword', 'pizza')).SMSKeyword[0].ReturnCode).toBe(2);
		const { json } = await messaging.get('GetKeywords', { LicenseKey: ACCOUNT });
		expect(json).toMatchObject({ SMSKeyword: [{ Keyword: 'PIZZA', ReturnCode: 0 }] });
		expect((await call('RemoveKeyword', 'PIZZA')).SMSKeyword[0].ReturnCode).toBe(7);
		expect((await call('RemoveKeyword', 'PIZZA')).SMSKeyword[0].ReturnCode).toBe(8);
	});

	it.each([
		['STOP', '55512', 5],
		['ab', '55512', 5],
		['PIZZA', '12345', 3],
		['PIZZA', LONG_CODE, 6],
	])('%s on %s: %i, although the response as a whole is NoError', async (word, shortCode, code) => {
		expect(await call('AssignKeyword', word, shortCode)).toMatchObject({
			ReturnCode: 0,
			SMSKeyword: [{ ReturnCode: code }],
		});
	});

	it('with an unknown license key: 4', async () => {
		const key = { LicenseKey: '11111111-2222-4333-8444-555555555555' };
		expect((await messaging.get('GetKeywords', key)).json.ReturnCode).toBe(4);
		const xml = (await messaging.get('GetKeywords', key, '*/*')).text;
		expect(xml).toContain('<ReturnCode>LicenseKeyInvalid</ReturnCode>');
	});
});

describe('addresses of the license key and its numbers', () => {
	const set = async (operation: string, query: Record<string, string>) =>
		(await messaging.get(operation, { LicenseKey: ACCOUNT, ...query })).json;
	const settings = async () =>
		(await messaging.get('GetPostbackSettingsForLicenseKey', { LicenseKey: ACCOUNT })).json;

	it('are set per type and have no effect until they are enabled', async () => {
		expect(await set('SetPostbackUrlForLicenseKey', { PostBackType: '2', Url: inbox.url })).toBe(0);
		expect(await settings()).toEqual([
			{
				Country: 'US',
				PhoneNumber: null,
				PostbackEnabled: false,
				PostbackType: 2,
				PostbackUrl: inbox.url,
				ReturnCode: 0,
			},
		]);
		const reply = { from: HANDSET, to: LONG_CODE, text: 'Hello?' };
		await sandbox.simulators.get('cdyne')!.reply!(reply);
		expect(sandbox.postbacks.list()).toEqual([]);
		const enable = { PostbackType: 'IncomingMessage', Enabled: 'true' };
		expect(await set('SetPostbackEnabledForLicenseKey', enable)).toBe(0);
		await sandbox.simulators.get('cdyne')!.reply!(reply);
		expect(fields((await bodies(1))[0])).toMatchObject({
			SMSResponse: '1',
			MatchedMessageID: '00000000-0000-0000-0000-000000000000',
			ReferenceID: '',
		});
	});

	it('All means all three types; the response is a single enum value, in XML too', async () => {
		const query = { LicenseKey: ACCOUNT, PostBackType: 'All', Url: inbox.url };
		const { text } = await messaging.get('SetPostbackUrlForLicenseKey', query, '*/*');
		expect(text).toBe(
			'<SMSPostbackReturnCode xmlns="http://sms2.cdyne.com">NoError</SMSPostbackReturnCode>',
		);
		expect(await settings()).toHaveLength(3);
	});

	it("a number's address overrides the key's, and the message's overrides both", async () => {
		const number = { PhoneNumber: LONG_CODE, Country: 'US' };
		const all = { PostbackType: '0', Enabled: 'true' };
		await set('SetPostbackUrlForLicenseKey', { PostBackType: '0', Url: `${inbox.url}/key` });
		await set('SetPostbackEnabledForLicenseKey', all);
		const url = { PostBackType: '0', Url: `${inbox.url}/number` };
		expect(await set('SetPostbackUrlForPhoneNumber', { ...number, ...url })).toBe(0);
		expect(await set('SetPostbackEnabledForPhoneNumber', { ...number, ...all })).toBe(0);
		await send({ AssignedDID: LONG_CODE });
		await send({ AssignedDID: LONG_CODE, StatusPostBackURL: null });
		await send({ AssignedDID: '55512', StatusPostBackURL: '' });
		await sandbox.clock.advance(sandbox.pace.sent);
		expect(sandbox.postbacks.list().map((postback) => postback.url)).toEqual([
			inbox.url,
			`${inbox.url}/number`,
			`${inbox.url}/key`,
		]);
	});

	it.each([
		['a wrong key', { LicenseKey: '11111111-2222-4333-8444-555555555555' }, 1],
		['an invalid address', { Url: 'n8n' }, 2],
		['an invalid type', { PostBackType: '9' }, 4],
	])('%s is rejected', async (_case, changes, code) => {
		const query = { PostBackType: '1', Url: inbox.url, ...changes };
		expect(await set('SetPostbackUrlForLicenseKey', query)).toBe(code);
	});

	it.each([
		['an invalid number', { PhoneNumber: 'x', Country: 'US' }, 3],
		["somebody else's number", { PhoneNumber: '17575559999', Country: 'US' }, 5],
		['no country', { PhoneNumber: LONG_CODE }, 6],
	])('%s is rejected', async (_case, scope, code) => {
		const query = { PostBackType: '1', Url: inbox.url };
		const result = await set('SetPostbackUrlForPhoneNumber', { ...query, ...(scope as object) });
		expect(result).toBe(code);
	});
});
