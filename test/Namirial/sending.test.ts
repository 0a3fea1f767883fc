import { getHealth } from '../../nodes/Namirial/api/health';
import { sendSms } from '../../nodes/Namirial/api/messages';
import { toNamirialNumber } from '../../nodes/Namirial/number';
import { failureOf } from '../engine/harness/canned';
import { QUEUED } from '../engine/harness/queued';
import { apiWith, bodyOf, ID } from './namirial';

const TO = '+393331112233';
const SMS = { to: TO, text: 'Door code 4471' } as const;
const ACCEPTED = { message: '0: Accepted for delivery', id: ID };
const accepting = () => apiWith(() => ({ status: 200, body: ACCEPTED }));
const rejecting = (status: number, body: string | object, type?: string) =>
	apiWith(() => ({ status, body, type }));

describe('a send request', () => {
	it('is the published sample', async () => {
		const { api, requests } = accepting();
		await sendSms(api, {
			...SMS,
			reference: { service: 'AUTHENTICATION', action: '2FA', key: 'order-9001' },
			detailed: true,
			statusUrl: 'https://hooks.example.org/namirial/a1b2',
		});
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			method: 'POST',
			url: 'https://gateway.example/api/Services/send',
			headers: {
				Accept: 'application/json',
				'Content-Type': 'application/json',
				Authorization: `Basic ${Buffer.from('ann:pässword:1', 'utf8').toString('base64')}`,
			},
		});
		expect(bodyOf(requests[0])).toEqual({
			destination: TO,
			text: 'Door code 4471',
			reference: { service: 'AUTHENTICATION', action: '2FA', key: 'order-9001' },
			detailed: true,
			webhook: {
				url: 'https://hooks.example.org/namirial/a1b2',
				authentication: { type: 'NONE' },
			},
		});
	});

	it('has no members for missing values', async () => {
		const { api, requests } = accepting();
		await sendSms(api, { ...SMS, detailed: false });
		expect(bodyOf(requests[0])).toEqual({ destination: TO, text: 'Door code 4471' });
	});

	it('contains the account and its registration authority for an administrator', async () => {
		const { api, requests } = accepting();
		const sms = { ...SMS, businessRelationId: 'br-7' };
		await sendSms(api, sms, { account: 'branch', lra: 12 });
		expect(requests[0].url).toBe('https://gateway.example/api/Admin/send');
		expect(bodyOf(requests[0])).toEqual({
			destination: TO,
			text: 'Door code 4471',
			account: 'branch',
			lra: 12,
			businessRelationId: 'br-7',
		});
	});

	it.each([
		['https://gateway.example'],
		['https://gateway.example/'],
		['https://gateway.example/api'],
		['https://gateway.example/api/ '],
	])('has one /api in its URL if the Base URL is "%s"', async (baseUrl) => {
		const gateway = { baseUrl, username: 'ann', password: 'secret' };
		const { api, requests } = apiWith(() => ({ status: 200, body: ACCEPTED }), { gateway });
		await sendSms(api, SMS);
		expect(requests[0].url).toBe('https://gateway.example/api/Services/send');
	});

	it('is not made if the Base URL is not a web address', async () => {
		const gateway = { baseUrl: 'sms.example', username: 'ann', password: 'secret' };
		const { api, requests } = apiWith(() => ({ status: 200, body: ACCEPTED }), { gateway });
		const { message } = await failureOf(sendSms(api, SMS));
		expect(message).toBe(
			'The Base URL "sms.example" of the Namirial SMS Gateway API credential is not a web address',
		);
		expect(requests).toEqual([]);
	});

	it('is not made if the username contains a colon, which Basic cannot encode', async () => {
		const gateway = { baseUrl: 'https://gateway.example', username: 'a:b', password: 'secret' };
		const { api, requests } = apiWith(() => ({ status: 200, body: ACCEPTED }), { gateway });
		expect((await failureOf(sendSms(api, SMS))).message).toContain('contains a colon');
		expect(requests).toEqual([]);
	});
});

describe('an acceptance', () => {
	it('is a queued message with the ID and the reference key', async () => {
		const { api } = accepting();
		const reference = { service: 'ECOMMERCE', key: 'order-1' };
		const { message, raw } = await sendSms(api, { ...SMS, reference });
		expect(message).toEqual({
			...QUEUED,
			provider: 'namirial',
			messageId: ID,
			referenceId: 'order-1',
			to: TO,
			providerStatus: 'accepted',
			segments: null,
			encoding: null,
		});
		expect(raw).toEqual(ACCEPTED);
	});

	it.each([
		['with the upstream provider', { ...ACCEPTED, provider: 'PROVIDER1' }, ID],
		['without an ID', { message: '0: Accepted for delivery' }, null],
		['with an empty ID', { message: '0: Accepted for delivery', id: '' }, null],
		['with only an ID', { id: ID }, ID],
	])('%s is accepted', async (_what, body, messageId) => {
		const { api } = apiWith(() => ({ status: 200, body }));
		const { message } = await sendSms(api, SMS);
		expect(message).toMatchObject({ messageId, status: 'queued' });
	});
});

describe('a rejection', () => {
	it.each([
		[8, 'Wrong number', 'rejected', 'the number cannot receive texts'],
		[56, 'Invalid number', 'rejected', 'the number is malformed'],
		[59, 'x', 'rejected', 'this Reference Service is unknown'],
		[61, 'x', 'rejected', 'a watchlist blocks this number'],
		[63, 'x', 'credential', 'the username or password is missing or wrong'],
		[66, 'x', 'rejected', 'the text is empty'],
		[74, 'x', 'rejected', 'the text contains a link that is not allowed'],
	])(
		'with code %i explains its meaning, and is not retried',
		async (code, words, kind, meaning) => {
			const { api, requests } = rejecting(500, { code, message: words, details: null });
			const failure = await failureOf(sendSms(api, SMS));
			expect(failure).toMatchObject({
				kind,
				code: String(code),
				message: `Namirial rejected the message with code ${code} "${words}": ${meaning}`,
			});
			expect(failure.description).toBeTruthy();
			expect(requests).toHaveLength(1);
		},
	);

	it('because of flooding says how long to wait, and is not retried', async () => {
		const { api, requests } = rejecting(500, { code: 60, message: 'Anti-flooding error' });
		const failure = await failureOf(sendSms(api, SMS));
		expect(failure).toMatchObject({ kind: 'rateLimited', code: '60', retryAfter: 3_600_000 });
		expect(failure.message).toBe(
			'Namirial rejected the message with code 60 "Anti-flooding error": too many messages were sent to this number within an hour (try again in 3600 seconds)',
		);
		expect(requests).toHaveLength(1);
	});

	it('with code 64, the transient one, is retried', async () => {
		let rejections = 2;
		const { api, requests } = apiWith(() =>
			rejections-- > 0
				? { status: 500, body: { code: 64, message: 'x', details: null } }
				: { status: 200, body: ACCEPTED },
		);
		expect((await sendSms(api, SMS)).message.messageId).toBe(ID);
		expect(requests).toHaveLength(3);
	});

	it('with an unlisted code contains the code, the message and the details', async () => {
		const { api } = rejecting(500, { code: 71, message: 'Quota', details: { left: 0 } });
		expect(await failureOf(sendSms(api, SMS))).toMatchObject({
			kind: 'rejected',
			code: '71',
			message: 'Namirial rejected the message with code 71 "Quota" ({"left":0})',
		});
	});

	it('may have no details and another HTTP status', async () => {
		const { api } = rejecting(401, { code: 63, message: 'Authentication error' });
		expect(await failureOf(sendSms(api, SMS))).toMatchObject({ kind: 'credential', code: '63' });
	});

	it.each([
		['in its message', { message: '8: Wrong number', id: ID }],
		['as under HTTP 500', { code: 8, message: 'Wrong number', details: null }],
	])('inside HTTP 200, with the code %s, is an error', async (_where, body) => {
		const { api } = rejecting(200, body);
		expect(await failureOf(sendSms(api, SMS))).toMatchObject({ kind: 'rejected', code: '8' });
	});

	it.each([[401], [403]])('by HTTP %i without a code is about the credential', async (status) => {
		const { api } = rejecting(status, '');
		expect(await failureOf(sendSms(api, SMS))).toMatchObject({
			kind: 'credential',
			message: `Namirial rejected the username and password of the Namirial SMS Gateway API credential (HTTP ${status})`,
		});
	});

	it('by HTTP 400 in an unknown form quotes the response', async () => {
		const { api } = rejecting(400, { message: 'Bad request: text is too long' });
		const failure = await failureOf(sendSms(api, SMS));
		expect(failure.kind).toBe('rejected');
		expect(failure.message).toContain('Bad request: text is too long');
	});
});

describe('a response that does not tell whether the message was accepted', () => {
	const UNCERTAIN: Array<[string, number, string | object, string?]> = [
		['HTTP 500 without a code', 500, { message: 'Internal error', details: null }],
		['HTTP 500 whose code is a text', 500, { code: 'E8', message: 'Wrong number' }],
		['HTTP 500 with a code and no message', 500, { code: 8 }],
		['HTTP 500 with the code 0', 500, { code: 0, message: 'x' }],
		['HTTP 500 whose message begins with a code', 500, { message: '8: Wrong number' }],
		['an error page', 500, '<html><body>Internal Server Error</body></html>', 'text/html'],
		['HTTP 502 without a body', 502, ''],
		['HTTP 503', 503, 'Service Unavailable', 'text/plain'],
		['HTTP 200 without a body', 200, ''],
		['HTTP 200 with a truncated body', 200, '{"message":"0: Acc'],
		['HTTP 200 with an error page', 200, '<!DOCTYPE html><p>Hello</p>', 'text/html'],
		['HTTP 200 with a list', 200, []],
		['HTTP 200 with an empty object', 200, {}],
	];
	it.each(UNCERTAIN.map(([what, ...response]) => [what, response] as const))(
		'%s: ambiguous, and not retried',
		async (_what, [status, body, type]) => {
			const { api, requests } = rejecting(status, body, type);
			const failure = await failureOf(sendSms(api, SMS));
			expect(failure.kind).toBe('ambiguous');
			expect(failure.message).toContain('The message may have gone out');
			expect(requests).toHaveLength(1);
		},
	);
});

describe('a number', () => {
	it.each([
		['+39 333 111 2233', undefined, '+393331112233'],
		['0039 (333) 111-2233', undefined, '+393331112233'],
		['333 111 2233', 'IT', '+393331112233'],
		['+1 (757) 544-9510', undefined, '+17575449510'],
	])('%s (%s) is sent as %s', (input, country, number) => {
		expect(toNamirialNumber(input, country)).toBe(number);
	});

	it.each([['12'], ['+39 12'], ['hello']])('"%s" is rejected', (input) => {
		expect(() => toNamirialNumber(input)).toThrow(`"${input}" cannot be a phone number`);
	});
});

describe('the health of the service', () => {
	const HEALTH = {
		globalStatus: true,
		dbStatus: true,
		servicesStatus: true,
		errorMessage: '',
		versionNumber: '27.1.0.2',
	};

	it('is requested with a POST without a body', async () => {
		const { api, requests } = apiWith(() => ({ status: 200, body: HEALTH }));
		expect(await getHealth(api, 'Services')).toEqual({
			healthy: true,
			database: true,
			services: true,
			errorMessage: null,
			version: '27.1.0.2',
			raw: HEALTH,
		});
		expect(requests[0]).toMatchObject({
			method: 'POST',
			url: 'https://gateway.example/api/Services/checkServiceStatus',
		});
		expect(requests[0].body).toBeUndefined();
	});

	it('is bad if globalStatus is false, in spite of HTTP 200', async () => {
		const body = { ...HEALTH, globalStatus: false, errorMessage: 'Database is down' };
		const { api } = apiWith(() => ({ status: 200, body }));
		expect(await getHealth(api, 'Admin')).toMatchObject({
			healthy: false,
			errorMessage: 'Database is down',
		});
	});

	it('is malformed if globalStatus is missing', async () => {
		const { api } = apiWith(() => ({ status: 200, body: {} }));
		expect((await failureOf(getHealth(api, 'Services'))).kind).toBe('malformed');
	});
});
