/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test support, not a node */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { HOST_ROUTES, MODES, node, startN8n } from './instance';
import type { N8n, Run } from './instance';
import { cdyne, chain, startNodes } from './workflow';

const HANDSET = '17575550142';
const UNDELIVERED = '17575550161';
const LANDLINE = '17575550163';
const EXPIRES = '17575550170';
const NO_RECEIPT = '17575550165';

const wait = (parameters = {}) => cdyne('Wait', 'sendAndWaitForDelivery', parameters);
const ask = (parameters = {}) =>
	cdyne('Ask', 'sendAndWait', { message: 'Shall we?', ...parameters });
/** An If node that is true for one number. */
const IS_HANDSET = {
	conditions: {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
		combinator: 'and',
		conditions: [
			{
				id: '1',
				leftValue: '={{ $json.to }}',
				rightValue: HANDSET,
				operator: { type: 'string', operation: 'equals' },
			},
		],
	},
	options: {},
};
/** The outputs by outcome. An n8n that passes on only one output after a wait has just the first. */
const DELIVERED = 0;
const FAILED = HOST_ROUTES ? 1 : 0;
const TIMED_OUT = HOST_ROUTES ? 2 : 0;
const only = (output: number) => [0, 1, 2].map((index) => (index === output ? 1 : 0));

const limitedToSixSeconds = {
	options: { limitWaitTime: { values: { resumeAmount: 0.1, resumeUnit: 'minutes' } } },
};

describe.each(MODES)('Waiting inside the node, in %s mode', (mode) => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		// slow enough for n8n to suspend the execution first
		sandbox = await startSandbox({ port: 0, pace: { sent: 900, carrier: 300, delivered: 300 } });
		n8n = await startN8n({ mode, sandbox });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const arrived = (handset: string) => sandbox.messages.list({ direction: 'out', handset });
	/** Replies once the handset has the latest message. */
	const reply = async (text: string, from = HANDSET) => {
		await until(() => ['sent', 'delivered'].includes(arrived(from).at(-1)?.status ?? ''));
		await sandbox.simulators.get('cdyne')!.reply!({ from, text });
	};
	const outputsOf = (run: Run) => [0, 1, 2].map((output) => run.json('Wait', output).length);

	describe('for a delivery', () => {
		it('a delivered message is output on the first output, with its history', async () => {
			const run = await n8n.run([wait()], [{ to: HANDSET }]);
			expect(run.error).toBeUndefined();
			expect(outputsOf(run)).toEqual(only(DELIVERED));
			const [{ history, ...message }] = run.json('Wait', 0);
			expect(message).toMatchObject({
				provider: 'cdyne',
				messageId: arrived(HANDSET)[0].id,
				to: `+${HANDSET}`,
				status: 'delivered',
				isFinal: true,
				outcome: 'delivered',
				// in queue mode a worker suspends it and another process receives the postbacks
				historyComplete: mode === 'regular',
			});
			expect(history).toEqual([
				{ status: 'queued', providerStatus: 'Queued', at: expect.any(String) },
				{ status: 'sent', providerStatus: 'SMSSent=1', at: expect.any(String) },
				{ status: 'sent', providerStatus: 'DeliveredToCarrier', at: expect.any(String) },
				{ status: 'delivered', providerStatus: 'DeliveredToDevice', at: expect.any(String) },
			]);
		});

		it.each([
			['the network cannot deliver', UNDELIVERED, 'undelivered'],
			['no network accepts', LANDLINE, 'canceled'],
			['expires', EXPIRES, 'undelivered'],
		])('a message that %s is output on the second output', async (_name, to, status) => {
			sandbox.pace.handOff = 400;
			sandbox.numbers.set(EXPIRES, '008');
			const run = await n8n.run([wait()], [{ to }]);
			expect(outputsOf(run)).toEqual(only(FAILED));
			expect(run.json('Wait', FAILED)).toMatchObject([
				{ to: `+${to}`, status, isFinal: true, outcome: 'failed' },
			]);
		});

		it('two branches to one waiting node wait separately, each with its item', async () => {
			const nodes = [
				...startNodes([wait()]),
				node('Either', 'n8n-nodes-base.if', IS_HANDSET, { typeVersion: 2.2 }),
				wait(),
			];
			const workflow = chain(nodes);
			const toWait = [{ node: 'Wait', type: 'main', index: 0 }];
			workflow.connections.Either = { main: [toWait, toWait] };
			const live = await n8n.publish(workflow);
			const run = await live.start([{ to: HANDSET }, { to: UNDELIVERED }]);
			await live.unpublish();
			expect(arrived(HANDSET)).toHaveLength(1);
			expect(arrived(UNDELIVERED)).toHaveLength(1);
			const outputs = [DELIVERED, FAILED].map((output) => run.json('Wait', output));
			expect(outputs[0]).toContainEqual(
				expect.objectContaining({ to: `+${HANDSET}`, outcome: 'delivered' }),
			);
			expect(outputs[1]).toContainEqual(
				expect.objectContaining({ to: `+${UNDELIVERED}`, outcome: 'failed' }),
			);
			expect(outputs.map(({ length }) => length)).toEqual(HOST_ROUTES ? [1, 1] : [2, 2]);
		});

		it('an item on the second output is linked to its input item', async () => {
			const read = node(
				'Read',
				'n8n-nodes-base.set',
				{
					mode: 'raw',
					jsonOutput: '={{ { name: $("Items").item.json.name } }}',
					options: {},
				},
				{ typeVersion: 3.4 },
			);
			const workflow = chain([...startNodes([wait()]), wait(), read]);
			const toRead = [{ node: 'Read', type: 'main', index: 0 }];
			workflow.connections.Wait = { main: HOST_ROUTES ? [[], toRead, toRead] : [toRead] };
			const live = await n8n.publish(workflow);
			const run = await live.start([{ to: UNDELIVERED, name: 'Anna' }]);
			await live.unpublish();
			expect(run.error).toBeUndefined();
			expect(run.json('Read')).toEqual([{ name: 'Anna' }]);
		});

		it('at the limit the status is looked up, and the item is output on the third output', async () => {
			const run = await n8n.run([wait(limitedToSixSeconds)], [{ to: NO_RECEIPT }]);
			expect(outputsOf(run)).toEqual(only(TIMED_OUT));
			expect(run.json('Wait', TIMED_OUT)).toMatchObject([
				{ to: `+${NO_RECEIPT}`, status: 'sent', isFinal: false, outcome: 'timedOut' },
			]);
		});

		it('with Wait For: Sent a sent message ends the wait, even if its postback came too early', async () => {
			sandbox.pace.sent = 0;
			const run = await n8n.run([wait({ waitFor: 'sent' })], [{ to: NO_RECEIPT }]);
			sandbox.pace.sent = 900;
			expect(run.json('Wait', 0)).toMatchObject([{ status: 'sent', outcome: 'delivered' }]);
		});

		it('a forged postback without the token is rejected and does not end the wait', async () => {
			const live = await n8n.publish([wait()]);
			const suspended = await live.start([{ to: NO_RECEIPT }], 'waiting');
			const [{ url }] = sandbox.postbacks.list({}).length
				? sandbox.postbacks.list({})
				: [{ url: String(arrived(NO_RECEIPT)[0].detail.postbackUrl ?? '') }];
			const forged = new URL(url);
			forged.search = '';
			const response = await fetch(forged, {
				method: 'POST',
				body: new URLSearchParams({ DeliveryReceipt: '1', Code: '000' }),
			});
			expect(response.status).toBe(401);
			await pause(500);
			expect((await n8n.finished(suspended.id, 'waiting')).status).toBe('waiting');
			await live.unpublish();
		});

		it('several items are rejected before anything is sent', async () => {
			const run = await n8n.run([wait()], [{ to: HANDSET }, { to: UNDELIVERED }]);
			expect(run.error?.message).toBe(
				'"Send and Wait for Delivery" takes one item, but received 2',
			);
			expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(0);
		});

		it('a wait survives a restart of n8n', async () => {
			sandbox.pace.delivered = 3_600_000;
			const live = await n8n.publish([wait()]);
			const suspended = await live.start([{ to: HANDSET }], 'waiting');
			await pause(1_500);
			// after a crash in regular mode n8n gives up waiting executions
			await n8n.restart(mode === 'queue' ? 'crash' : 'orderly');
			sandbox.clock.advance(3_600_000);
			sandbox.pace.delivered = 300;
			const run = await n8n.finished(suspended.id);
			expect(run.json('Wait', 0)).toMatchObject([{ outcome: 'delivered', status: 'delivered' }]);
		});
	});

	describe('for a delivery, with Namirial', () => {
		const to = '+39 333 555 0100';
		const waitNamirial = (parameters = {}) =>
			node('Wait', 'namirialSms', {
				resource: 'message',
				operation: 'sendAndWaitForDelivery',
				to: '={{ $json.to }}',
				message: 'Hello',
				...parameters,
			});

		it.each([
			['is delivered', to, 'delivered', only(DELIVERED)],
			['is not delivered', '+39 333 555 0102', 'undelivered', only(FAILED)],
			['is rejected later', '+39 333 555 0103', 'failed', only(FAILED)],
		])('a message that %s is output by its outcome', async (_name, number, status, outputs) => {
			const run = await n8n.run([waitNamirial()], [{ to: number }]);
			expect(run.error).toBeUndefined();
			expect(outputsOf(run)).toEqual(outputs);
			const [message] = [0, 1, 2].flatMap((output) => run.json('Wait', output));
			expect(message).toMatchObject({ provider: 'namirial', status, isFinal: true });
			expect(message.history[0]).toMatchObject({ status: 'queued' });
			expect(message.history.at(-1)).toMatchObject({ status });
		});

		it('a wait survives a restart of n8n', async () => {
			sandbox.pace.delivered = 3_600_000;
			const live = await n8n.publish([waitNamirial()]);
			const suspended = await live.start([{ to }], 'waiting');
			await pause(1_500);
			await n8n.restart();
			sandbox.clock.advance(3_600_000);
			sandbox.pace.delivered = 300;
			const run = await n8n.finished(suspended.id);
			expect(run.json('Wait', 0)).toMatchObject([{ outcome: 'delivered', status: 'delivered' }]);
		});

		it('a status whose postback came too early is looked up', async () => {
			Object.assign(sandbox.pace, { sent: 0, delivered: 0 });
			const run = await n8n.run([waitNamirial()], [{ to }]);
			Object.assign(sandbox.pace, { sent: 900, delivered: 300 });
			expect(run.json('Wait', 0)).toMatchObject([{ status: 'delivered', outcome: 'delivered' }]);
		});

		it('at the limit the item is output on the third output', async () => {
			const run = await n8n.run([waitNamirial(limitedToSixSeconds)], [{ to: '+39 333 555 0104' }]);
			expect(run.json('Wait', TIMED_OUT)).toMatchObject([{ status: 'sent', outcome: 'timedOut' }]);
		});
	});

	describe('for a delivery, with Wooxy', () => {
		const waitWooxy = node('Wait', 'wooxy', {
			resource: 'message',
			operation: 'sendAndWaitForDelivery',
			domain: 'shop.example',
			to: '={{ $json.to }}',
			message: 'Hello',
			...limitedToSixSeconds,
		});

		it('waits for many messages at once and outputs each on the output of its outcome', async () => {
			const items = ['+37255512345', '+37255500161', '+37255500165', '+37255512346'];
			const run = await n8n.run(
				[waitWooxy],
				items.map((number) => ({ to: number })),
			);
			expect(run.error).toBeUndefined();
			const outputs = [0, 1, 2].map((output) => run.json('Wait', output).map((json) => json.to));
			expect(outputs).toEqual(
				HOST_ROUTES ? [[items[0], items[3]], [items[1]], [items[2]]] : [items, [], []],
			);
			expect(run.json('Wait', DELIVERED)[0].history.at(-1)).toMatchObject({ status: 'delivered' });
		});
	});

	describe('for a reply', () => {
		it('any reply continues the workflow', async () => {
			const live = await n8n.publish([ask()]);
			const suspended = await live.start([{ to: HANDSET }], 'waiting');
			await reply('  Yes, please ');
			const run = await n8n.finished(suspended.id);
			expect(run.json('Ask')).toMatchObject([
				{
					outcome: 'answered',
					text: '  Yes, please ',
					from: `+${HANDSET}`,
					approved: null,
					inReplyTo: arrived(HANDSET)[0].id,
				},
			]);
			await live.unpublish();
		});

		it.each([
			[' yes. ', true, 'answered'],
			['No', false, 'declined'],
		])('the reply "%s" results in approved: %s', async (text, approved, outcome) => {
			const live = await n8n.publish([ask({ responseType: 'approval' })]);
			const suspended = await live.start([{ to: HANDSET }], 'waiting');
			expect(arrived(HANDSET)[0].text).toBe('Shall we?\n\nReply YES or NO.');
			await reply(text);
			const run = await n8n.finished(suspended.id);
			expect(run.json('Ask')).toMatchObject([{ approved, outcome, text }]);
			await live.unpublish();
		});

		it('a reply that is not a choice gets a help text once, and the wait continues', async () => {
			const choices = { responseType: 'choices', choices: 'morning, evening' };
			const live = await n8n.publish([ask({ ...choices, options: { helpText: 'When?' } })]);
			const suspended = await live.start([{ to: HANDSET }], 'waiting');
			await reply('perhaps');
			await reply('who is this?');
			await until(() => arrived(HANDSET).length >= 2);
			await pause(1_000);
			expect(arrived(HANDSET).map(({ text }) => text)).toEqual([
				'Shall we?\n\nReply morning or evening.',
				'When?',
			]);
			await reply('Evening');
			const run = await n8n.finished(suspended.id);
			expect(run.json('Ask')).toMatchObject([{ choice: 'evening', outcome: 'answered' }]);
			await live.unpublish();
		});

		const form = 'application/x-www-form-urlencoded';
		it.each<[string, string, string, NodeJS.ArrayBufferView | string]>([
			['a form as ISO-8859-1', `${form}; charset=iso-8859-1`, 'Sì', Buffer.from('Sì', 'latin1')],
			[
				'a form as Windows-1252',
				`${form}; charset=windows-1252`,
				'5 €',
				Buffer.from('5 \x80', 'latin1'),
			],
			['a form as US-ASCII', `${form}; charset=us-ascii`, 'Yes', 'Yes'],
			['a form in an unknown character set', `${form}; charset=nobody-knows`, 'Sì', 'Sì'],
			['a form that says it is JSON', 'application/json', 'Yes', 'Yes'],
			['a form that says it is XML', 'text/xml', 'Yes', 'Yes'],
			['a form that says it has parts', 'multipart/form-data', 'Yes', 'Yes'],
			['a form without a type', '', 'Yes', 'Yes'],
		])('a reply in %s is accepted', async (_title, type, text, encoded) => {
			const live = await n8n.publish([ask()]);
			const suspended = await live.start([{ to: HANDSET }], 'waiting');
			const [sent] = arrived(HANDSET);
			const fields = new URLSearchParams({
				SMSResponse: '1',
				MessageID: randomUUID(),
				MatchedMessageID: sent.id,
				FromPhoneNumber: HANDSET,
				ToPhoneNumber: sent.from ?? '',
				ResponseReceiveDate: '1/31/2030 6:30:00 PM',
			});
			const bytes = typeof encoded === 'string' ? Buffer.from(encoded) : (encoded as Buffer);
			const response = await fetch(String(sent.detail.postbackUrl), {
				method: 'POST',
				headers: { 'content-type': type },
				body: Buffer.concat([Buffer.from(`${fields}&Message=`), bytes]),
			});
			expect(response.status).toBe(200);
			const run = await n8n.finished(suspended.id);
			expect(run.json('Ask')).toMatchObject([{ outcome: 'answered', text, from: `+${HANDSET}` }]);
			await live.unpublish();
		});

		it('STOP declines, with the reason', async () => {
			const live = await n8n.publish([ask()]);
			const suspended = await live.start([{ to: HANDSET }], 'waiting');
			await reply('STOP');
			const run = await n8n.finished(suspended.id);
			expect(run.json('Ask')).toMatchObject([
				{ outcome: 'declined', approved: false, reason: 'The recipient opted out' },
			]);
			await live.unpublish();
		});
	});
});
