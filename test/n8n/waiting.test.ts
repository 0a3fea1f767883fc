/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test support, not a node */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox';
import { HOST_ROUTES, MODES, node, startN8n, type N8n, type Run } from './instance';
import { cdyne, chain, startNodes } from './workflow';
import { until } from './until';

const HANDSET = '17575550142';
const UNDELIVERED = '17575550161';
const LANDLINE = '17575550163';
const EXPIRES = '17575550170';
const NO_RECEIPT = '17575550165';

const wait = (parameters = {}) => cdyne('Wait', 'sendAndWaitForDelivery', parameters);
const ask = (parameters = {}) =>
	cdyne('Ask', 'sendAndWait', { message: 'Shall we?', ...parameters });
/** Sends one number one way and every other number the other way. */
const EITHER = {
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
/** The outputs by what became of a message: an n8n that passes on one output only has the one. */
const DELIVERED = 0;
const FAILED = HOST_ROUTES ? 1 : 0;
const NO_ANSWER = HOST_ROUTES ? 2 : 0;
const only = (output: number) => [0, 1, 2].map((one) => (one === output ? 1 : 0));

const inSixSeconds = { limitWaitTime: true, resumeAmount: 0.1, resumeUnit: 'minutes' };

describe.each(MODES)('Waiting inside the node, in %s mode', (mode) => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		// slow enough for n8n to have parked the execution
		sandbox = await startSandbox({ port: 0, pace: { sent: 900, carrier: 300, delivered: 300 } });
		n8n = await startN8n({ mode, sandbox });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const arrived = (handset: string) => sandbox.messages.list({ direction: 'out', handset });
	/** Once the handset has the latest message. */
	const reply = async (text: string, from = HANDSET) => {
		await until(() => ['sent', 'delivered'].includes(arrived(from).at(-1)?.status ?? ''));
		await sandbox.simulators.get('cdyne')!.reply!({ from, text });
	};
	const outputsOf = (run: Run) => [0, 1, 2].map((output) => run.json('Wait', output).length);

	describe('for a delivery', () => {
		it('a delivered message leaves by the first output, with its history', async () => {
			const run = await n8n.run([wait()], [{ to: HANDSET }]);
			expect(run.error).toBeUndefined();
			expect(outputsOf(run)).toEqual(only(DELIVERED));
			const [{ history, ...message }] = run.json('Wait', 0);
			expect(message).toMatchObject({
				provider: 'cdyne',
				messageId: arrived(HANDSET)[0].id,
				to: HANDSET,
				status: 'delivered',
				isFinal: true,
				outcome: 'delivered',
				// with a queue, a worker parks it and another process hears of it
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
			['the network gives up on', UNDELIVERED, 'undelivered'],
			['no network takes', LANDLINE, 'canceled'],
			['expires', EXPIRES, 'undelivered'],
		])('a message that %s leaves by the second output', async (_name, to, status) => {
			sandbox.pace.handOff = 400;
			sandbox.numbers.set(EXPIRES, '008');
			const run = await n8n.run([wait()], [{ to }]);
			expect(outputsOf(run)).toEqual(only(FAILED));
			expect(run.json('Wait', FAILED)).toMatchObject([
				{ to, status, isFinal: true, outcome: 'failed' },
			]);
		});

		it('two branches that lead to one waiting node each wait, with their own item', async () => {
			const nodes = [
				...startNodes([wait()]),
				node('Either', 'n8n-nodes-base.if', EITHER, { typeVersion: 2.2 }),
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
			const left = [DELIVERED, FAILED].map((output) => run.json('Wait', output));
			expect(left[0]).toContainEqual(
				expect.objectContaining({ to: HANDSET, outcome: 'delivered' }),
			);
			expect(left[1]).toContainEqual(
				expect.objectContaining({ to: UNDELIVERED, outcome: 'failed' }),
			);
			expect(left.map(({ length }) => length)).toEqual(HOST_ROUTES ? [1, 1] : [2, 2]);
		});

		it('an item that leaves by the second output is linked to the one it came from', async () => {
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

		it('at the limit the status is looked up, and the item leaves by the third output', async () => {
			const run = await n8n.run([wait(inSixSeconds)], [{ to: NO_RECEIPT }]);
			expect(outputsOf(run)).toEqual(only(NO_ANSWER));
			expect(run.json('Wait', NO_ANSWER)).toMatchObject([
				{ to: NO_RECEIPT, status: 'sent', isFinal: false, outcome: 'noAnswer' },
			]);
		});

		it('sent is enough where the user says so, even if its postback came too early', async () => {
			sandbox.pace.sent = 0;
			const run = await n8n.run([wait({ waitFor: 'sent' })], [{ to: NO_RECEIPT }]);
			sandbox.pace.sent = 900;
			expect(run.json('Wait', 0)).toMatchObject([{ status: 'sent', outcome: 'delivered' }]);
		});

		it('a forged postback without the token is refused, and the wait goes on', async () => {
			const live = await n8n.publish([wait()]);
			const parked = await live.start([{ to: NO_RECEIPT }], 'waiting');
			const [{ url }] = sandbox.postbacks.list({}).length
				? sandbox.postbacks.list({})
				: [{ url: String(arrived(NO_RECEIPT)[0].detail.postbackUrl ?? '') }];
			const forged = new URL(url);
			forged.search = '';
			const answer = await fetch(forged, {
				method: 'POST',
				body: new URLSearchParams({ DeliveryReceipt: '1', Code: '000' }),
			});
			expect(answer.status).toBe(401);
			await pause(500);
			expect((await n8n.finished(parked.id, 'waiting')).status).toBe('waiting');
			await live.unpublish();
		});

		it('several items are refused before anything is sent', async () => {
			const run = await n8n.run([wait()], [{ to: HANDSET }, { to: UNDELIVERED }]);
			expect(run.error?.message).toBe('"Send and Wait for Delivery" takes one item, and 2 came');
			expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(0);
		});

		it('a wait survives that n8n is stopped and started again', async () => {
			sandbox.pace.delivered = 3_600_000;
			const live = await n8n.publish([wait()]);
			const parked = await live.start([{ to: HANDSET }], 'waiting');
			await pause(1_500);
			// after a crash in regular mode n8n itself gives up what was waiting
			await n8n.restart(mode === 'queue' ? 'crash' : 'orderly');
			sandbox.clock.advance(3_600_000);
			sandbox.pace.delivered = 300;
			const run = await n8n.finished(parked.id);
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
		])('a message that %s', async (_name, number, status, outputs) => {
			const run = await n8n.run([waitNamirial()], [{ to: number }]);
			expect(run.error).toBeUndefined();
			expect(outputsOf(run)).toEqual(outputs);
			const [message] = [0, 1, 2].flatMap((output) => run.json('Wait', output));
			expect(message).toMatchObject({ provider: 'namirial', status, isFinal: true });
			expect(message.history[0]).toMatchObject({ status: 'queued' });
			expect(message.history.at(-1)).toMatchObject({ status });
		});

		it('a wait survives that n8n is stopped and started again', async () => {
			sandbox.pace.delivered = 3_600_000;
			const live = await n8n.publish([waitNamirial()]);
			const parked = await live.start([{ to }], 'waiting');
			await pause(1_500);
			await n8n.restart();
			sandbox.clock.advance(3_600_000);
			sandbox.pace.delivered = 300;
			const run = await n8n.finished(parked.id);
			expect(run.json('Wait', 0)).toMatchObject([{ outcome: 'delivered', status: 'delivered' }]);
		});

		it('a status whose postback came too early is looked up', async () => {
			Object.assign(sandbox.pace, { sent: 0, delivered: 0 });
			const run = await n8n.run([waitNamirial()], [{ to }]);
			Object.assign(sandbox.pace, { sent: 900, delivered: 300 });
			expect(run.json('Wait', 0)).toMatchObject([{ status: 'delivered', outcome: 'delivered' }]);
		});

		it('at the limit the item leaves by the third output', async () => {
			const run = await n8n.run([waitNamirial(inSixSeconds)], [{ to: '+39 333 555 0104' }]);
			expect(run.json('Wait', NO_ANSWER)).toMatchObject([{ status: 'sent', outcome: 'noAnswer' }]);
		});
	});

	describe('for a delivery, with Wooxy', () => {
		const waitWooxy = node('Wait', 'wooxy', {
			resource: 'message',
			operation: 'sendAndWaitForDelivery',
			domain: 'shop.example',
			to: '={{ $json.to }}',
			message: 'Hello',
			...inSixSeconds,
		});

		it('many messages are waited for at once, and leave by the output of their outcome', async () => {
			const items = ['+37255512345', '+37255500161', '+37255500165', '+37255512346'];
			const run = await n8n.run(
				[waitWooxy],
				items.map((number) => ({ to: number })),
			);
			expect(run.error).toBeUndefined();
			const by = [0, 1, 2].map((output) => run.json('Wait', output).map((json) => json.to));
			expect(by).toEqual(
				HOST_ROUTES ? [[items[0], items[3]], [items[1]], [items[2]]] : [items, [], []],
			);
			expect(run.json('Wait', DELIVERED)[0].history.at(-1)).toMatchObject({ status: 'delivered' });
		});
	});

	describe('for a reply', () => {
		it('any text goes on', async () => {
			const live = await n8n.publish([ask()]);
			const parked = await live.start([{ to: HANDSET }], 'waiting');
			await reply('  Yes, please ');
			const run = await n8n.finished(parked.id);
			expect(run.json('Ask')).toMatchObject([
				{
					outcome: 'answered',
					text: '  Yes, please ',
					from: HANDSET,
					approved: null,
					inReplyTo: arrived(HANDSET)[0].id,
				},
			]);
			await live.unpublish();
		});

		it.each([
			[' yes. ', true, 'answered'],
			['No', false, 'declined'],
		])('"%s" is an approval: %s', async (text, approved, outcome) => {
			const live = await n8n.publish([ask({ responseType: 'approval' })]);
			const parked = await live.start([{ to: HANDSET }], 'waiting');
			expect(arrived(HANDSET)[0].text).toBe('Shall we?\n\nReply YES or NO.');
			await reply(text);
			const run = await n8n.finished(parked.id);
			expect(run.json('Ask')).toMatchObject([{ approved, outcome, text }]);
			await live.unpublish();
		});

		it('what is no choice is answered with a help text once, and the wait goes on', async () => {
			const choices = { responseType: 'choices', choices: 'morning, evening' };
			const live = await n8n.publish([ask({ ...choices, options: { helpText: 'When?' } })]);
			const parked = await live.start([{ to: HANDSET }], 'waiting');
			await reply('perhaps');
			await reply('who is this?');
			await until(() => arrived(HANDSET).length >= 2);
			await pause(1_000);
			expect(arrived(HANDSET).map(({ text }) => text)).toEqual([
				'Shall we?\n\nReply morning or evening.',
				'When?',
			]);
			await reply('Evening');
			const run = await n8n.finished(parked.id);
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
		])('an answer in %s is taken', async (_title, type, text, written) => {
			const live = await n8n.publish([ask()]);
			const parked = await live.start([{ to: HANDSET }], 'waiting');
			const [sent] = arrived(HANDSET);
			const fields = new URLSearchParams({
				SMSResponse: '1',
				MessageID: randomUUID(),
				MatchedMessageID: sent.id,
				FromPhoneNumber: HANDSET,
				ToPhoneNumber: sent.from ?? '',
				ResponseReceiveDate: '1/31/2030 6:30:00 PM',
			});
			const bytes = typeof written === 'string' ? Buffer.from(written) : (written as Buffer);
			const answer = await fetch(String(sent.detail.postbackUrl), {
				method: 'POST',
				headers: { 'content-type': type },
				body: Buffer.concat([Buffer.from(`${fields}&Message=`), bytes]),
			});
			expect(answer.status).toBe(200);
			const run = await n8n.finished(parked.id);
			expect(run.json('Ask')).toMatchObject([{ outcome: 'answered', text, from: HANDSET }]);
			await live.unpublish();
		});

		it('STOP declines, and says why', async () => {
			const live = await n8n.publish([ask()]);
			const parked = await live.start([{ to: HANDSET }], 'waiting');
			await reply('STOP');
			const run = await n8n.finished(parked.id);
			expect(run.json('Ask')).toMatchObject([
				{ outcome: 'declined', approved: false, reason: 'The recipient opted out' },
			]);
			await live.unpublish();
		});
	});
});
