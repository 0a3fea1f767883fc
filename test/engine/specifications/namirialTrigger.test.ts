import { deepCopy } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';
import { NamirialSms } from '../../../nodes/Namirial/NamirialSms.node';
import { NamirialSmsTrigger } from '../../../nodes/Namirial/NamirialSmsTrigger.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { PASSWORD, USERNAME } from '../../../sandbox/namirial/settings';
import { runNode } from '../harness/engine';
import { TriggerHost } from '../harness/trigger';
import { until } from '../harness/until';

const TO = '+393335550142';
const READ_BY_RCS = '+393335550106';
const TOKEN = 'example-word-1';

let sandbox: Sandbox;
let host: TriggerHost;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, clockScale: 0 });
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
	const parameters: INodeParameters = { events: ['message.status'], additionalFields: {} };
	host = await new TriggerHost(new NamirialSmsTrigger(), credentials(), parameters).listen();
	await host.activate();
});
afterEach(async () => {
	await host.close();
	sandbox.reset();
});

const credentials = () => ({
	namirialSmsGatewayApi: {
		baseUrl: `${sandbox.url}/namirial/gateway`,
		username: USERNAME,
		password: PASSWORD,
		postbackToken: TOKEN,
	},
});

const FULL = { referenceService: 'ECOMMERCE', referenceKey: 'order-1' };

/** Sends from the workflow of the trigger, and waits for the last status change of the message. */
async function sendTo(to: string, options: INodeParameters = {}, message = 'Hi') {
	const parameters = {
		resource: 'message',
		operation: 'send',
		to,
		message,
		statusUpdates: 'trigger',
		options,
	};
	const { json, error } = await runNode({
		node: new NamirialSms(),
		parameters,
		credentials: credentials(),
		staticData: deepCopy(host.staticData),
	});
	if (error) throw new Error(error.message);
	await sandbox.clock.advance();
	await allDelivered();
	return json[0];
}

/** Waits until every notification was responded to. */
async function allDelivered(): Promise<void> {
	const { copies } = sandbox.postbacks.options;
	await until(() => sandbox.postbacks.list().every(({ attempts }) => attempts.length >= copies));
}

const events = () => host.executions.flat();
const post = async (body: string, query = `?token=${TOKEN}`) =>
	(await fetch(host.address() + query, { method: 'POST', body })).status;

describe('the trigger of Namirial', () => {
	it('receives the status of a message that was sent with Status Updates to it', async () => {
		const { messageId } = await sendTo(TO, FULL);
		expect(events()).toMatchObject([
			{
				event: 'message.status',
				messageId,
				referenceId: 'order-1',
				status: 'sent',
				isFinal: false,
			},
			{ event: 'message.status', messageId, status: 'delivered', isFinal: true, errorCode: null },
		]);
	});

	it('receives READ after DELIVERED, which is not final on RCS', async () => {
		await sendTo(READ_BY_RCS);
		expect(events().map(({ status, isFinal }) => [status, isFinal])).toEqual([
			['sent', false],
			['delivered', false],
			['read', true],
		]);
	});

	it('gives a repeated notification the same event ID', async () => {
		sandbox.postbacks.options.copies = 2;
		await sendTo(TO);
		const ids = events().map(({ eventId }) => eventId);
		expect(ids).toHaveLength(4);
		expect(new Set(ids).size).toBe(2);
	});

	it.each([
		[{ status: ['read'] }, ['read']],
		[{ channel: ['SMS'] }, []],
		[{ channel: ['RCS'], status: ['sent', 'read'] }, ['sent', 'read']],
		[{ referenceKey: 'order-1' }, ['sent', 'delivered', 'read']],
		[{ referenceKey: 'order-2' }, []],
		[{ referenceService: 'ADMIN' }, []],
	])('with the filters %j outputs %j, and acknowledges all', async (filters, statuses) => {
		host.parameters = { ...host.parameters, additionalFields: filters };
		await sendTo(READ_BY_RCS, FULL);
		expect(events().map(({ status }) => status)).toEqual(statuses);
		const responses = sandbox.postbacks.list().map(({ attempts }) => attempts.map((a) => a.status));
		expect(responses).toEqual([[200], [200], [200]]);
	});

	it.each([[''], ['?token=wrong'], ['?token=']])('rejects a request with "%s"', async (query) => {
		expect(await post('{}', query)).toBe(401);
		expect(events()).toEqual([]);
	});

	it('acknowledges and ignores an unreadable postback if Unknown is not selected', async () => {
		expect(await post('not json')).toBe(200);
		expect(events()).toEqual([]);
	});

	it('outputs an unreadable postback with its text if Unknown is selected', async () => {
		host.parameters = { ...host.parameters, events: ['unknown'] };
		expect(await post('not json')).toBe(200);
		expect(events()).toMatchObject([{ event: 'unknown', text: 'not json', raw: 'not json' }]);
	});

	it('is not found by sends after it is deactivated', async () => {
		await host.deactivate();
		await expect(sendTo(TO)).rejects.toThrow('it has no active trigger');
		expect(sandbox.messages.list()).toEqual([]);
	});

	it('keeps its stored URL during a test run', async () => {
		const before = deepCopy(host.staticData);
		await host.activate(true);
		await host.deactivate(true);
		expect(host.staticData).toEqual(before);
		expect(JSON.stringify(before)).toContain(host.address());
	});

	it('stores no token in the workflow', () => {
		expect(JSON.stringify(host.staticData)).not.toContain(TOKEN);
	});
});
