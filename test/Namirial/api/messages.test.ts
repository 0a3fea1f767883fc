import type { Api } from '../../../nodes/Namirial/api/connection';
import { sendSms } from '../../../nodes/Namirial/api/messages';
import { canned, thrownBy } from '../../engine/harness/canned';

/** Sending a text: the request, and which responses are an acceptance. */

const GATEWAY = { baseUrl: 'https://gateway.example', username: 'ann', password: 'secret' };
const SMS = { to: '+393331112233', text: 'Hi' } as const;
function respondingWith(body: unknown, status = 200) {
	const { http, requests } = canned([body], status);
	return { api: { http, gateway: GATEWAY } as unknown as Api, requests };
}
const sent = async (body: unknown, status?: number) =>
	await sendSms(respondingWith(body, status).api, SMS);

describe('a text', () => {
	it('is sent with the kind of a send', async () => {
		const { api, requests } = respondingWith({ message: '0: ok', id: 'm1' });
		await sendSms(api, SMS);
		expect(requests).toEqual([
			{
				kind: 'send',
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
		const { message, raw } = await sendSms(api, { ...SMS, reference: { service: 'S' } });
		expect(message).toMatchObject({ messageId: 'm1', referenceId: null, to: SMS.to });
		expect(raw).toEqual({ message: '0: ok', id: 'm1' });
		expect(JSON.parse(String(requests[0].body))).toMatchObject({ reference: { service: 'S' } });
	});
});

describe('a response', () => {
	it.each(['0', '0:', ' 0: ok', '00: ok', '0 : ok', '0  ', '  0  : ok'])(
		'with the message "%s" is an acceptance without an ID',
		async (message) => {
			expect((await sent({ message })).message).toMatchObject({
				provider: 'namirial',
				messageId: null,
				status: 'queued',
				providerStatus: 'accepted',
			});
		},
	);

	it.each([
		{ message: '0 messages' },
		{ message: '01' },
		{ message: 'Code 0: ok' },
		{ message: ': ok' },
		{ message: '' },
		{ message: 0 },
		{ id: '' },
		{},
	])('%j is not an acceptance', async (body) => {
		expect(await thrownBy(async () => await sent(body))).toMatchObject({
			kind: 'malformed',
			message: expect.stringContaining('Expected Namirial’s response to a message, got HTTP 200'),
			httpStatus: 200,
		});
	});

	it.each([401, 403])('with HTTP %i is a rejected login, with any body', async (status) => {
		expect(await thrownBy(async () => await sent({ id: 'm1' }, status))).toMatchObject({
			kind: 'credential',
			message: expect.stringContaining(`Gateway API credential (HTTP ${status})`),
			nothingAccepted: true,
		});
	});

	it('with HTTP 401 and a code is a rejection with that code', async () => {
		const body = { code: 66, message: 'x', id: 'm1' };
		expect(await thrownBy(async () => await sent(body, 401))).toMatchObject({ code: '66' });
	});
});
