import { createRunExecutionData } from 'n8n-workflow';
import type { IDataObject, INode, IWebhookFunctions } from 'n8n-workflow';
import { Cdyne } from '../../nodes/Cdyne/Cdyne.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { GOOD_STANDING } from '../../sandbox/cdyne/settings';
import type { RunOptions, RunResult } from './engine';
import { runProvider } from './operations';

/** Parking and going on, in n8n's engine. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
	// CDYNE would post to an n8n that is not there
	sandbox.configure('cdyne', {});
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const TO = '17575550142';
const goOn = { settings: { onError: 'continueRegularOutput' as const } };

const wait = async (parameters: IDataObject = {}, more: Partial<RunOptions> = {}) =>
	await runProvider(
		'cdyne',
		sandbox,
		{
			resource: 'message',
			operation: 'sendAndWaitForDelivery',
			to: TO,
			message: 'Hi',
			// so long that no look before the limit is waited for
			resumeAmount: 60,
			resumeUnit: 'days',
			...parameters,
		} as never,
		more,
	);
const sent = () => sandbox.messages.list({ direction: 'out' });
const parkedEntry = ({ run }: RunResult) => run.data.executionData?.nodeExecutionStack.at(-1);

describe('parking', () => {
	it('gives the entry a node of its own, and a source for each output', async () => {
		const result = await wait();
		expect(result.run.waitTill).toBeInstanceOf(Date);
		const entry = parkedEntry(result);
		expect(entry?.node).not.toBe(result.workflow.getNode('Node'));
		expect(entry?.node).toMatchObject({ name: 'Node', alwaysOutputData: false });
		const [source] = entry?.source?.main ?? [];
		expect(entry?.source?.main).toEqual([source, source, source]);
		expect(source).toMatchObject({ previousNode: 'Start' });
	});

	it('lays out what leaves at the limit', async () => {
		const entry = parkedEntry(await wait());
		expect(entry?.data.main.map((items) => items?.length ?? 0)).toEqual([0, 0, 1]);
		expect(entry?.data.main[2]?.[0].json).toMatchObject({
			outcome: 'noAnswer',
			messageId: sent()[0].id,
			to: TO,
			// n8n lets it leave without asking what came since
			historyComplete: false,
		});
	});

	it('names the execution by the message', async () => {
		const { run } = await wait({ options: { referenceId: 'order-7' } });
		expect(run.data.resultData.metadata).toEqual({
			messageId: sent()[0].id,
			referenceId: 'order-7',
		});
	});
});

describe('a limit', () => {
	it.each<[string, IDataObject, RegExp]>([
		['of 1e12 days', { resumeAmount: 1e12, resumeUnit: 'days' }, /longer than a thousand years/],
		['of nothing', { resumeAmount: 0 }, /^The time to wait, 0, is none/],
		['below nothing', { resumeAmount: -1 }, /^The time to wait, -1, is none/],
		['that is no number', { resumeAmount: '={{ "soon" }}' }, /not a number/],
		['of another unit', { resumeUnit: '={{ "constructor" }}' }, /^Resume Unit .* is none of its/],
		['of another type', { limitType: '={{ ({ a: 1 }) }}' }, /^Limit Type is an object/],
		['by another word', { waitFor: '={{ "anything" }}' }, /^Wait For is "anything", which is none/],
		[
			'that has passed',
			{ limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01' },
			/has passed/,
		],
		['without a date', { limitType: 'atSpecifiedTime', maxDateAndTime: '' }, /is missing/],
		['that is no date', { limitType: 'atSpecifiedTime', maxDateAndTime: 'soon' }, /not a date/],
		[
			'on a day that is none',
			{ limitType: 'atSpecifiedTime', maxDateAndTime: '2090-02-30' },
			/no such/,
		],
	])('%s is refused before anything is sent', async (_, parameters, words) => {
		const { json, run } = await wait(parameters, goOn);
		expect(json[0].error).toMatch(words);
		expect(json[0].details).toMatchObject({ kind: 'rejected', nothingSent: true });
		expect(run.waitTill ?? null).toBeNull();
		expect(sent()).toHaveLength(0);
	});

	it('that passes while the message is sent lets the item go with its id', async () => {
		sandbox.faults.add({ kind: 'delay', ms: 1_500, operation: 'AdvancedSMSsend' });
		const maxDateAndTime = new Date(Date.now() + 1_000).toISOString();
		const { outputs, run } = await wait({ limitType: 'atSpecifiedTime', maxDateAndTime });
		expect(run.waitTill ?? null).toBeNull();
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 1]);
		expect(outputs[2][0].json).toMatchObject({ outcome: 'noAnswer', messageId: sent()[0].id });
	});

	const limited = async (values: IDataObject, parameters: IDataObject = {}) => {
		const { run } = await wait({ ...parameters, options: { limitWaitTime: { values } } });
		return run.waitTill?.getTime() ?? NaN;
	};
	const DAY = 86_400_000;

	it('that is an option counts instead of the usual one', async () => {
		const before = Date.now();
		const until = await limited({ resumeAmount: 40, resumeUnit: 'days' });
		expect(until - before).toBeGreaterThanOrEqual(40 * DAY);
		expect(until - before).toBeLessThan(41 * DAY);
	});

	it('may be a time, or none at all', async () => {
		const maxDateAndTime = new Date(Date.now() + 30 * DAY).toISOString();
		const at = await limited({ limitType: 'atSpecifiedTime', maxDateAndTime });
		expect(at).toBe(Date.parse(maxDateAndTime));
		expect(new Date(await limited({ limitType: 'never' })).getUTCFullYear()).toBe(3000);
	});

	it('that is an option is checked like any other', async () => {
		const options = { limitWaitTime: { values: { resumeAmount: 0 } } };
		const { json } = await wait({ options }, goOn);
		expect(json[0].error).toMatch(/^The time to wait, 0, is none/);
		expect(sent()).toHaveLength(0);
	});

	it('may be as text, as all values of expressions', async () => {
		const { run } = await wait({ limitWaitTime: '={{ "true" }}', resumeAmount: '={{ "40" }}' });
		expect(run.waitTill?.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
	});
});

describe('several items', () => {
	it('are refused as one item each under Continue On Fail', async () => {
		const { json } = await wait({}, { items: [{}, {}], ...goOn });
		expect(json).toHaveLength(2);
		json.forEach(({ error, details }) => {
			expect(error).toMatch(/takes one item, and 2 came/);
			expect(details).toMatchObject({ nothingSent: true });
		});
		expect(sent()).toHaveLength(0);
	});

	it('leave by the error output, with their fields', async () => {
		const settings = { onError: 'continueErrorOutput' as const };
		const { outputs } = await wait({}, { items: [{ name: 'Anna' }, { name: 'Ben' }], settings });
		expect(outputs.slice(0, -1).flat()).toEqual([]);
		expect(outputs.at(-1)?.map(({ json }) => json)).toMatchObject([
			{ name: 'Anna', details: { nothingSent: true } },
			{ name: 'Ben', details: { nothingSent: true } },
		]);
	});
});

/** The node's `webhook()` with what n8n would hand it for a parked execution. */
async function resume(
	result: RunResult,
	body: string,
	more: { name?: string; type?: string; by?: typeof Cdyne } = {},
) {
	const node = {
		...(result.workflow.getNode('Node') as INode),
		...(more.name && { name: more.name }),
	};
	const runExecutionData = createRunExecutionData({ executionData: result.run.data.executionData });
	const contexts = runExecutionData.executionData?.contextData ?? {};
	if (more.name) contexts[`node:${more.name}`] = contexts['node:Node'];
	const context = {
		runExecutionData,
		getNode: () => node,
		getNodeParameter: (name: string) => node.parameters[name],
		getHeaderData: () => ({ 'content-type': more.type ?? 'application/x-www-form-urlencoded' }),
		getRequestObject: () => ({ rawBody: Buffer.from(body) }),
		evaluateExpression: () => {
			throw new Error('not needed');
		},
		getCredentials: async () => ({
			baseUrl: `${sandbox.url}/cdyne/Messaging.svc`,
			licenseKey: GOOD_STANDING,
		}),
		getSignedResumeUrl: () => `${sandbox.url}/nobody`,
		helpers: { httpRequest: async () => ({ statusCode: 500, headers: {}, body: '' }) },
		logger: { warn: () => {} },
	} as unknown as IWebhookFunctions;
	const { workflowData } = await new (more.by ?? Cdyne)().webhook.call(context);
	return workflowData?.map((items) => items.map(({ json }) => json));
}

const receipt = (id: string, code: string, more = '') =>
	`DeliveryReceipt=1&MessageID=${id}&ReferenceID=&DeliveryReceiptMessage=x&Code=${code}${more}`;

describe('going on', () => {
	it.each([
		'Node',
		'Ask {{customer}}',
		'constructor',
		'__proto__',
		'a"b\\c\'d',
		'x }} y',
		'two\nlines',
	])('works for a node named %j', async (name) => {
		const result = await wait();
		const outputs = await resume(result, receipt(sent()[0].id, '000'), { name });
		expect(outputs).toMatchObject([[{ outcome: 'delivered', status: 'delivered' }]]);
	});

	it.each([
		['nothing', ''],
		['something else', 'hello'],
		['of another message', receipt('9d1c7f04-52c8-4f5e-8a0e-1b7f3f0c2a11', '000')],
		['a status on the way', `SMSSent=1&MessageID=%ID%`],
		['a form in parts', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--'],
		['JSON', '{"approved":true}'],
		['a question of ours for another wait', '{"smsGateways":"lookUp","wait":"other","last":true}'],
		['broken JSON of ours', '{"smsGateways"'],
	])('is not done by %s', async (_, body) => {
		const result = await wait();
		expect(await resume(result, body.replace('%ID%', sent()[0].id))).toBeUndefined();
	});

	it('by a failure leaves by the second output, with code and words', async () => {
		const result = await wait();
		const outputs = await resume(result, receipt(sent()[0].id, '024'));
		expect(outputs?.map((items) => items.length)).toEqual([0, 1]);
		expect(outputs?.[1][0]).toMatchObject({
			outcome: 'failed',
			status: 'undelivered',
			errorCode: '024',
			errorMessage: 'Undeliverable',
		});
	});

	it('by a code that is on no list says which', async () => {
		const result = await wait();
		const outputs = await resume(result, receipt(sent()[0].id, '777'));
		expect(outputs?.[1][0]).toMatchObject({
			errorCode: '777',
			errorMessage: 'Code 777, which is not on CDYNE’s list',
		});
	});

	it('follows a message that CDYNE sends again under another id', async () => {
		const result = await wait();
		const backup = '9d1c7f04-52c8-4f5e-8a0e-1b7f3f0c2a11';
		const again = receipt(sent()[0].id, '091', `&BackupMessageID=${backup}`);
		expect(await resume(result, again)).toBeUndefined();
		const outputs = await resume(result, receipt(backup, '000'));
		expect(outputs).toMatchObject([[{ outcome: 'delivered', messageId: backup }]]);
		expect(outputs?.[0][0].history).toMatchObject([
			{ status: 'queued' },
			{ status: 'delivered' },
			{ status: 'undelivered' },
		]);
	});

	it('says that its history is whole where the process that parked it ends it', async () => {
		const result = await wait();
		const outputs = await resume(result, receipt(sent()[0].id, '000'));
		expect(outputs).toMatchObject([[{ historyComplete: true }]]);
	});

	it('says that steps may be missing after a restart, or where another process parked', async () => {
		const result = await wait();
		await jest.isolateModulesAsync(async () => {
			const { Cdyne: elsewhere } = await import('../../nodes/Cdyne/Cdyne.node');
			const outputs = await resume(result, receipt(sent()[0].id, '000'), { by: elsewhere });
			expect(outputs).toMatchObject([[{ outcome: 'delivered', historyComplete: false }]]);
		});
	});

	it('keeps no more of a wait than its different statuses', async () => {
		const result = await wait();
		const [{ id }] = sent();
		for (let turn = 0; turn < 200; turn++) {
			await resume(result, `SMSSent=${turn}&MessageID=${id}`);
		}
		const outputs = await resume(result, receipt(id, '000'));
		expect((outputs?.[0][0].history as unknown[]).length).toBeLessThanOrEqual(52);
		expect(outputs?.[0][0].historyComplete).toBe(false);
	});
});

describe('a reply', () => {
	const ask = async (parameters: IDataObject) =>
		await wait({ operation: 'sendAndWait', responseType: 'approval', ...parameters });
	const reply = (from: string, text: string, matched = '') =>
		`SMSResponse=1&MessageID=7c0d1c1e-8a55-4f0b-b0a9-6d2f1c9e7b31&MatchedMessageID=${matched}&FromPhoneNumber=${from}&ToPhoneNumber=55512&Message=${encodeURIComponent(text)}`;

	it.each([
		'YES',
		'yes',
		' Yes ',
		'YES!',
		'"yes"',
		'“Yes”',
		'Yes 👍',
		'Y E S',
		'yes.',
		'ＹＥＳ',
		'yes\u200b',
	])('%j approves', async (text) => {
		const result = await ask({});
		expect(await resume(result, reply(TO, text))).toMatchObject([
			[{ outcome: 'answered', approved: true, choice: 'YES' }],
		]);
	});

	it.each(['Yes please', 'ja', 'yess', '', ' ', '👍', '...', 'no yes', 'Y'])(
		'%j is no answer',
		async (text) => {
			const result = await ask({});
			expect(await resume(result, reply(TO, text))).toBeUndefined();
		},
	);

	it('of somebody else counts for nothing, a stop of theirs neither', async () => {
		const result = await ask({});
		for (const text of ['YES', 'NO', 'STOP']) {
			expect(await resume(result, reply('17575550199', text, sent()[0].id))).toBeUndefined();
		}
		expect(await resume(result, reply('757-555-0142', 'NO'))).toMatchObject([
			[{ approved: false }],
		]);
	});

	it.each([
		'CONFIRM, CANCEL',
		'stop',
		'Yes, Quit!',
		'help, go on',
		'resume',
		'END.',
		'unsub',
		'Arret',
		'info',
	])('the choices %j are refused: CDYNE acts on one of them', async (choices) => {
		const { json } = await wait(
			{ operation: 'sendAndWait', responseType: 'choices', choices },
			goOn,
		);
		expect(json[0].error).toMatch(/cannot be an answer: the provider acts on/);
		expect(sent()).toHaveLength(0);
	});

	it('the words to approve and to decline are held against the same list', async () => {
		const { json } = await wait(
			{ operation: 'sendAndWait', responseType: 'approval', declineWord: 'Cancel' },
			goOn,
		);
		expect(json[0].error).toMatch(/"Cancel" cannot be an answer/);
	});

	it('words that differ in a sign only are told apart by it', async () => {
		const result = await ask({ responseType: 'choices', choices: 'A+, A-' });
		expect(await resume(result, reply(TO, 'a+'))).toMatchObject([[{ choice: 'A+' }]]);
		expect(await resume(result, reply(TO, 'a'))).toBeUndefined();
	});
});
