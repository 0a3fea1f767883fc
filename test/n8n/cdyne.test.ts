import { startSandbox, type Sandbox } from '../../sandbox';
import { credentialOf } from '../../sandbox/n8n/credentials.mjs';
import { QUEUE_AT_LEAST, node, startN8n, type N8n } from './instance';

const HANDSET = '17575550142';

const send = (parameters = {}, settings = {}) =>
	node(
		'Send',
		'cdyne',
		{
			resource: 'message',
			operation: 'send',
			to: '={{ $json.to }}',
			message: '={{ $json.text }}',
			...parameters,
		},
		settings,
	);

describe.each(QUEUE_AT_LEAST)('CDYNE in a real n8n in %s mode', (mode) => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 50, carrier: 50, delivered: 50 } });
		n8n = await startN8n({ mode, sandbox });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const arrived = () => sandbox.messages.list({ direction: 'out' });
	const reply = async (text: string) =>
		await sandbox.simulators.get('cdyne')!.reply!({ from: HANDSET, text });
	const postTo = async (url: string) =>
		await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: 'SMSResponse=1&MessageID=1&FromPhoneNumber=1&ToPhoneNumber=2&Message=Hi',
		});

	it('a workflow sends a text that arrives on the handset', async () => {
		const run = await n8n.run([send()], [{ to: '+1 (757) 555-0142', text: 'Hello' }]);
		expect(run.error).toBeUndefined();
		expect(run.json('Send')).toEqual([
			expect.objectContaining({
				provider: 'cdyne',
				status: 'queued',
				isFinal: false,
				to: `+${HANDSET}`,
			}),
		]);
		expect(arrived()).toEqual([
			expect.objectContaining({
				id: run.json('Send')[0].messageId,
				handset: HANDSET,
				text: 'Hello',
			}),
		]);
	});

	it('a rejected item is output as an error, and the others are sent', async () => {
		const items = [
			{ to: HANDSET, text: 'first' },
			{ to: '12', text: 'no number' },
			{ to: HANDSET, text: '' },
			{ to: '+1 757 555 0143', text: 'last' },
		];
		const run = await n8n.run([send({}, { onError: 'continueRegularOutput' })], items);
		expect(run.status).toBe('success');
		expect(run.json('Send').map(({ error }) => error === undefined)).toEqual([
			true,
			false,
			false,
			true,
		]);
		expect(arrived().map(({ text }) => text)).toEqual(['first', 'last']);
	});

	it('the trigger in the same workflow receives the statuses of a message', async () => {
		const live = await n8n.publish([
			send({ statusUpdates: 'trigger' }),
			node('Updates', 'cdyneTrigger', { events: ['message.status'] }),
		]);
		const sent = await live.start([{ to: HANDSET, text: 'Hello' }]);
		expect(sent.error).toBeUndefined();
		const [{ messageId }] = sent.json('Send');
		const statuses: string[] = [];
		do {
			const [update] = (await live.next()).json('Updates');
			expect(update).toMatchObject({ event: 'message.status', messageId });
			statuses.push(update.status);
			// executions may overtake each other
		} while (!['sent', 'delivered'].every((status) => statuses.includes(status)));
		await live.unpublish();
	});

	it('a reply on the handset starts the workflow that registered itself', async () => {
		const live = await n8n.publish([
			node('Incoming', 'cdyneTrigger', {
				events: ['message.received'],
				registerAutomatically: true,
			}),
		]);
		const sent = await n8n.run([send()], [{ to: HANDSET, text: 'Coming?' }]);
		await reply('Yes, at 8');
		expect((await live.next()).json('Incoming')).toEqual([
			expect.objectContaining({
				event: 'message.received',
				text: 'Yes, at 8',
				from: `+${HANDSET}`,
				inReplyTo: sent.json('Send')[0].messageId,
			}),
		]);
		await live.unpublish();
		await reply('Still there?');
		expect(await live.count()).toBe(1);
	});

	it('a postback without the token is rejected and starts nothing', async () => {
		const live = await n8n.publish([
			node('Incoming', 'cdyneTrigger', { events: ['message.received'] }),
		]);
		const address = live.address('Incoming');
		expect((await postTo(address)).status).toBe(401);
		expect((await postTo(`${address}?token=guessed`)).status).toBe(401);
		expect(await live.count()).toBe(0);
		await live.unpublish();
	});

	it('a published workflow still runs after a restart of n8n', async () => {
		const live = await n8n.publish([
			node('Incoming', 'cdyneTrigger', {
				events: ['message.received'],
				registerAutomatically: true,
			}),
		]);
		await n8n.run([send()], [{ to: HANDSET, text: 'Hello' }]);
		await n8n.restart();
		await reply('Back again');
		expect((await live.next()).json('Incoming')[0].text).toBe('Back again');
		await live.unpublish();
	});

	it('the license key is in no execution, no database and no log', async () => {
		const data = credentialOf(sandbox.url, 'cdyneApi');
		// a run whose requests all fail is most likely to reveal it
		const wrong = await n8n.credential('cdyneApi', { ...data, baseUrl: 'http://127.0.0.1:9' });
		const run = await n8n.run([send({}, { credentials: wrong })], [{ to: HANDSET, text: 'Hello' }]);
		expect(run.status).toBe('error');
		expect(await n8n.traces(data.licenseKey)).toEqual([]);
	});
});
