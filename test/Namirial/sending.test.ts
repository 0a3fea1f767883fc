import { getHealth } from '../../nodes/Namirial/api/health';
import { sendSms } from '../../nodes/Namirial/api/messages';
import { toNamirialNumber } from '../../nodes/Namirial/number';
import { failureOf } from '../shared/canned';
import { QUEUED } from '../shared/queued';
import { apiWith, bodyOf, ID } from './namirial';

const TO = '+393331112233';
const SMS = { to: TO, text: 'Door code 4471' } as const;
const ACCEPTED = { message: '0: Accepted for delivery', id: ID };
const accepting = () => apiWith(() => ({ status: 200, body: ACCEPTED }));
const refusing = (status: number, body: string | object, type?: string) =>
	apiWith(() => ({ status, body, type }));

describe('what goes out', () => {
	it('is the sample of the reference', async () => {
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

	it('has no key for what was not given', async () => {
		const { api, requests } = accepting();
		await sendSms(api, { ...SMS, detailed: false });
		expect(bodyOf(requests[0])).toEqual({ destination: TO, text: 'Door code 4471' });
	});

	it('names the account and its registration authority for an administrator', async () => {
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
	])('has one /api in its address where the Base URL is "%s"', async (baseUrl) => {
		const gateway = { baseUrl, username: 'ann', password: 'secret' };
		const { api, requests } = apiWith(() => ({ status: 200, body: ACCEPTED }), { gateway });
		await sendSms(api, SMS);
		expect(requests[0].url).toBe('https://gateway.example/api/Services/send');
	});

	it('is nothing where the Base URL is no web address', async () => {
		const gateway = { baseUrl: 'sms.example', username: 'ann', password: 'secret' };
		const { api, requests } = apiWith(() => ({ status: 200, body: ACCEPTED }), { gateway });
		const { message } = await failureOf(sendSms(api, SMS));
		expect(message).toBe(
			'The Base URL "sms.example" of the Namirial SMS Gateway API credential is not a web address',
		);
		expect(requests).toEqual([]);
	});

	it('is nothing where the username has a colon, which Basic cannot carry', async () => {
		const gateway = { baseUrl: 'https://gateway.example', username: 'a:b', password: 'secret' };
		const { api, requests } = apiWith(() => ({ status: 200, body: ACCEPTED }), { gateway });
		expect((await failureOf(sendSms(api, SMS))).message).toContain('has a colon in it');
		expect(requests).toEqual([]);
	});
});

describe('an acceptance', () => {
	it('is a queued message with the id and the reference key', async () => {
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
		['without an id', { message: '0: Accepted for delivery' }, null],
		['with an empty id', { message: '0: Accepted for delivery', id: '' }, null],
		['with an id alone', { id: ID }, ID],
	])('%s is one too', async (_what, body, messageId) => {
		const { api } = apiWith(() => ({ status: 200, body }));
		const { message } = await sendSms(api, SMS);
		expect(message).toMatchObject({ messageId, status: 'queued' });
	});
});

describe('a refusal', () => {
	it.each([
		[8, 'Wrong number', 'rejected', 'the number cannot receive texts'],
		[56, 'Invalid number', 'rejected', 'the number is malformed'],
		[59, 'x', 'rejected', 'it does not know this reference service'],
		[61, 'x', 'rejected', 'a watchlist blocks this number'],
		[63, 'x', 'credential', 'the username or password is missing or wrong'],
		[66, 'x', 'rejected', 'the text is empty'],
		[74, 'x', 'rejected', 'the text holds a link that is not allowed'],
	])('with code %i says what it means, and is not repeated', async (code, words, kind, meaning) => {
		const { api, requests } = refusing(500, { code, message: words, details: null });
		const failure = await failureOf(sendSms(api, SMS));
		expect(failure).toMatchObject({
			kind,
			code: String(code),
			message: `Namirial refused the message with code ${code} "${words}": ${meaning}`,
		});
		expect(failure.description).toBeTruthy();
		expect(requests).toHaveLength(1);
	});

	it('for flooding names the hour to wait, and is not repeated', async () => {
		const { api, requests } = refusing(500, { code: 60, message: 'Anti-flooding error' });
		const failure = await failureOf(sendSms(api, SMS));
		expect(failure).toMatchObject({ kind: 'rateLimited', code: '60', retryAfter: 3_600_000 });
		expect(failure.message).toBe(
			'Namirial refused the message with code 60 "Anti-flooding error": too many messages went to this number within an hour (try again in 3600 seconds)',
		);
		expect(requests).toHaveLength(1);
	});

	it('with code 64, the transient one, is repeated until it is over', async () => {
		let left = 2;
		const { api, requests } = apiWith(() =>
			left-- > 0
				? { status: 500, body: { code: 64, message: 'x', details: null } }
				: { status: 200, body: ACCEPTED },
		);
		expect((await sendSms(api, SMS)).message.messageId).toBe(ID);
		expect(requests).toHaveLength(3);
	});

	it('with a code on no list keeps the words and the code', async () => {
		const { api } = refusing(500, { code: 71, message: 'Quota', details: { left: 0 } });
		expect(await failureOf(sendSms(api, SMS))).toMatchObject({
			kind: 'rejected',
			code: '71',
			message: 'Namirial refused the message with code 71 "Quota" ({"left":0})',
		});
	});

	it('may come without details, and under another HTTP status', async () => {
		const { api } = refusing(401, { code: 63, message: 'Authentication error' });
		expect(await failureOf(sendSms(api, SMS))).toMatchObject({ kind: 'credential', code: '63' });
	});

	it.each([
		['in its message', { message: '8: Wrong number', id: ID }],
		['as under HTTP 500', { code: 8, message: 'Wrong number', details: null }],
	])('inside HTTP 200, with the code %s, is an error', async (_where, body) => {
		const { api } = refusing(200, body);
		expect(await failureOf(sendSms(api, SMS))).toMatchObject({ kind: 'rejected', code: '8' });
	});

	it.each([[401], [403]])('by HTTP %i alone is about the credential', async (status) => {
		const { api } = refusing(status, '');
		expect(await failureOf(sendSms(api, SMS))).toMatchObject({
			kind: 'credential',
			message: `Namirial refused the username and password of the Namirial SMS Gateway API credential (HTTP ${status})`,
		});
	});

	it('by HTTP 400 of another form shows what came', async () => {
		const { api } = refusing(400, { message: 'Bad request: text is too long' });
		const failure = await failureOf(sendSms(api, SMS));
		expect(failure.kind).toBe('rejected');
		expect(failure.message).toContain('Bad request: text is too long');
	});
});

describe('an answer from which nobody can tell whether the message went out', () => {
	const ODD: Array<[string, number, string | object, string?]> = [
		['HTTP 500 without a code', 500, { message: 'Internal error', details: null }],
		['HTTP 500 whose code is a word', 500, { code: 'E8', message: 'Wrong number' }],
		['HTTP 500 with a code and no words', 500, { code: 8 }],
		['HTTP 500 that says 0', 500, { code: 0, message: 'x' }],
		['HTTP 500 whose message begins with a code', 500, { message: '8: Wrong number' }],
		['an error page', 500, '<html><body>Internal Server Error</body></html>', 'text/html'],
		['HTTP 502 with nothing', 502, ''],
		['HTTP 503', 503, 'Service Unavailable', 'text/plain'],
		['HTTP 200 with nothing', 200, ''],
		['HTTP 200 that is cut off', 200, '{"message":"0: Acc'],
		['HTTP 200 with an error page', 200, '<!DOCTYPE html><p>Hello</p>', 'text/html'],
		['HTTP 200 with a list', 200, []],
		['HTTP 200 with an empty object', 200, {}],
	];
	it.each(ODD.map(([what, ...answer]) => [what, answer] as const))(
		'%s: ambiguous, and never repeated',
		async (_what, [status, body, type]) => {
			const { api, requests } = refusing(status, body, type);
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
	])('%s, read in %s, goes out as %s', (input, country, number) => {
		expect(toNamirialNumber(input, country)).toBe(number);
	});

	it.each([['12'], ['+39 12'], ['hello']])('"%s" is refused', (input) => {
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

	it('is asked for by a POST without a body', async () => {
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

	it('is bad where globalStatus says so, in spite of HTTP 200', async () => {
		const body = { ...HEALTH, globalStatus: false, errorMessage: 'Database is down' };
		const { api } = apiWith(() => ({ status: 200, body }));
		expect(await getHealth(api, 'Admin')).toMatchObject({
			healthy: false,
			errorMessage: 'Database is down',
		});
	});

	it('is not guessed where globalStatus is missing', async () => {
		const { api } = apiWith(() => ({ status: 200, body: {} }));
		expect((await failureOf(getHealth(api, 'Services'))).kind).toBe('malformed');
	});
});
