import type { IDataObject } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import type { RunResult } from '../harness/engine';
import { resume } from '../harness/resume';
import { runProvider } from '../tables/operations';

/** Executions that were suspended when numbers in outputs were still in the providers' forms. */

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox({ port: 0 })));
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

/** The number in E.164, and the form of a stored message. */
const PEOPLE = [
	['+17575550142', '17575550142'],
	['+447911123456', '011447911123456'],
	['+4520123456', '0114520123456'],
];

/** An execution that waits, with the message as it was stored before. */
async function suspended(operation: string, to: string, stored: string): Promise<RunResult> {
	const result = await runProvider('cdyne', sandbox, {
		...{ resource: 'message', operation, to, message: 'Hi', responseType: 'approval' },
		options: { limitWaitTime: { values: { resumeAmount: 60, resumeUnit: 'days' } } },
	});
	const { contextData = {} } = result.run.data.executionData ?? {};
	const wait = (contextData['node:Node'] as unknown as { suspended: IDataObject }).suspended;
	const { message } = wait.state as { message: IDataObject };
	expect(message.to).toBe(to);
	Object.assign(message, { to: stored, from: '17575550100', createdAt: undefined });
	return result;
}

const idOfSent = () => sandbox.messages.list({ direction: 'out' })[0].id;
const replyFrom = (number: string, text: string, matched = '') =>
	`SMSResponse=1&MessageID=7c0d1c1e-8a55-4f0b-b0a9-6d2f1c9e7b31&MatchedMessageID=${matched}&FromPhoneNumber=${number}&ToPhoneNumber=17575550100&Message=${text}`;
const receipt = (code: string) =>
	`DeliveryReceipt=1&MessageID=${idOfSent()}&ReferenceID=&DeliveryReceiptMessage=x&Code=${code}`;

describe.each(PEOPLE)('a text to %s, stored as %s', (number, stored) => {
	it.each([
		['000', 'delivered', null],
		['024', 'failed', 'Undeliverable'],
	])('ends with the receipt %s as %s', async (code, outcome, errorMessage) => {
		const result = await suspended('sendAndWaitForDelivery', number, stored);
		const outputs = await resume(sandbox, result, receipt(code));
		expect(outputs?.flat()).toMatchObject([{ outcome, errorMessage, messageId: idOfSent() }]);
	});

	it('ends with a reply, which proves the delivery', async () => {
		const result = await suspended('sendAndWaitForDelivery', number, stored);
		const outputs = await resume(sandbox, result, replyFrom(stored, 'Hi', idOfSent()));
		expect(outputs?.flat()).toMatchObject([{ outcome: 'delivered' }]);
	});

	it.each([
		['YES', 'answered'],
		['NO', 'declined'],
		['STOP', 'declined'],
	])('ends with the reply %s, with the number in E.164', async (text, outcome) => {
		for (const matched of ['', 'id']) {
			const result = await suspended('sendAndWait', number, stored);
			const id = matched && idOfSent();
			const outputs = await resume(sandbox, result, replyFrom(stored, text, id));
			expect(outputs?.flat()).toMatchObject([{ outcome, from: number, to: '+17575550100' }]);
			sandbox.reset();
		}
	});

	it('does not end with a reply of somebody else', async () => {
		const result = await suspended('sendAndWait', number, stored);
		const other = replyFrom(`${stored.slice(0, -1)}9`, 'YES', idOfSent());
		expect(await resume(sandbox, result, other)).toBeUndefined();
	});
});
