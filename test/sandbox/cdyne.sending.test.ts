import { startSandbox, type Sandbox } from '../../sandbox';
import { ACCOUNT, client, HANDSET, LONG_CODE } from './cdyne';

let sandbox: Sandbox;
let messaging: ReturnType<typeof client>;
let legacy: ReturnType<typeof client>;

beforeAll(async () => {
	// the clock only moves when a test advances it
	sandbox = await startSandbox({ clockScale: 0 });
	messaging = client(sandbox);
	legacy = client(sandbox, 'sms.svc');
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const simple = (changes: Record<string, string> = {}) => ({
	PhoneNumber: HANDSET,
	Message: 'Hi',
	LicenseKey: ACCOUNT,
	...changes,
});

const advanced = (request: Record<string, unknown> = {}, body: Record<string, unknown> = {}) => ({
	LicenseKey: ACCOUNT,
	SMSRequests: [{ Message: 'Hi', PhoneNumbers: [HANDSET], ...request }],
	...body,
});

const modern = (changes: Record<string, unknown> = {}) => ({
	LicenseKey: ACCOUNT,
	To: [HANDSET],
	Body: 'Hi',
	UseMMS: false,
	...changes,
});

describe('formats', () => {
	it('responds with JSON if Accept names it, members in alphabetical order, no ReferenceID', async () => {
		const { type, text, json } = await legacy.get('SimpleSMSsend', simple());
		expect(type).toBe('application/json; charset=utf-8');
		expect(text).toBe(
			`{"Cancelled":false,"MessageID":"${json.MessageID}","Queued":true,"SMSError":0,` +
				'"SMSIncomingMessages":null,"Sent":false,' +
				'"SentDateTime":"\\/Date(-62135578800000-0500)\\/"}',
		);
	});

	it('responds with XML otherwise, with enums as names and dates without a time zone', async () => {
		const { type, text } = await legacy.get('SimpleSMSsend', simple(), 'text/html,*/*;q=0.8');
		expect(type).toBe('application/xml; charset=utf-8');
		expect(text).toMatch(
			/^<SMSResponse xmlns="http:\/\/sms2.cdyne.com" xmlns:i="http:\/\/www.w3.org\/2001\/XMLSchema-instance">/,
		);
		expect(text).toContain('<SMSError>NoError</SMSError><SMSIncomingMessages i:nil="true"/>');
		expect(text).toContain('<SentDateTime>0001-01-01T00:00:00</SentDateTime>');
	});

	it('responds with XML even to a JSON body if Accept does not name JSON', async () => {
		const response = await fetch(`${sandbox.url}/cdyne/Messaging.svc/AdvancedSMSsend`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(advanced()),
		});
		expect(await response.text()).toMatch(/^<ArrayOfSMSResponse /);
	});

	it('can be set to respond with XML always', async () => {
		sandbox.configure('cdyne', { forceXml: true });
		expect((await messaging.get('SimpleSMSsend', simple())).text).toMatch(/^<SMSResponse /);
	});

	it('returns the time of sending shifted by the offset of its clock', async () => {
		const { json } = await legacy.get('SimpleSMSsend', simple());
		await sandbox.clock.advance();
		const id = { MessageID: json.MessageID };
		const { SentDateTime } = (await legacy.get('GetMessageStatus', id)).json;
		const [, ms, offset] = /^\/Date\((\d+)(-0500)\)\/$/.exec(SentDateTime)!;
		const utc = Number(ms) + (Number(offset) / 100) * 3_600_000;
		expect(Math.abs(utc - Date.now())).toBeLessThan(5_000);
		const xml = (await legacy.get('GetMessageStatus', id, 'text/xml')).text;
		const [, time] = /<SentDateTime>([^<Z]+)<\/SentDateTime>/.exec(xml)!;
		expect(new Date(`${time}Z`).getTime()).toBe(utc);
	});

	it('writes an empty list as a self-closing element', async () => {
		const key = { LicenseKey: ACCOUNT };
		expect((await messaging.get('GetUnreadIncomingMessages', key)).text).toBe('[]');
		expect((await messaging.get('GetUnreadIncomingMessages', key, '*/*')).text).toMatch(
			/^<ArrayOfSMSIncomingMessage [^>]*\/>$/,
		);
	});

	it('writes scalars without a wrapper', async () => {
		const id = { MessageID: '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31' };
		expect((await messaging.get('CancelMessage', id)).text).toBe('false');
		expect((await messaging.get('CancelMessage', id, '*/*')).text).toBe(
			'<boolean xmlns="http://schemas.microsoft.com/2003/10/Serialization/">false</boolean>',
		);
	});

	it('accepts paths and query names in any case, on both services and SecureREST', async () => {
		for (const service of ['SMS.svc', 'sms.svc/securerest', 'messaging.svc']) {
			const { json } = await client(sandbox, service).get('simpleSMSSEND', {
				phonenumber: HANDSET,
				MESSAGE: 'Hi',
				licensekey: ACCOUNT,
			});
			expect(json.SMSError).toBe(0);
		}
	});

	it('reads the documented XML body with its three namespaces', async () => {
		const { json } = await messaging.post(
			'AdvancedSMSsend',
			`<SMSAdvancedRequest xmlns="http://schemas.datacontract.org/2004/07/SmsWS">
			<Concatenate>false</Concatenate><IsUnicode>false</IsUnicode><LicenseKey>${ACCOUNT}</LicenseKey>
			<SMSRequests><SMSRequest xmlns="http://sms2.cdyne.com">
			<AssignedDID>17575550100</AssignedDID><Message>Tom &amp; Ann</Message>
			<PhoneNumbers><string xmlns="http://schemas.microsoft.com/2003/10/Serialization/Arrays">17575550142</string></PhoneNumbers>
			<ReferenceID>order-7</ReferenceID><ScheduledDateTime>2024-03-05T14:07:09.25Z</ScheduledDateTime>
			<StatusPostBackURL>https://example.org/pb</StatusPostBackURL>
			</SMSRequest></SMSRequests></SMSAdvancedRequest>`,
			'text/xml',
		);
		expect(json).toMatchObject([{ SMSError: 0, ReferenceID: 'order-7' }]);
		expect(sandbox.messages.list()).toMatchObject([{ from: LONG_CODE, text: 'Tom & Ann' }]);
	});

	it('ignores an XML member that is out of alphabetical order', async () => {
		const body = (members: string) =>
			`<OutgoingMessageRequest xmlns="http://sms2.cdyne.com">${members}</OutgoingMessageRequest>`;
		const to =
			'<To xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"><a:string>17575550142</a:string></To>';
		const key = `<LicenseKey>${ACCOUNT}</LicenseKey>`;
		const misplacedFrom = `<Body>Hi</Body>${key}<From>${LONG_CODE}</From>${to}<UseMMS>false</UseMMS>`;
		const { json } = await messaging.post('SendMessage', body(misplacedFrom), 'application/xml');
		expect(json).toMatchObject([{ MessageStatus: 201, From: '55512' }]);
		const misplacedKey = `<Body>Hi</Body>${to}${key}<UseMMS>false</UseMMS>`;
		expect((await messaging.post('SendMessage', body(misplacedKey), 'text/xml')).status).toBe(400);
	});
});

describe('invalid requests', () => {
	it.each([
		['broken JSON', '{"LicenseKey":', 'application/json'],
		['no body', '', 'application/json'],
		['a body of another type', 'LicenseKey=1', 'application/x-www-form-urlencoded'],
		['no license key', JSON.stringify({ To: [HANDSET], UseMMS: false }), 'application/json'],
		[
			'a license key that is not a GUID',
			JSON.stringify(modern({ LicenseKey: 'demo' })),
			'text/json',
		],
		['null for a flag', JSON.stringify(modern({ UseMMS: null })), 'application/json'],
		['no UseMMS', JSON.stringify(modern({ UseMMS: undefined })), 'application/json'],
		[
			'an ISO date in JSON',
			JSON.stringify(modern({ ScheduledDateTime: '2024-03-05T14:07:09Z' })),
			'application/json',
		],
		['XML of another namespace', '<OutgoingMessageRequest/>', 'text/xml'],
		['broken XML', '<OutgoingMessageRequest', 'text/xml'],
		['a DTD', '<!DOCTYPE x [<!ENTITY a "b">]><x/>', 'text/xml'],
	])('%s: 400 and an HTML page', async (_case, body, type) => {
		const response = await messaging.post('SendMessage', body, type);
		expect(response).toMatchObject({ status: 400, type: 'text/html; charset=UTF-8' });
		expect(response.text).toContain('Request Error');
		expect(sandbox.messages.list()).toEqual([]);
	});

	it('an invalid GUID in a query: 400', async () => {
		expect((await messaging.get('GetMessageStatus', { MessageID: '42' })).status).toBe(400);
	});

	it('an unknown path, or a newer operation on the older service: 404', async () => {
		const unknown = await messaging.get('SendFax', {});
		expect(unknown).toMatchObject({ status: 404, type: 'text/html; charset=UTF-8' });
		expect(unknown.text).toContain('Endpoint not found.');
		expect((await legacy.post('SendMessage', modern())).status).toBe(404);
	});

	it('the wrong HTTP method: 405', async () => {
		const response = await messaging.post('SimpleSMSsend', {});
		expect(response.status).toBe(405);
		expect(response.text).toContain('Method not allowed.');
	});
});

describe('rejections, all with HTTP 200', () => {
	const unknownKey = '11111111-2222-4333-8444-555555555555';
	const suspended = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a99';
	const local = '/Date(1709665629250-0500)/';

	it.each([
		['an unknown license key', {}, { LicenseKey: unknownKey }, 2],
		['a suspended account', {}, { LicenseKey: suspended }, 9],
		['a plus sign', { PhoneNumbers: ['+17575550142'] }, {}, 3],
		['a number with hyphens', { PhoneNumbers: ['757-555-0142'] }, {}, 3],
		['a number scripted as rejected', { PhoneNumbers: ['17575550162'] }, {}, 3],
		['no text', { Message: '' }, {}, 4],
		['a schedule that is not UTC', { ScheduledDateTime: local }, {}, 5],
		['a sender of another account', { AssignedDID: '17575559999' }, {}, 6],
		['a recipient who opted out', { PhoneNumbers: ['7575550164'] }, {}, 1],
	])('AdvancedSMSsend: %s', async (_case, request, body, error) => {
		const { status, json } = await messaging.post('AdvancedSMSsend', advanced(request, body));
		expect({ status, json }).toMatchObject({
			status: 200,
			json: [{ SMSError: error, Queued: false, Sent: false, SMSIncomingMessages: null }],
		});
		expect(sandbox.messages.list()).toEqual([]);
	});

	it.each([
		['an unknown license key', { LicenseKey: unknownKey }, 401],
		['a suspended account', { LicenseKey: suspended }, 402],
		['an impossible number', { To: ['+17575550142'] }, 406],
		['no text', { Body: '' }, 411],
		['a schedule that is not UTC', { ScheduledDateTime: local }, 405],
		['a sender of another account', { From: '17575559999' }, 400],
		['a recipient who opted out', { To: ['17575550164'] }, 403],
		['an MMS abroad', { To: ['0114915112345678'], UseMMS: true }, 406],
		['an unknown media id', { UseMMS: true, Attachments: ['10999'] }, 506],
	])('SendMessage: %s', async (_case, changes, status) => {
		const response = await messaging.post('SendMessage', modern(changes));
		expect(response.json).toMatchObject([
			{ MessageID: '00000000-0000-0000-0000-000000000000', MessageStatus: status },
		]);
	});

	it('the license key is checked before the number, and the number before the text', async () => {
		const wrong = { PhoneNumbers: ['1'], Message: '' };
		const wrongKey = await messaging.post(
			'AdvancedSMSsend',
			advanced(wrong, { LicenseKey: unknownKey }),
		);
		expect(wrongKey.json[0].SMSError).toBe(2);
		const { json } = await messaging.post('AdvancedSMSsend', advanced(wrong));
		expect(json[0].SMSError).toBe(3);
	});

	it('a rejected number has an empty id, a rejected key a new one', async () => {
		const number = await legacy.get('SimpleSMSsend', simple({ PhoneNumber: '12' }));
		expect(number.json.MessageID).toBe('00000000-0000-0000-0000-000000000000');
		const key = await legacy.get('SimpleSMSsend', simple({ LicenseKey: unknownKey }));
		expect(key.json.MessageID).not.toBe('00000000-0000-0000-0000-000000000000');
	});

	it('each recipient has a separate entry, in the order of the request', async () => {
		const numbers = ['7575550142', 'x', '0114915112345678'];
		const { json } = await messaging.post('AdvancedSMSsend', advanced({ PhoneNumbers: numbers }));
		expect(json.map((entry: { SMSError: number }) => entry.SMSError)).toEqual([0, 3, 0]);
		const newer = await messaging.post('SendMessage', modern({ To: numbers }));
		expect(newer.json).toMatchObject([
			{ To: '17575550142', MessageStatus: 201 },
			{ To: 'x', MessageStatus: 406 },
			{ To: '0114915112345678', MessageStatus: 201, From: LONG_CODE },
		]);
	});
});

describe('look-ups', () => {
	it('an unknown id is NotFound, and 404 in the newer operation', async () => {
		const id = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
		const older = await messaging.get('GetMessageStatus', { MessageID: id });
		expect(older.json.SMSError).toBe(7);
		const query = { LicenseKey: ACCOUNT, MessageId: id };
		const newer = await messaging.get('ReadMessageStatus', query);
		expect(newer.json.MessageStatus).toBe(404);
		const otherKey = { ...query, LicenseKey: '11111111-2222-4333-8444-555555555555' };
		const rejected = await messaging.get('ReadMessageStatus', otherKey);
		expect(rejected.json.MessageStatus).toBe(401);
	});

	it('returns every message with a reference, regardless of the send operation', async () => {
		await messaging.post('AdvancedSMSsend', advanced({ ReferenceID: 'order-7' }));
		await messaging.post('SendMessage', modern({ ReferenceID: 'order-7' }));
		const query = { LicenseKey: ACCOUNT, ReferenceID: 'order-7' };
		const { json } = await messaging.get('GetMessageStatusByReferenceID', query);
		expect(json).toMatchObject([{ ReferenceID: 'order-7' }, { ReferenceID: 'order-7' }]);
	});

	it('an unknown reference returns nothing, or a NotFound entry', async () => {
		const query = { LicenseKey: ACCOUNT, ReferenceID: 'order-8' };
		expect((await messaging.get('GetMessageStatusByReferenceID', query)).json).toEqual([]);
		sandbox.configure('cdyne', { unknownReference: 'notFound' });
		const { json } = await messaging.get('GetMessageStatusByReferenceID', query);
		expect(json).toMatchObject([{ SMSError: 7, ReferenceID: 'order-8' }]);
	});
});

describe('texts', () => {
	it('lose characters that GSM-7 cannot encode, unless they are flagged as Unicode', async () => {
		await messaging.post('AdvancedSMSsend', advanced({ Message: 'Ça va? €5 ✓' }));
		await messaging.post('AdvancedSMSsend', advanced({ Message: '✓' }, { IsUnicode: true }));
		expect(sandbox.messages.list().map(({ text }) => text)).toEqual(['Ça va? €5 ?', '✓']);
	});

	it.each([
		[160, false, false, 1],
		[161, false, false, 2],
		[306, false, true, 2],
		[307, false, true, 3],
		[71, true, false, 2],
		[135, true, true, 3],
	])('of %i characters (Unicode %s, concatenated %s) are %i messages', async (...parameters) => {
		const [length, IsUnicode, Concatenate, segments] = parameters;
		const body = { IsUnicode, Concatenate };
		await messaging.post('AdvancedSMSsend', advanced({ Message: 'x'.repeat(length) }, body));
		expect(sandbox.messages.list()[0].detail.segments).toBe(segments);
	});
});
