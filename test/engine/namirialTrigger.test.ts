import { deepCopy, sleep } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';
import { NamirialSms } from '../../nodes/Namirial/NamirialSms.node';
import { NamirialSmsTrigger } from '../../nodes/Namirial/NamirialSmsTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { PASSWORD, USERNAME } from '../../sandbox/namirial/settings';
import { runNode } from './engine';
import { TriggerHost } from './trigger';

const TO = '+393335550142';
const READ_BY_RCS = '+393335550106';
const WORD = 'example-word-1';

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
		postbackToken: WORD,
	},
});

const FULL = { referenceService: 'ECOMMERCE', referenceKey: 'order-1' };

/** Sends from the workflow of the trigger, and lets the message live to its end. */
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
	await settled();
	return json[0];
}

/** Waits until every notification was answered, five seconds at most. */
async function settled(): Promise<void> {
	const end = Date.now() + 5_000;
	const { copies } = sandbox.postbacks.options;
	const waits = () => sandbox.postbacks.list().some(({ attempts }) => attempts.length < copies);
	while (waits()) {
		if (Date.now() > end) throw new Error('A notification was not answered within 5 seconds');
		await sleep(2);
	}
}

const events = () => host.executions.flat();
const post = async (body: string, query = `?token=${WORD}`) =>
	(await fetch(host.address() + query, { method: 'POST', body })).status;

describe('the trigger of Namirial', () => {
	it('gets the changes of a message sent with Status Updates to it, with nothing copied', async () => {
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

	it('gets READ after DELIVERED, which is not final on RCS', async () => {
		await sendTo(READ_BY_RCS);
		expect(events().map(({ status, isFinal }) => [status, isFinal])).toEqual([
			['sent', false],
			['delivered', false],
			['read', true],
		]);
	});

	it('gives a notification that comes twice the same id', async () => {
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
	])('with the filters %j lets through %j, and answers all', async (filters, statuses) => {
		host.parameters = { ...host.parameters, additionalFields: filters };
		await sendTo(READ_BY_RCS, FULL);
		expect(events().map(({ status }) => status)).toEqual(statuses);
		const answered = sandbox.postbacks.list().map(({ attempts }) => attempts.map((a) => a.status));
		expect(answered).toEqual([[200], [200], [200]]);
	});

	it.each([[''], ['?token=wrong'], ['?token=']])('refuses a request with "%s"', async (query) => {
		expect(await post('{}', query)).toBe(401);
		expect(events()).toEqual([]);
	});

	it('answers what it cannot read and drops it where Unknown is not selected', async () => {
		expect(await post('not json')).toBe(200);
		expect(events()).toEqual([]);
	});

	it('emits what it cannot read, with the text, where Unknown is selected', async () => {
		host.parameters = { ...host.parameters, events: ['unknown'] };
		expect(await post('not json')).toBe(200);
		expect(events()).toMatchObject([{ event: 'unknown', text: 'not json', raw: 'not json' }]);
	});

	it('is not found by sends any more once it is deactivated', async () => {
		await host.deactivate();
		await expect(sendTo(TO)).rejects.toThrow('it has none that is active');
		expect(sandbox.messages.list()).toEqual([]);
	});

	it('leaves the address of a test run alone', async () => {
		const before = deepCopy(host.staticData);
		await host.activate(true);
		await host.deactivate(true);
		expect(host.staticData).toEqual(before);
		expect(JSON.stringify(before)).toContain(host.address());
	});

	it('leaves no token in the workflow', () => {
		expect(JSON.stringify(host.staticData)).not.toContain(WORD);
	});
});
