import type { Api } from '../../../nodes/Namirial/api/connection';
import { sendSms } from '../../../nodes/Namirial/api/messages';
import type { Outcome } from '../../../nodes/shared/model/outcome';
import { canned, failureOf } from '../../engine/harness/canned';
import { QUEUED } from '../../engine/harness/queued';
import { apiWith, bodyOf, ID } from '../namirial';

/** Sending a text: the request, and what a response states about the message. */

const GATEWAY = { baseUrl: 'https://gateway.example', username: 'ann', password: 'secret' };
const TO = '+393331112233';
const SMS = { to: TO, text: 'Hi' } as const;
const ACCEPTED = { message: '0: Accepted for delivery', id: ID };
const accepting = () => apiWith(() => ({ status: 200, body: ACCEPTED }));

function respondingWith(body: unknown, status = 200) {
	const { http, requests } = canned([body], status);
	return { api: { http, gateway: GATEWAY } as unknown as Api, requests };
}

/** The outcome of a send with a response, and the number of requests. */
async function sent(status: number, body: string | object, type?: string) {
	jest.useFakeTimers();
	const { api, requests } = apiWith(() => ({ status, body, type }));
	const sending = sendSms(api, SMS);
	await jest.advanceTimersByTimeAsync(60_000);
	jest.useRealTimers();
	return { outcome: await sending, requests: requests.length };
}

function failureIn(outcome: Outcome) {
	if (!('failure' in outcome)) throw new Error(outcome.kind);
	return outcome.failure;
}

describe('a text', () => {
	it('is sent with the kind of a send', async () => {
		const { api, requests } = respondingWith({ message: '0: ok', id: 'm1' });
		await sendSms(api, SMS);
		expect(requests).toEqual([
			{
				kind: 'send',
				refusesWith5xx: true,
				method: 'POST',
				url: 'https://gateway.example/api/Services/send',
				headers: {
					Accept: 'application/json',
					Authorization: 'Basic YW5uOnNlY3JldA==',
					'Content-Type': 'application/json',
				},
				body: '{"destination":"+393331112233","text":"Hi"}',
			},
		]);
	});

	it.each([
		[{ account: 'branch' }, { account: 'branch' }],
		[
			{ account: 'branch', lra: 0 },
			{ account: 'branch', lra: 0 },
		],
	])('on behalf of %j contains only that', async (onBehalf, members) => {
		const { api, requests } = respondingWith({ message: '0: ok' });
		await sendSms(api, SMS, onBehalf);
		expect(requests[0].url).toBe('https://gateway.example/api/Admin/send');
		expect(JSON.parse(String(requests[0].body))).toEqual({
			destination: SMS.to,
			text: 'Hi',
			...members,
		});
	});

	it('without a key in its reference has no reference ID', async () => {
		const { api, requests } = respondingWith({ message: '0: ok', id: 'm1' });
		const outcome = await sendSms(api, { ...SMS, reference: { service: 'S' } });
		expect(outcome).toMatchObject({
			kind: 'accepted',
			outputs: [
				{
					json: { messageId: 'm1', referenceId: null, to: SMS.to },
					raw: { message: '0: ok', id: 'm1' },
				},
			],
		});
		expect(JSON.parse(String(requests[0].body))).toMatchObject({ reference: { service: 'S' } });
	});
});

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
			text: 'Hi',
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
		expect(bodyOf(requests[0])).toEqual({ destination: TO, text: 'Hi' });
	});

	it('contains the account and its registration authority for an administrator', async () => {
		const { api, requests } = accepting();
		const sms = { ...SMS, businessRelationId: 'br-7' };
		await sendSms(api, sms, { account: 'branch', lra: 12 });
		expect(requests[0].url).toBe('https://gateway.example/api/Admin/send');
		expect(bodyOf(requests[0])).toEqual({
			destination: TO,
			text: 'Hi',
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
		const reference = { service: 'ECOMMERCE', key: 'order-1' };
		const json = {
			...QUEUED,
			provider: 'namirial',
			messageId: ID,
			referenceId: 'order-1',
			to: TO,
			providerStatus: 'accepted',
			segments: 1,
			encoding: 'GSM-7',
		};
		const outcome = await sendSms(accepting().api, { ...SMS, reference });
		expect(outcome).toEqual({ kind: 'accepted', outputs: [{ json, raw: ACCEPTED }] });
	});

	it.each<[string, object, string | null]>([
		['with the upstream provider', { ...ACCEPTED, provider: 'PROVIDER1' }, ID],
		['with only an ID', { id: ID }, ID],
		['with an ID and other words', { message: 'ok', id: ID }, ID],
		['with an empty ID', { message: '0: Accepted for delivery', id: '' }, null],
		['beside the code of a rejection', { ...ACCEPTED, code: 8 }, ID],
		['beside the code of a rejection, without an ID', { message: '0: ok', code: 8 }, null],
	])('%s is accepted', async (_, body, messageId) => {
		const { outcome, requests } = await sent(200, body);
		expect(outcome).toMatchObject({
			kind: 'accepted',
			outputs: [{ json: { messageId, status: 'queued' }, raw: body }],
		});
		expect(requests).toBe(1);
	});

	it.each(['0', '0:', ' 0: ok', '00: ok', '0 : ok', '0  ', '  0  : ok'])(
		'with the message "%s" needs no ID, but warns about it',
		async (message) => {
			const warning = expect.stringContaining('It may have been discarded.');
			expect((await sent(200, { message })).outcome).toMatchObject({
				kind: 'accepted',
				outputs: [{ json: { messageId: null, status: 'queued', warning } }],
			});
		},
	);

	it('with an ID has no warning', async () => {
		const { outcome } = await sent(200, ACCEPTED);
		expect(JSON.stringify(outcome)).not.toContain('warning');
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
		'with code %i under HTTP 500 is refused with its meaning, and not retried',
		async (code, message, kind, meaning) => {
			const { outcome, requests } = await sent(500, { code, message, details: null });
			expect(outcome.kind).toBe('refused');
			expect(failureIn(outcome)).toMatchObject({
				kind,
				code: String(code),
				message: `Namirial rejected the message with code ${code} "${message}": ${meaning}`,
				description: expect.stringMatching(/./),
				nothingAccepted: true,
			});
			expect(requests).toBe(1);
		},
	);

	it('because of flooding says how long to wait, and is not retried', async () => {
		const { outcome, requests } = await sent(500, { code: 60, message: 'Anti-flooding error' });
		expect(outcome).toMatchObject({
			kind: 'refused',
			failure: {
				kind: 'rateLimited',
				code: '60',
				retryAfter: 3_600_000,
				message:
					'Namirial rejected the message with code 60 "Anti-flooding error": too many messages were sent to this number within an hour (try again in 3600 seconds)',
			},
		});
		expect(requests).toBe(1);
	});

	it('with code 64, the transient one, is retried', async () => {
		let rejections = 2;
		const { api, requests } = apiWith(() =>
			rejections-- > 0
				? { status: 500, body: { code: 64, message: 'x', details: null } }
				: { status: 200, body: ACCEPTED },
		);
		expect(await sendSms(api, SMS)).toMatchObject({
			kind: 'accepted',
			outputs: [{ json: { messageId: ID } }],
		});
		expect(requests).toHaveLength(3);
	});

	it('with code 64 is refused in the end', async () => {
		const { outcome, requests } = await sent(500, { code: 64, message: 'x' });
		expect(outcome).toMatchObject({ kind: 'refused', failure: { code: '64' } });
		expect(requests).toBe(4);
	});

	it.each([200, 500])(
		'with an unlisted code under HTTP %i is unknown, with the code, the message and the details',
		async (status) => {
			const body = { code: 71, message: 'Quota', details: { left: 0 } };
			const { outcome, requests } = await sent(status, body);
			expect(outcome).toMatchObject({
				kind: 'unknown',
				failure: {
					code: '71',
					message: 'Namirial rejected the message with code 71 "Quota" ({"left":0})',
					nothingAccepted: false,
				},
			});
			expect(requests).toBe(1);
		},
	);

	it.each([
		['in its message', { message: '8: Wrong number' }],
		['as under HTTP 500', { code: 8, message: 'Wrong number', details: null }],
	])('inside HTTP 200, with the code %s, is refused', async (_where, body) => {
		const { outcome } = await sent(200, body);
		expect(outcome).toMatchObject({ kind: 'refused', failure: { kind: 'rejected', code: '8' } });
	});

	it.each<[number, string | object]>([
		[401, ''],
		[403, ''],
		[401, { message: 'x' }],
		[403, { id: '' }],
	])('by HTTP %i without a code (%j) is about the credential', async (status, body) => {
		expect((await sent(status, body)).outcome).toMatchObject({
			kind: 'refused',
			failure: {
				kind: 'credential',
				message: `Namirial rejected the username and password of the Namirial SMS Gateway API credential (HTTP ${status})`,
			},
		});
	});

	it.each([
		[63, 'credential'],
		[66, 'rejected'],
	])('by HTTP 401 with the code %i is a rejection with that code', async (code, kind) => {
		const { outcome } = await sent(401, { code, message: 'x' });
		expect(outcome).toMatchObject({ kind: 'refused', failure: { kind, code: String(code) } });
	});

	it.each([
		[200, { message: '8: Wrong number', id: ID }],
		[500, { code: 8, message: 'Wrong number', id: ID }],
		[500, { code: 64, message: 'Try again', id: ID }],
		[401, { code: 63, message: 'x', id: ID }],
		[401, { id: ID }],
		[403, { message: '0: OK' }],
	])('by HTTP %i beside the ID of a message, %j, is not certain', async (status, body) => {
		const { outcome, requests } = await sent(status, body);
		expect(outcome.kind).toBe('unknown');
		expect(requests).toBe(1);
	});

	it('by HTTP 400 in an unknown form quotes the response', async () => {
		const { outcome } = await sent(400, { message: 'Bad request: text is too long' });
		expect(outcome).toMatchObject({
			kind: 'refused',
			failure: {
				kind: 'rejected',
				message: expect.stringContaining('Bad request: text is too long'),
			},
		});
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
		['HTTP 200 with another number', 200, { message: '0 messages' }],
		['HTTP 200 with a code without a colon', 200, { message: '01' }],
		['HTTP 200 with a code after other words', 200, { message: 'Code 0: ok' }],
		['HTTP 200 without a code', 200, { message: ': ok' }],
		['HTTP 200 with an empty message', 200, { message: '' }],
		['HTTP 200 with a number as its message', 200, { message: 0 }],
		['HTTP 200 with an empty ID', 200, { id: '' }],
	];
	it.each(UNCERTAIN.map(([what, ...response]) => [what, response] as const))(
		'%s: unknown, and not retried',
		async (_what, response) => {
			const { outcome, requests } = await sent(...response);
			expect(outcome).toMatchObject({
				kind: 'unknown',
				failure: {
					kind: 'ambiguous',
					message: expect.stringContaining('The message may have gone out'),
					httpStatus: response[0],
				},
			});
			expect(requests).toBe(1);
		},
	);

	it('quotes what it is instead', async () => {
		const { message } = failureIn((await sent(200, {})).outcome);
		expect(message).toContain('Expected Namirial’s response to a message, got HTTP 200');
	});
});
