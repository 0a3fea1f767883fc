import type { IDataObject } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { onTheWire } from '../../onTheWire';
import type { RunOptions, RunResult } from '../harness/engine';
import { resume } from '../harness/resume';
import { runProvider } from '../tables/operations';

/** Suspending and resuming executions in n8n's engine. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
	// CDYNE would post to an n8n that is not there
	sandbox.configure('cdyne', {});
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const TO = '+17575550142';
const WIRE_TO = onTheWire.cdyne(TO);
const continueOnFail = { settings: { onError: 'continueRegularOutput' as const } };

const limitedTo = (values: IDataObject) => ({ limitWaitTime: { values } });

const wait = async (parameters: IDataObject = {}, more: Partial<RunOptions> = {}) =>
	await runProvider(
		'cdyne',
		sandbox,
		{
			resource: 'message',
			operation: 'sendAndWaitForDelivery',
			to: TO,
			message: 'Hi',
			...parameters,
			// so long that no look-up before the limit is waited for
			options: {
				...limitedTo({ resumeAmount: 60, resumeUnit: 'days' }),
				...(parameters.options as object),
			},
		} as never,
		more,
	);
const sent = () => sandbox.messages.list({ direction: 'out' });
const suspendedEntry = ({ run }: RunResult) => run.data.executionData?.nodeExecutionStack.at(-1);

describe('suspending', () => {
	it('copies the node in the entry and adds a source for each output', async () => {
		const result = await wait();
		expect(result.run.waitTill).toBeInstanceOf(Date);
		const entry = suspendedEntry(result);
		expect(entry?.node).not.toBe(result.workflow.getNode('Node'));
		expect(entry?.node).toMatchObject({ name: 'Node', alwaysOutputData: false });
		const [source] = entry?.source?.main ?? [];
		expect(entry?.source?.main).toEqual([source, source, source]);
		expect(source).toMatchObject({ previousNode: 'Start' });
	});

	it('prepares the output at the limit', async () => {
		const entry = suspendedEntry(await wait());
		expect(entry?.data.main.map((items) => items?.length ?? 0)).toEqual([0, 0, 1]);
		expect(entry?.data.main[2]?.[0].json).toMatchObject({
			outcome: 'timedOut',
			messageId: sent()[0].id,
			to: TO,
			// n8n outputs it without running the node again, so later statuses are missing
			historyComplete: false,
		});
	});

	it('adds the IDs of the message to the metadata of the execution', async () => {
		const { run } = await wait({ options: { referenceId: 'order-7' } });
		expect(run.data.resultData.metadata).toEqual({
			messageId: sent()[0].id,
			referenceId: 'order-7',
		});
	});
});

describe('a limit', () => {
	it.each<[string, IDataObject, RegExp]>([
		[
			'of 1e12 days',
			{ options: limitedTo({ resumeAmount: 1e12, resumeUnit: 'days' }) },
			/longer than a thousand years/,
		],
		[
			'of 0',
			{ options: limitedTo({ resumeAmount: 0 }) },
			/^The time to wait is 0, which is not above 0/,
		],
		[
			'below 0',
			{ options: limitedTo({ resumeAmount: -1 }) },
			/^The time to wait is -1, which is not above 0/,
		],
		[
			'that is not a number',
			{ options: limitedTo({ resumeAmount: '={{ "soon" }}' }) },
			/not a number/,
		],
		[
			'of an unknown unit',
			{ options: limitedTo({ resumeUnit: '={{ "constructor" }}' }) },
			/^Unit .* is not one of/,
		],
		[
			'of a wrong type',
			{ options: limitedTo({ limitType: '={{ ({ a: 1 }) }}' }) },
			/^Limit Type is an object/,
		],
		[
			'with an unknown value of Wait For',
			{ waitFor: '={{ "anything" }}' },
			/^Wait For is "anything", which is not/,
		],
		[
			'that has passed',
			{ options: limitedTo({ limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01' }) },
			/has passed/,
		],
		[
			'without a date',
			{ options: limitedTo({ limitType: 'atSpecifiedTime', maxDateAndTime: '' }) },
			/is missing/,
		],
		[
			'that is not a date',
			{ options: limitedTo({ limitType: 'atSpecifiedTime', maxDateAndTime: 'soon' }) },
			/not a date/,
		],
		[
			'on a day that does not exist',
			{ options: limitedTo({ limitType: 'atSpecifiedTime', maxDateAndTime: '2090-02-30' }) },
			/no such/,
		],
	])('%s is rejected before anything is sent', async (_, parameters, message) => {
		const { json, run } = await wait(parameters, continueOnFail);
		expect(json[0].error).toMatch(message);
		expect(json[0].details).toMatchObject({ kind: 'rejected', nothingSent: true });
		expect(run.waitTill ?? null).toBeNull();
		expect(sent()).toHaveLength(0);
	});

	it('that passes while the message is sent outputs the item with its ID', async () => {
		sandbox.faults.add({ kind: 'delay', ms: 1_500, operation: 'AdvancedSMSsend' });
		const maxDateAndTime = new Date(Date.now() + 1_000).toISOString();
		const { outputs, run } = await wait({
			options: limitedTo({ limitType: 'atSpecifiedTime', maxDateAndTime }),
		});
		expect(run.waitTill ?? null).toBeNull();
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 1]);
		expect(outputs[2][0].json).toMatchObject({ outcome: 'timedOut', messageId: sent()[0].id });
	});

	const waitTillOf = async (values: IDataObject, parameters: IDataObject = {}) => {
		const { run } = await wait({ ...parameters, options: limitedTo(values) });
		return run.waitTill?.getTime() ?? NaN;
	};
	const DAY = 86_400_000;

	it('that is set replaces the default', async () => {
		const before = Date.now();
		const until = await waitTillOf({ resumeAmount: 40, resumeUnit: 'days' });
		expect(until - before).toBeGreaterThanOrEqual(40 * DAY);
		expect(until - before).toBeLessThan(41 * DAY);
	});

	it('may be a time, or never', async () => {
		const maxDateAndTime = new Date(Date.now() + 30 * DAY).toISOString();
		const at = await waitTillOf({ limitType: 'atSpecifiedTime', maxDateAndTime });
		expect(at).toBe(Date.parse(maxDateAndTime));
		expect(new Date(await waitTillOf({ limitType: 'never' })).getUTCFullYear()).toBe(3000);
	});

	it('that is set to 0 is rejected', async () => {
		const options = { limitWaitTime: { values: { resumeAmount: 0 } } };
		const { json } = await wait({ options }, continueOnFail);
		expect(json[0].error).toMatch(/^The time to wait is 0, which is not above 0/);
		expect(sent()).toHaveLength(0);
	});

	it('may be a text from an expression', async () => {
		const { run } = await wait({ options: limitedTo({ resumeAmount: '={{ "40" }}' }) });
		expect(run.waitTill?.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
	});
});

describe('several items', () => {
	it('are rejected as one item each with Continue On Fail', async () => {
		const { json } = await wait({}, { items: [{}, {}], ...continueOnFail });
		expect(json).toHaveLength(2);
		json.forEach(({ error, details }) => {
			expect(error).toMatch(/takes one item, but received 2/);
			expect(details).toMatchObject({ nothingSent: true });
		});
		expect(sent()).toHaveLength(0);
	});

	it('are output on the error output, with their fields', async () => {
		const settings = { onError: 'continueErrorOutput' as const };
		const { outputs } = await wait({}, { items: [{ name: 'Anna' }, { name: 'Ben' }], settings });
		expect(outputs.slice(0, -1).flat()).toEqual([]);
		expect(outputs.at(-1)?.map(({ json }) => json)).toMatchObject([
			{ name: 'Anna', details: { nothingSent: true } },
			{ name: 'Ben', details: { nothingSent: true } },
		]);
	});
});

const receipt = (id: string, code: string, more = '') =>
	`DeliveryReceipt=1&MessageID=${id}&ReferenceID=&DeliveryReceiptMessage=x&Code=${code}${more}`;

describe('resuming', () => {
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
		const outputs = await resume(sandbox, result, receipt(sent()[0].id, '000'), { name });
		expect(outputs).toMatchObject([[{ outcome: 'delivered', status: 'delivered' }]]);
	});

	it.each([
		['an empty body', ''],
		['another text', 'hello'],
		['a receipt of another message', receipt('9d1c7f04-52c8-4f5e-8a0e-1b7f3f0c2a11', '000')],
		['a status that is not final', `SMSSent=1&MessageID=%ID%`],
		['a multipart form', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--'],
		['JSON', '{"approved":true}'],
		['a look-up request for another wait', '{"smsGateways":"lookUp","waitId":"other","last":true}'],
		['a truncated look-up request', '{"smsGateways"'],
	])('does not happen on %s', async (_, body) => {
		const result = await wait();
		expect(await resume(sandbox, result, body.replace('%ID%', sent()[0].id))).toBeUndefined();
	});

	it('with a failure outputs on the second output, with code and message', async () => {
		const result = await wait();
		const outputs = await resume(sandbox, result, receipt(sent()[0].id, '024'));
		expect(outputs?.map((items) => items.length)).toEqual([0, 1]);
		expect(outputs?.[1][0]).toMatchObject({
			outcome: 'failed',
			status: 'undelivered',
			errorCode: '024',
			errorMessage: 'Undeliverable',
		});
	});

	it('with an unknown code names it', async () => {
		const result = await wait();
		const outputs = await resume(sandbox, result, receipt(sent()[0].id, '777'));
		expect(outputs?.[1][0]).toMatchObject({
			errorCode: '777',
			errorMessage: 'Code 777, which is not on CDYNE’s list',
		});
	});

	it('follows a message that CDYNE sends again under another id', async () => {
		const result = await wait();
		const backup = '9d1c7f04-52c8-4f5e-8a0e-1b7f3f0c2a11';
		const again = receipt(sent()[0].id, '091', `&BackupMessageID=${backup}`);
		expect(await resume(sandbox, result, again)).toBeUndefined();
		const outputs = await resume(sandbox, result, receipt(backup, '000'));
		expect(outputs).toMatchObject([[{ outcome: 'delivered', messageId: backup }]]);
		expect(outputs?.[0][0].history).toMatchObject([
			{ status: 'queued' },
			{ status: 'delivered' },
			{ status: 'undelivered' },
		]);
	});

	it('reports a complete history if the process that suspended it resumes it', async () => {
		const result = await wait();
		const outputs = await resume(sandbox, result, receipt(sent()[0].id, '000'));
		expect(outputs).toMatchObject([[{ historyComplete: true }]]);
	});

	it('reports an incomplete history after a restart, or if another process suspended it', async () => {
		const result = await wait();
		await jest.isolateModulesAsync(async () => {
			const { Cdyne: otherCdyne } = await import('../../../nodes/Cdyne/Cdyne.node');
			const outputs = await resume(sandbox, result, receipt(sent()[0].id, '000'), {
				nodeType: otherCdyne,
			});
			expect(outputs).toMatchObject([[{ outcome: 'delivered', historyComplete: false }]]);
		});
	});

	it('limits the history of a wait', async () => {
		const result = await wait();
		const [{ id }] = sent();
		for (let turn = 0; turn < 200; turn++) {
			await resume(sandbox, result, `SMSSent=${turn}&MessageID=${id}`);
		}
		const outputs = await resume(sandbox, result, receipt(id, '000'));
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
		expect(await resume(sandbox, result, reply(WIRE_TO, text))).toMatchObject([
			[{ outcome: 'answered', approved: true, choice: 'YES' }],
		]);
	});

	it.each(['Yes please', 'ja', 'yess', '', ' ', '👍', '...', 'no yes', 'Y'])(
		'%j does not end the wait',
		async (text) => {
			const result = await ask({});
			expect(await resume(sandbox, result, reply(WIRE_TO, text))).toBeUndefined();
		},
	);

	it('from another number is ignored, even STOP', async () => {
		const result = await ask({});
		for (const text of ['YES', 'NO', 'STOP']) {
			expect(
				await resume(sandbox, result, reply('17575550199', text, sent()[0].id)),
			).toBeUndefined();
		}
		expect(await resume(sandbox, result, reply('757-555-0142', 'NO'))).toMatchObject([
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
	])('the choices %j are rejected because CDYNE acts on one of them', async (choices) => {
		const { json } = await wait(
			{ operation: 'sendAndWait', responseType: 'choices', choices },
			continueOnFail,
		);
		expect(json[0].error).toMatch(/cannot be a reply: the provider acts on/);
		expect(sent()).toHaveLength(0);
	});

	it('the words to approve and to decline are checked against the same list', async () => {
		const { json } = await wait(
			{ operation: 'sendAndWait', responseType: 'approval', declineWord: 'Cancel' },
			continueOnFail,
		);
		expect(json[0].error).toMatch(/"Cancel" cannot be a reply/);
	});

	it('choices that differ only in a symbol are distinguished', async () => {
		const result = await ask({ responseType: 'choices', choices: 'A+, A-' });
		expect(await resume(sandbox, result, reply(WIRE_TO, 'a+'))).toMatchObject([[{ choice: 'A+' }]]);
		expect(await resume(sandbox, result, reply(WIRE_TO, 'a'))).toBeUndefined();
	});
});
