/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	control,
	gateway,
	messageOf,
	order,
	Receiver,
	sandbox,
	sent,
	status,
	stored,
	until,
	useSandbox,
	UUID,
} from './namirial';

useSandbox();

describe('the lifecycle of a message', () => {
	const STEPS: Array<[string, string, string[]]> = [
		['+393331112233', 'SMS', ['SENT', 'DELIVERED']],
		['+393335550102', 'SMS', ['SENT', 'UNDELIVERED']],
		['+393335550103', 'SMS', ['REJECTED']],
		['+393335550104', 'SMS', ['SENT']],
		['+393335550105', 'RCS', ['SENT', 'DELIVERED']],
		['+393335550106', 'RCS', ['SENT', 'DELIVERED', 'READ']],
		['+393335550107', 'SMS', ['SENT', 'DELIVERED']],
	];

	it.each(STEPS)('to %s ends on %s after %j', async (destination, channel, steps) => {
		const id = await sent({ destination });
		await sandbox.clock.advance();
		const [message] = stored();
		expect(message.history.slice(1).map(({ detail }) => detail)).toEqual(steps);
		expect(await messageOf(id)).toMatchObject({ channel, status: steps.at(-1) });
		expect(message.kind).toBe(channel.toLowerCase());
	});

	it('follows the delays of the pace', async () => {
		const id = await sent();
		await sandbox.clock.advance(sandbox.pace.sent - 1);
		expect((await messageOf(id)).status).toBe('PROVIDER_ACCEPTANCE');
		await sandbox.clock.advance(1);
		expect((await messageOf(id)).status).toBe('SENT');
		await sandbox.clock.advance(sandbox.pace.delivered);
		expect((await messageOf(id)).status).toBe('DELIVERED');
	});

	it('has the error code and text of the upstream provider', async () => {
		const id = await sent({ destination: '+393335550102' });
		await sandbox.clock.advance();
		expect((await messageOf(id)).provider).toMatchObject({
			status: 'failed',
			code: '30007',
			message: 'Number Blocked by Carrier',
		});
	});

	it('may skip SENT', async () => {
		sandbox.configure('namirial', { reportSent: false });
		await sent();
		await sandbox.clock.advance();
		expect(stored()[0].history.map(({ detail }) => detail)).toEqual([undefined, 'DELIVERED']);
	});

	it('has segments on RCS only if set, and may fall back to SMS', async () => {
		const destination = '+393335550107';
		const id = await sent({ destination });
		expect(await messageOf(id)).toMatchObject({ channel: 'RCS' });
		expect(await messageOf(id)).not.toHaveProperty('sms');
		sandbox.configure('namirial', { smsInRcs: true });
		expect(await messageOf(await sent({ destination }))).toHaveProperty('sms.segments', 1);
	});
});

describe('notifications', () => {
	let receiver: Receiver;
	beforeEach(async () => {
		receiver = await new Receiver().open();
	});
	afterEach(() => receiver.close());

	it('are sent for every status except the acceptance, with the Message object', async () => {
		const id = await sent({
			webhook: receiver.webhook,
			reference: { service: 'AUTHENTICATION', action: '2FA', key: 'order-9001' },
		});
		await sandbox.clock.advance(sandbox.pace.sent);
		await until(() => receiver.received.length === 1);
		await sandbox.clock.advance();
		await until(() => receiver.received.length === 2);
		expect(receiver.statuses).toEqual(['SENT', 'DELIVERED']);

		const [first, last] = receiver.received;
		const { headers, ...notification } = last;
		expect(headers['content-type']).toBe('application/json');
		const message = await messageOf(id);
		expect(notification).toEqual({
			id: expect.stringMatching(UUID) as string,
			webhookConfigurationId: first.webhookConfigurationId,
			type: 'STATUS_UPDATE',
			createdAt: expect.stringMatching(/Z$/) as string,
			message: { ...message, provider: { ...message.provider, status: 'DELIVERED' } },
		});
		expect(last.id).not.toBe(first.id);
		expect(message.provider.status).toBe('delivered');
	});

	it('are sent for READ after DELIVERED', async () => {
		await sent({ destination: '+393335550106', webhook: receiver.webhook });
		await sandbox.clock.advance();
		await until(() => receiver.received.length === 3);
		expect([...receiver.statuses].sort()).toEqual(['DELIVERED', 'READ', 'SENT']);
		expect(receiver.received.map(({ message }) => message.channel)).toEqual(['RCS', 'RCS', 'RCS']);
	});

	it('are not sent for a message without webhook, a rejected one, or a dropped one', async () => {
		sandbox.configure('namirial', { duplicateLimit: 0 });
		await sent({ webhook: receiver.webhook });
		sandbox.configure('namirial', { duplicateLimit: 2 });
		await sent();
		await gateway('Services/send', order({ text: '', webhook: receiver.webhook }));
		await sandbox.clock.advance();
		expect(sandbox.postbacks.list()).toHaveLength(0);
	});

	it('are retried with the same id until the response is 2xx', async () => {
		receiver.nextStatuses = [500, 302, 204];
		await sent({ destination: '+393335550103', webhook: receiver.webhook });
		await sandbox.clock.advance(sandbox.pace.sent);
		const [postback] = sandbox.postbacks.list();
		for (const delay of [1_000, 5_000]) {
			await until(() => sandbox.clock.pending === 1);
			await sandbox.clock.advance(delay);
		}
		await until(() => postback.state === 'delivered');
		expect(postback.attempts.map((attempt) => attempt.status)).toEqual([500, 302, 204]);
		expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
	});

	it('fail after the last retry', async () => {
		sandbox.configure('namirial', { retryPausesMs: [10] });
		receiver.nextStatuses = [500, 500];
		await sent({ destination: '+393335550103', webhook: receiver.webhook });
		await sandbox.clock.advance(sandbox.pace.sent);
		await until(() => sandbox.clock.pending === 1);
		await sandbox.clock.advance();
		const [postback] = sandbox.postbacks.list();
		await until(() => postback.state === 'failed');
		expect(postback.attempts).toHaveLength(2);
	});

	it('can be duplicated and reordered', async () => {
		Object.assign(sandbox.postbacks.options, { copies: 2, reorderMs: 60_000, concurrency: 1 });
		await sent({ webhook: receiver.webhook });
		await sandbox.clock.advance();
		await until(() => receiver.received.length === 4);
		expect(receiver.statuses).toEqual(['DELIVERED', 'DELIVERED', 'SENT', 'SENT']);
		expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(2);
	});

	it('of 200 messages can be duplicated and reordered without a loss', async () => {
		Object.assign(sandbox.postbacks.options, { copies: 2, reorderMs: 60_000 });
		const ids: string[] = [];
		for (let count = 0; count < 200; count++) {
			const destination = `+39333666${String(count).padStart(4, '0')}`;
			ids.push(await sent({ destination, webhook: receiver.webhook }));
		}
		await sandbox.clock.advance();
		await until(() => receiver.received.length === 800);
		const ends = receiver.received.filter(({ message }) => message.status === 'DELIVERED');
		expect(ends.map(({ message }) => message.id).sort()).toEqual([...ids, ...ids].sort());
	});

	const fire = async (body: object) =>
		await control('fire', 'POST', { provider: 'namirial', ...body });

	it('can be sent by hand as the documented sample', async () => {
		await fire({ kind: 'STATUS_UPDATE', url: receiver.url });
		await until(() => receiver.bodies.length === 1);
		const { headers, ...body } = receiver.received[0];
		expect(headers['content-type']).toBe('application/json');
		expect(body).toEqual({
			id: '0c0f7a52-6f0e-4a39-8f4b-2f5f5d6f1a10',
			webhookConfigurationId: '5f1f0c9e-9f53-4f0e-8a5e-9d0b6b0f7c21',
			type: 'STATUS_UPDATE',
			createdAt: '2026-03-01T10:00:09Z',
			message: {
				id: '9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11',
				providerAcceptanceAt: '2026-03-01T10:00:00Z',
				statusChangedAt: '2026-03-01T10:00:07Z',
				reference: { service: 'AUTHENTICATION', action: '2FA', key: 'order-9001' },
				channel: 'SMS',
				status: 'UNDELIVERED',
				provider: {
					name: 'PROVIDERX',
					id: 'c7c3d0f8-1111-4222-8333-444455556666',
					status: 'failed',
					code: '30007',
					message: 'Number Blocked by Carrier',
				},
				sms: { segments: 1 },
			},
		});
	});

	it.each(['SENT', 'DELIVERED', 'READ', 'UNDELIVERED', 'REJECTED'])(
		'can be sent by hand as %s for the newest message, which is not changed',
		async (kind) => {
			const id = await sent({ webhook: receiver.webhook });
			await sent();
			await fire({ kind });
			await until(() => receiver.received.length === 1);
			expect(receiver.received[0]).toMatchObject({
				type: 'STATUS_UPDATE',
				message: { id, status: kind, channel: kind === 'READ' ? 'RCS' : 'SMS' },
			});
			expect((await messageOf(id)).status).toBe('PROVIDER_ACCEPTANCE');
		},
	);

	it('can be sent by hand for a specific message, with fields replaced and removed', async () => {
		const id = await sent({ webhook: receiver.webhook });
		await sent({ webhook: receiver.webhook });
		await fire({
			kind: 'SENT',
			fields: {
				'message.id': id,
				'message.status': 'OTHER',
				'message.reference': null,
				'message.sms.segments': '3',
			},
		});
		await until(() => receiver.received.length === 1);
		const { message } = receiver.received[0];
		expect(message).toMatchObject({ id, status: 'OTHER', sms: { segments: 3 } });
		expect(message).not.toHaveProperty('reference');
	});

	it('can be sent by hand with any body and headers', async () => {
		await fire({
			kind: 'SENT',
			url: receiver.url,
			body: '{"id":',
			headers: { 'content-type': null },
		});
		await until(() => receiver.bodies.length === 1);
		expect(receiver.bodies).toEqual(['{"id":']);
	});

	it('have a readable error if they cannot be sent by hand', async () => {
		expect((await fire({ kind: 'SENT' })).json.error).toMatch(/No message has a webhook\./);
		expect((await fire({ kind: 'MO', url: receiver.url })).json.error).toMatch(/no "MO"/);
	});
});

describe('the control API', () => {
	it('has only settings and numbers that the README describes', () => {
		const readme = readFileSync(join(__dirname, '../../sandbox/README.md'), 'utf8');
		const section = readme.split('\n## ').find((part) => part.startsWith('Namirial\n')) ?? '';
		const settings = Object.keys(sandbox.simulators.get('namirial')!.settings);
		expect(settings.filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
		const outcomes = sandbox.numbers.list().filter(({ number }) => number.startsWith('39333555'));
		expect(outcomes.filter(({ outcome }) => !section.includes(`\`${outcome}\``))).toEqual([]);
	});

	it('shows, changes and resets the settings', async () => {
		await control('settings/namirial', 'PUT', { apiKey: 'other' });
		expect((await status('reference/x')).status).toBe(403);
		expect((await status('reference/x', 'other')).status).toBe(200);
		await control('reset', 'POST', {});
		expect((await status('reference/x')).status).toBe(200);
	});

	it('rejects a reply from a handset, because Namirial has no incoming messages', async () => {
		const response = await control('reply', 'POST', {
			provider: 'namirial',
			from: '+393331112233',
			text: 'YES',
		});
		expect(response).toMatchObject({
			status: 400,
			json: { error: 'Namirial SMS does not receive messages.' },
		});
	});
});
