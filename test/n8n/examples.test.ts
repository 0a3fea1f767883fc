import { startSandbox, type Sandbox } from '../../sandbox';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { followExample, publishExamples, startedBy } from './exampleWorkflows';
import { HOST_ROUTES, startN8n, type Live, type N8n } from './instance';

const HANDSET = '17575550142';
const PACE = { sent: 50, carrier: 50, delivered: 50 };

describe('The example workflows, loaded as npm start loads them', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: PACE });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => Object.assign(sandbox.pace, PACE));

	const callWebhook = async (body: object, path = 'send-an-sms') =>
		await fetch(`${n8n.webhookBase}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	/** The items of a node in the next execution in which it has any. */
	const nextItemsOf = async (example: Live, nodeName: string) => {
		for (;;) {
			const run = await example.next();
			expect(run.error).toBeUndefined();
			const items = run.json(nodeName);
			if (items.length > 0) return items;
		}
	};

	it('a call of the webhook sends an SMS, and the reply starts the other workflow', async () => {
		const following = await followExample(n8n, 'send-an-sms-and-follow-it');
		const replying = await followExample(n8n, 'answer-incoming-sms');

		const response = await callWebhook({ to: '+1 757 555 0142', message: 'Are you coming?' });
		expect(response.status).toBe(200);
		const [message] = (await response.json()) as Array<{ messageId: string }>;
		expect(message).toMatchObject({ provider: 'cdyne', to: `+${HANDSET}`, status: 'queued' });
		expect(sandbox.messages.list({ handset: HANDSET, direction: 'out' })).toEqual([
			expect.objectContaining({ id: message.messageId, text: 'Are you coming?' }),
		]);

		let delivered;
		do [delivered] = (await following.next()).json('Delivered or failed');
		while (!delivered);
		expect(delivered).toMatchObject({ messageId: message.messageId, status: 'delivered' });

		await sandbox.simulators.get('cdyne')!.reply!({ from: HANDSET, text: 'Yes' });
		const run = await replying.next();
		expect(run.error).toBeUndefined();
		expect(run.json('What it says')).toEqual([
			{ text: 'Yes', sender: `+${HANDSET}`, inReplyTo: message.messageId },
		]);
		const sent = sandbox.messages.list({ handset: HANDSET, direction: 'out' });
		expect(sent.at(-1)).toMatchObject({ text: 'Thank you. You wrote: Yes' });
	});

	it('a robot that replies to each reply gets five of them', async () => {
		const replying = await followExample(n8n, 'answer-incoming-sms');
		const [robot, to] = ['17575550144', '17575550100'];
		for (let index = 1; index <= 7; index++) {
			const text = `Thank you ${index}`;
			const id = await startedBy(n8n, replying, async () => {
				await sandbox.simulators.get('cdyne')!.reply!({ from: robot, to, text });
			});
			const run = await n8n.finished(id);
			expect(run.error).toBeUndefined();
			const left = index > 5 ? [{ sender: `+${robot}`, text }] : [];
			expect(run.json('Too many texts')).toEqual(left);
			const sent = sandbox.messages.list({ handset: robot, direction: 'out' });
			expect(sent).toHaveLength(Math.min(index, 5));
		}
	});

	it('a call with an impossible number gets the reason', async () => {
		const response = await callWebhook({ to: '12', message: 'Hello' });
		expect(response.status).toBe(422);
		expect(JSON.stringify(await response.json())).toContain('12');
	});

	it.each([
		['Namirial', 'send-with-namirial', '+39 333 555 0100', 'Delivered or failed', 'delivered'],
		['Namirial', 'send-with-namirial', '+39 333 555 0102', 'Delivered or failed', 'undelivered'],
		['Wooxy', 'send-with-wooxy', '+372 5551 2345', 'Delivered', 'delivered'],
		['Skycore', 'send-with-skycore', '+1 757 555 0142', 'Delivered or failed', 'delivered'],
		['Skycore', 'send-with-skycore', '+1 757 555 0163', 'Delivered or failed', 'failed'],
	])('%s: a call to %s for %s ends in %s as %s', async (_title, path, to, last, status) => {
		const following = await followExample(n8n, `${path}-and-follow-it`);
		const response = await callWebhook({ to, message: `It is ${to}` }, path);
		const [sent] = (await response.json()) as Array<{ messageId: string }>;
		expect(sent).toMatchObject({ status: 'queued' });
		let followed;
		// earlier tests also started executions of this workflow
		do [followed] = await nextItemsOf(following, last);
		while (followed.messageId !== sent.messageId);
		expect(followed).toMatchObject({ status, isFinal: true });
	});

	it.each([
		['send-with-namirial', '+39 333 555 0108', 'code 8'],
		['send-with-wooxy', '+372 5550 0162', 'refused'],
		['send-with-skycore', '+1 757 555 0162', 'E110'],
	])('a call to %s for a rejected number gets the reason', async (path, to, reason) => {
		const response = await callWebhook({ to, message: 'Hello' }, path);
		expect(response.status).toBe(422);
		expect(JSON.stringify(await response.json())).toContain(reason);
	});

	it('an incoming message of Skycore starts the workflow that sends with Skycore', async () => {
		const following = await followExample(n8n, 'send-with-skycore-and-follow-it');
		const incoming = { from: HANDSET, to: '60856', text: 'Is it open?' };
		await sandbox.simulators.get('skycore')!.reply!(incoming);
		expect(await nextItemsOf(following, 'Text received')).toEqual([
			{ text: 'Is it open?', sender: `+${HANDSET}` },
		]);
	});

	it.each([
		['+39 333 555 0100', 'It arrived', 'delivered'],
		['+39 333 555 0102', 'It failed', 'undelivered'],
	])('waiting with Namirial: %s reaches %s', async (to, last, status) => {
		// slow enough for n8n to suspend the execution first
		sandbox.pace.sent = 900;
		const waiting = await followExample(n8n, 'wait-for-delivery-with-namirial');
		await callWebhook({ to, message: `Waiting for ${to}` }, 'wait-for-delivery-with-namirial');
		expect(await nextItemsOf(waiting, last)).toMatchObject([{ provider: 'namirial', status }]);
	});

	it('the loop polls a message until Wooxy reports that it failed', async () => {
		sandbox.pace.delivered = 3_000;
		const polling = await followExample(n8n, 'follow-a-message-for-long-with-wooxy');
		await callWebhook({ to: '+372 5550 0161', message: 'Hello' }, 'follow-with-wooxy');
		const run = await polling.next();
		expect(run.json('Result')).toMatchObject([{ status: 'undelivered', found: true }]);
		expect(run.json('Look it up').map(({ status }) => status)).toEqual(['sent', 'undelivered']);
	});

	it('loading the examples again restores registrations that the sandbox has forgotten', async () => {
		const registered = async () => {
			const response = await fetch(`${sandbox.url}/wooxy/v3/webhook/list`, {
				method: 'POST',
				headers: { 'access-token': GOOD_TOKEN, 'content-type': 'application/json' },
				body: '{}',
			});
			const { data = [] } = (await response.json()) as { data?: Array<{ url: string }> };
			return data.map(({ url }) => url);
		};
		const before = await registered();
		sandbox.reset();
		await publishExamples(n8n, sandbox);
		expect(await registered()).toEqual(before);
		// one of the two workflows with a Wooxy trigger needs data tables, which old versions lack
		expect(before).toHaveLength(HOST_ROUTES ? 2 : 1);
	});
});
