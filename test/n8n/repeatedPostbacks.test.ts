import { sleep } from 'n8n-workflow';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { node, startN8n } from './instance';
import type { N8n } from './instance';
import { cdyne, chain, startNodes } from './workflow';
import type { NodeOfWorkflow } from './workflow';

const FIRST = '17575550142';
const SECOND = '17575550143';
const NEVER = 3_600_000;

/** Waits for one item after another. All waits of an execution have the same resume URL. */
const inLoop = (waiting: NodeOfWorkflow) => {
	const loop = node('Loop', 'n8n-nodes-base.splitInBatches', { options: {} }, { typeVersion: 3 });
	const workflow = chain([...startNodes([loop]), loop, waiting]);
	const to = (name: string, output = 0) => [
		...Array.from({ length: output }, () => []),
		[{ node: name, type: 'main', index: 0 }],
	];
	const back = to('Loop')[0];
	const connections = {
		Loop: { main: to(waiting.name, 1) },
		[waiting.name]: { main: [back, back, back] },
	};
	return { ...workflow, connections: { ...workflow.connections, ...connections } };
};

const message = (operation: string, parameters = {}) =>
	cdyne('Wait', operation, { message: 'Shall we?', ...parameters });

describe('Late and repeated postbacks', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 900, carrier: 300, delivered: 300 } });
		n8n = await startN8n({ sandbox });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const arrived = (handset: string) => sandbox.messages.list({ direction: 'out', handset });
	/** Replies once the handset has its latest message. */
	const reply = async (from: string, text: string) => {
		await until(() => ['sent', 'delivered'].includes(arrived(from).at(-1)?.status ?? ''));
		await sandbox.simulators.get('cdyne')!.reply!({ from, text });
	};
	/** Posts the latest postback again, unchanged. @returns the HTTP status */
	const repeatLatest = async (kind: string, handset: string) => {
		const { url, body } = sandbox.postbacks.list({ kind, handset }).at(-1)!;
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		return (await fetch(url, { method: 'POST', headers, body })).status;
	};
	const items = [{ to: FIRST }, { to: SECOND }];
	const twoApprovals = async () => {
		const live = await n8n.publish(inLoop(message('sendAndWait', { responseType: 'approval' })));
		return { live, suspended: await live.start(items, 'waiting') };
	};
	const untilWaitingForSecond = async (executionId: string) => {
		await until(() => arrived(SECOND).length > 0);
		await sleep(1_000);
		expect((await n8n.finished(executionId, 'waiting')).status).toBe('waiting');
	};

	it('a receipt of the first message does not end the wait for the second', async () => {
		const live = await n8n.publish(inLoop(message('sendAndWaitForDelivery')));
		const suspended = await live.start(items, 'waiting');
		await until(() => arrived(FIRST).at(-1)?.status === 'delivered');
		sandbox.pace.delivered = NEVER;
		await untilWaitingForSecond(suspended.id);
		expect(await repeatLatest('DeliveryReceipt', FIRST)).toBe(200);
		await sleep(500);
		expect((await n8n.finished(suspended.id, 'waiting')).status).toBe('waiting');
		await sandbox.clock.advance(NEVER);
		const run = await n8n.finished(suspended.id);
		await live.unpublish();
		expect(run.json('Wait', 0).map(({ to, status }) => `${to} ${status}`)).toEqual([
			`+${FIRST} delivered`,
			`+${SECOND} delivered`,
		]);
	});

	it('a YES to the first question does not count for the second', async () => {
		const { live, suspended } = await twoApprovals();
		await reply(FIRST, 'YES');
		await untilWaitingForSecond(suspended.id);
		expect(await repeatLatest('SMSResponse', FIRST)).toBe(200);
		await reply(SECOND, 'NO');
		const run = await n8n.finished(suspended.id);
		await live.unpublish();
		expect(run.json('Wait').map(({ from, approved }) => `${from} ${approved}`)).toEqual([
			`+${FIRST} true`,
			`+${SECOND} false`,
		]);
	});

	it('a STOP to the first question does not end the second', async () => {
		const { live, suspended } = await twoApprovals();
		await reply(FIRST, 'STOP');
		await untilWaitingForSecond(suspended.id);
		expect(await repeatLatest('SMSResponse', FIRST)).toBe(200);
		await reply(SECOND, 'YES');
		const run = await n8n.finished(suspended.id);
		await live.unpublish();
		expect(run.json('Wait').map(({ from, approved }) => `${from} ${approved}`)).toEqual([
			`+${FIRST} false`,
			`+${SECOND} true`,
		]);
	});

	it('each question has its own help text, and a reply to the help text counts', async () => {
		const { live, suspended } = await twoApprovals();
		for (const handset of [FIRST, SECOND]) {
			await until(() => arrived(handset).length > 0);
			await reply(handset, 'perhaps');
			await until(() => arrived(handset).length >= 2);
			await reply(handset, 'YES');
		}
		const run = await n8n.finished(suspended.id);
		await live.unpublish();
		expect(run.json('Wait').map(({ approved }) => approved)).toEqual([true, true]);
	});

	it('a reply that is posted twice at the same time gets one help text', async () => {
		const ask = message('sendAndWait', { responseType: 'approval' });
		const live = await n8n.publish([ask]);
		const suspended = await live.start([{ to: FIRST }], 'waiting');
		await sleep(1_000);
		sandbox.postbacks.options.copies = 2;
		await reply(FIRST, 'perhaps');
		await until(() => sandbox.postbacks.list({ kind: 'SMSResponse' })[0].attempts.length >= 2);
		await sleep(500);
		expect(arrived(FIRST)).toHaveLength(2);
		await reply(FIRST, 'YES');
		await n8n.finished(suspended.id);
		await live.unpublish();
	});

	it('the last look-up of an ended wait does not end the next one', async () => {
		const resumeAmount = `={{ $json.to === '${FIRST}' ? 0.25 : 60 }}`;
		const values = { resumeAmount, resumeUnit: 'minutes' };
		const options = { limitWaitTime: { values } };
		const wait = message('sendAndWaitForDelivery', { options });
		const live = await n8n.publish(inLoop(wait));
		const suspended = await live.start(items, 'waiting');
		await until(() => arrived(FIRST).at(-1)?.status === 'delivered');
		sandbox.pace.delivered = NEVER;
		await untilWaitingForSecond(suspended.id);
		await sleep(15_000);
		expect((await n8n.finished(suspended.id, 'waiting')).status).toBe('waiting');
		await sandbox.clock.advance(NEVER);
		await n8n.finished(suspended.id);
		await live.unpublish();
	});

	it('a failed look-up does not end the wait', async () => {
		sandbox.pace.delivered = 6_000;
		const fault = { operation: 'GetMessageStatus', times: 'always' } as const;
		sandbox.faults.add({ ...fault, kind: 'status', status: 404 });
		const run = await n8n.run([message('sendAndWaitForDelivery')], [{ to: FIRST }]);
		expect(sandbox.faults.list()[0].struck).toBeGreaterThan(0);
		expect(run.error).toBeUndefined();
		expect(run.json('Wait', 0)).toMatchObject([{ status: 'delivered' }]);
	});
});
