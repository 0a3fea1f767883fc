import { startSandbox, type Sandbox } from '../../sandbox';
import { followExample, publishExamples } from './exampleWorkflows';
import { startN8n, type N8n } from './instance';

const HANDSET = '17575550142';

describe('The example workflows, loaded as npm start loads them', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 50, carrier: 50, delivered: 50 } });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	const ask = async (body: object) =>
		await fetch(`${n8n.webhookBase}/webhook/send-an-sms`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});

	it('a call from outside sends an SMS, and its answer starts the other workflow', async () => {
		const following = await followExample(n8n, 'send-an-sms-and-follow-it');
		const answering = await followExample(n8n, 'answer-incoming-sms');

		const response = await ask({ to: '+1 757 555 0142', message: 'Are you coming?' });
		expect(response.status).toBe(200);
		const [message] = (await response.json()) as Array<{ messageId: string }>;
		expect(message).toMatchObject({ provider: 'cdyne', to: HANDSET, status: 'queued' });
		expect(sandbox.messages.list({ handset: HANDSET, direction: 'out' })).toEqual([
			expect.objectContaining({ id: message.messageId, text: 'Are you coming?' }),
		]);

		let delivered;
		do [delivered] = (await following.next()).json('Delivered or failed');
		while (!delivered);
		expect(delivered).toMatchObject({ messageId: message.messageId, status: 'delivered' });

		await sandbox.simulators.get('cdyne')!.reply!({ from: HANDSET, text: 'Yes' });
		const run = await answering.next();
		expect(run.error).toBeUndefined();
		expect(run.json('What it says')).toEqual([
			{ text: 'Yes', sender: HANDSET, inReplyTo: message.messageId },
		]);
		const back = sandbox.messages.list({ handset: HANDSET, direction: 'out' });
		expect(back.at(-1)).toMatchObject({ text: 'Thank you. You wrote: Yes' });
	});

	it('a call with an impossible number gets the reason', async () => {
		const response = await ask({ to: '12', message: 'Hello' });
		expect(response.status).toBe(422);
		expect(JSON.stringify(await response.json())).toContain('12');
	});
});
