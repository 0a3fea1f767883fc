import { sleep } from 'n8n-workflow';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { Cdyne } from '../../../nodes/Cdyne/Cdyne.node';
import { NamirialSms } from '../../../nodes/Namirial/NamirialSms.node';
import { Wooxy } from '../../../nodes/Wooxy/Wooxy.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { sandboxCredentials } from '../../../sandbox/n8n/credentials.mjs';
import { runNode } from '../harness/engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 10, carrier: 5, delivered: 35 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

async function run(node: INodeType, parameters: INodeParameters, items: object[]) {
	const used = node.description.credentials?.map(({ name }) => name) ?? [];
	const credentials = Object.fromEntries(
		sandboxCredentials(sandbox.url)
			.filter(({ type }) => used.includes(type))
			.map(({ type, data }) => [type, data]),
	);
	return await runNode({ node, parameters, credentials, items: items as [] });
}

const GET_STATUS = {
	resource: 'message',
	operation: 'getStatus',
	messageId: '={{ $json.messageId }}',
};
const untilFinal = (waitAtMost: number) => ({ waitUntilFinal: true, waitAtMost });

/** Sends to each number and looks up the messages with these options. */
async function sendAndLookUp(
	node: INodeType,
	send: INodeParameters,
	numbers: string[],
	options: INodeParameters,
) {
	const items = numbers.map((to) => ({ to }));
	const sent = await run(node, { ...send, to: '={{ $json.to }}', message: 'Hi' }, items);
	expect(sent.error).toBeUndefined();
	return await run(node, { ...GET_STATUS, options }, sent.json);
}

const SEND = { resource: 'message', operation: 'send' };

describe('Get Status with Wait Until Final', () => {
	it('polls all messages until each is final, and keeps their order', async () => {
		const numbers = ['+37255512345', '+37255500161', '+37255500163'];
		const send = { ...SEND, domain: 'shop.example' };
		const { json } = await sendAndLookUp(new Wooxy(), send, numbers, untilFinal(120));
		expect(json.map(({ to, status, isFinal }) => [to, status, isFinal])).toEqual([
			[numbers[0], 'delivered', true],
			[numbers[1], 'undelivered', true],
			[numbers[2], 'failed', true],
		]);
		// one request covers all messages
		expect(sandbox.requests.count('wooxy', 'sms/info')).toBeLessThanOrEqual(5);
	});

	it('polls with Namirial too', async () => {
		const { json } = await sendAndLookUp(
			new NamirialSms(),
			SEND,
			['+39 333 555 0100', '+39 333 555 0102'],
			untilFinal(120),
		);
		expect(json.map(({ status }) => status)).toEqual(['delivered', 'undelivered']);
	});

	it('outputs the current status when the time is up', async () => {
		const started = Date.now();
		const { json } = await sendAndLookUp(new Cdyne(), SEND, ['17575550142'], untilFinal(3));
		expect(json).toMatchObject([{ status: 'sent', isFinal: false, found: true }]);
		expect(Date.now() - started).toBeGreaterThanOrEqual(3_000);
	});

	it('does not wait for an unknown ID', async () => {
		const unknown = [{ messageId: '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31' }];
		const options = untilFinal(3_600);
		const { json } = await run(new Cdyne(), { ...GET_STATUS, options }, unknown);
		expect(json).toMatchObject([{ found: false }]);
	});

	it('looks up once if it is off', async () => {
		await sendAndLookUp(new Cdyne(), SEND, ['17575550142'], {});
		await sleep(10);
		expect(sandbox.requests.count('cdyne', 'GetMessageStatus')).toBe(1);
	});
});
