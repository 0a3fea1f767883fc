import { startSandbox, type Sandbox } from '../../sandbox';
import { node, startN8n, type N8n, type Run } from './instance';

const CAMPAIGN = 'Campaign123';
const NUMBERS = Array.from({ length: 250 }, (_, index) => `1757556${String(index + 1_000)}`);
const REJECTED = NUMBERS.filter((_, index) => index % 12 === 5).slice(0, 20);
const FEW = ['17575570001', '17575570002'];

describe('A Skycore group of 250 numbers, 20 of them rejected', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let run: Run;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, clockScale: 0 });
		n8n = await startN8n({ sandbox });
		const memberOf = (subscriberRef: string) => (mobile: string) => ({
			campaignRef: CAMPAIGN,
			subscriberRef,
			mobile,
		});
		sandbox.configure('skycore', {
			subscribers: [...FEW.map(memberOf('FEW')), ...NUMBERS.map(memberOf('MANY'))],
		});
		for (const number of REJECTED) sandbox.numbers.set(number, 'rejected');
		const send = node('Send', 'skycore', {
			resource: 'sms',
			operation: 'sendToSubscriber',
			subscriberRef: '={{ $json.ref }}',
			campaignRef: CAMPAIGN,
			message: 'Hello',
		});
		run = await n8n.run([send], [{ ref: 'FEW' }, { ref: 'MANY' }, { ref: 'FEW' }]);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	it('gets the message with one request', () => {
		expect(run.error).toBeUndefined();
		const requests = sandbox.requests.list({
			provider: 'skycore',
			operation: 'sendMessageBySubscriberRef',
		});
		expect(requests.filter(({ body }) => body.includes('MANY'))).toHaveLength(1);
	});

	it('outputs an item for each number, in the order of the group, between the items of the others', () => {
		expect(run.json('Send').map(({ to }) => to)).toEqual(
			[...FEW, ...NUMBERS, ...FEW].map((number) => `+${number}`),
		);
	});

	it('pairs each item with the input item of the group', () => {
		const paired = (item: number, count: number) => Array.from({ length: count }, () => ({ item }));
		expect(run.items('Send').map(({ pairedItem }) => pairedItem)).toEqual([
			...paired(0, FEW.length),
			...paired(1, NUMBERS.length),
			...paired(2, FEW.length),
		]);
	});

	it('outputs the rejected numbers as failed with their code, and no others', () => {
		const failed = run.json('Send').filter(({ status }) => status === 'failed');
		expect(REJECTED).toHaveLength(20);
		expect(failed.map(({ to }) => to)).toEqual(REJECTED.map((number) => `+${number}`));
		expect(new Set(failed.map(({ errorCode }) => errorCode))).toEqual(new Set(['E110']));
	});

	it('texts each of the others once', () => {
		const reached = sandbox.messages.list({ provider: 'skycore' }).map(({ handset }) => handset);
		const others = NUMBERS.filter((number) => !REJECTED.includes(number));
		expect(reached.filter((handset) => NUMBERS.includes(handset)).sort()).toEqual(others.sort());
	});
});
