import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { listId } from '../../../sandbox/wooxy/lists';
import { onTheWire } from '../../onTheWire';
import { resume } from '../harness/resume';
import { eventsIn, PROVIDER_NAMES, runProvider } from '../tables/operations';
import type { ProviderName } from '../tables/operations';

/** A person has the same number, in E.164, in every output of every provider. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 10, carrier: 10, delivered: 10 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const DOMAIN = 'shop.example';
const SHORT_CODE = { cdyne: '55512', skycore: '60856' };

/** Where a number was output, and what was output there. */
type Outputs = Record<string, unknown>;

/** What the providers' nodes are run with. */
class Runs {
	readonly outputs: Outputs = {};

	constructor(
		private readonly provider: ProviderName,
		readonly number: string,
	) {}

	readonly wire = () => onTheWire[this.provider](this.number);

	async run(parameters: INodeParameters): Promise<IDataObject[]> {
		const { json, error } = await runProvider(this.provider, sandbox, parameters);
		if (error) throw error;
		return json;
	}

	/** Runs an operation and notes a field of its items. */
	async note(field: string, parameters: INodeParameters): Promise<IDataObject[]> {
		const json = await this.run(parameters);
		const { operation, options } = parameters as { operation: string; options?: IDataObject };
		const name = options?.dryRun ? `${operation}, dry run` : operation;
		const own = json.filter((item) => item[field] !== undefined);
		if (own.length === 0) throw new Error(`${name} has no ${field}`);
		own.forEach((item, index) => (this.outputs[`${name} ${index}: ${field}`] = item[field]));
		return json;
	}

	/** Notes a field of the events of a postback. */
	event(kind: string, field: 'from' | 'to', fields: Record<string, string> = {}): void {
		const simulator = sandbox.simulators.get(this.provider);
		const { body } = simulator!.fire!({ kind, url: 'http://127.0.0.1:9/', fields });
		for (const event of eventsIn(this.provider, body)) {
			this.outputs[`${event.event} of ${body}: ${field}`] = event[field];
		}
	}
}

const text = { resource: 'message', message: 'Hi' };

/** The outputs of a provider that contain the number of a person. */
const OUTPUTS: Record<ProviderName, (runs: Runs) => Promise<void>> = {
	async cdyne(runs) {
		const { number: to } = runs;
		const wire = runs.wire();
		const send = { ...text, operation: 'send', to };
		await runs.note('to', { ...send, options: { dryRun: true } });
		// CDYNE sends no MMS abroad
		if (to.startsWith('+1')) await runs.note('to', { ...text, operation: 'sendMms', to });
		const [{ messageId }] = await runs.note('to', send);
		const [simple] = await runs.note('to', { ...text, operation: 'sendSimple', to });
		const sent = [messageId, simple.messageId];
		// this look-up finds texts as well, and only its response has the number
		await runs.note('to', {
			...{ resource: 'message', operation: 'getStatus', messageType: 'mms' },
			messageId: String(messageId),
		});
		runs.event('SMSSent', 'to', { ToPhoneNumber: wire });
		runs.event('DeliveryReceipt', 'to', { ToPhoneNumber: wire });
		runs.event('SMSResponse', 'from', { FromPhoneNumber: wire });
		runs.event('MMSResponse', 'from', { FromPhoneNumber: wire });
		runs.event('SMSResponse', 'from', { FromPhoneNumber: wire, Message: 'STOP' });
		await sleep(100);
		await sandbox.simulators.get('cdyne')!.reply!({ from: to, text: 'Yes' });
		await sandbox.simulators.get('cdyne')!.reply!({ from: to, text: 'STOP' });
		await runs.note('from', { resource: 'incomingMessage', operation: 'getUnread' });
		await runs.note('from', { resource: 'incomingMessage', operation: 'getMany' });
		await runs.note('phoneNumber', { resource: 'optOut', operation: 'getMany' });
		const status = { resource: 'message', operation: 'getStatus', messageType: 'sms' };
		const looked = await Promise.all(
			sent.map(async (id) => await runs.run({ ...status, messageId: String(id) })),
		);
		const replies = looked.flat().flatMap((item) => item.replies as IDataObject[]);
		expect(replies.length).toBeGreaterThan(0);
		replies.forEach(({ from }, index) => (runs.outputs[`reply ${index}: from`] = from));
	},

	async namirial(runs) {
		const { number: to } = runs;
		const send = { ...text, operation: 'send', to };
		await runs.note('to', { ...send, options: { dryRun: true } });
		await runs.note('to', send);
		await sleep(50);
		await runs.note('to', {
			resource: 'message',
			operation: 'getManyByPhoneNumber',
			phoneNumber: to,
		});
	},

	async wooxy(runs) {
		const { number: to } = runs;
		const send = { ...text, operation: 'send', domain: DOMAIN, to };
		await runs.note('to', { ...send, options: { dryRun: true } });
		const [{ messageId }] = await runs.note('to', send);
		await runs.note('to', {
			resource: 'message',
			operation: 'getStatus',
			messageId: String(messageId),
		});
		await runs.note('to', {
			...{ ...text, operation: 'sendToContact', contact: to },
			contactListId: listId(DOMAIN, 'Customers'),
			options: { dryRun: true },
		});
		const blocked = { resource: 'blockedNumber', phoneNumber: to };
		await runs.note('phoneNumber', { ...blocked, operation: 'add' });
		await runs.note('phoneNumber', { ...blocked, operation: 'getMany' });
		runs.event('sms_delivered', 'to', { phoneNumber: runs.wire() });
		runs.event('sms-subscribed', 'from', { phoneNumber: runs.wire() });
		runs.event('sms-unsubscribed', 'from', { phoneNumber: runs.wire() });
	},

	async skycore(runs) {
		const { number: to } = runs;
		const wire = runs.wire();
		const send = {
			resource: 'sms',
			operation: 'send',
			message: 'Hi',
			to,
			from: SHORT_CODE.skycore,
		};
		await runs.note('to', { ...send, options: { dryRun: true } });
		await runs.note('to', send);
		const mms = {
			resource: 'mms',
			operation: 'sendSaved',
			mmsId: '35674',
			from: SHORT_CODE.skycore,
		};
		await runs.note('to', { ...mms, to });
		const subscription = { resource: 'subscriber', campaignRef: 'Empty', mobile: to };
		await runs.note('mobile', { ...subscription, operation: 'subscribe' });
		await runs.note('mobile', { ...subscription, operation: 'unsubscribe' });
		runs.event('SMS_MT:N202', 'to', { TO: wire });
		runs.event('MMS_MT:E102', 'to', { TO: wire });
		runs.event('malformed:N201', 'to', { TO: wire });
		runs.event('N211', 'from', { FROM: wire });
		runs.event('N301', 'from', { MOBILE: wire });
		runs.event('N302', 'from', { MOBILE: wire });
	},
};

const PEOPLE = [
	['North America', '+17575550142'],
	['the United Kingdom', '+447911123456'],
	['Italy', '+393331112233'],
	// ten digits, as many as national numbers of North America have
	['Denmark', '+4520123456'],
	['Singapore', '+6591234567'],
];
const CASES = PROVIDER_NAMES.flatMap((provider) =>
	PEOPLE.map(([country, number]): [ProviderName, string, string] => [provider, country, number]),
);

it.each(CASES)('%s: a person in %s is %s everywhere', async (provider, _, number) => {
	const runs = new Runs(provider, number);
	await OUTPUTS[provider](runs);
	const places = Object.keys(runs.outputs);
	expect(places.length).toBeGreaterThanOrEqual(provider === 'namirial' ? 3 : 9);
	// Namirial reports no opt-outs
	if (provider !== 'namirial') {
		expect(places.join('\n')).toMatch(/^contact\.optedOut of /m);
	}
	expect(runs.outputs).toEqual(Object.fromEntries(places.map((place) => [place, number])));
});

describe('the person whose reply is waited for', () => {
	const FOREVER = { limitWaitTime: { values: { resumeAmount: 60, resumeUnit: 'days' } } };

	it.each(PEOPLE)('in %s is %s in the output of the wait', async (_, to) => {
		const wait = { ...text, operation: 'sendAndWait', to, options: FOREVER };
		const result = await runProvider('cdyne', sandbox, wait);
		const wire = onTheWire.cdyne(to);
		const reply = `SMSResponse=1&FromPhoneNumber=${wire}&ToPhoneNumber=17575550100&Message=Yes`;
		expect(await resume(sandbox, result, reply)).toMatchObject([
			[{ outcome: 'answered', from: to, to: '+17575550100' }],
		]);
		const [entry] = result.run.data.executionData?.nodeExecutionStack ?? [];
		const [timedOut] = entry.data.main.flatMap((items) => items ?? []);
		expect(timedOut.json).toMatchObject({ outcome: 'timedOut', from: to });
	});

	it.each(PEOPLE)('in %s is %s in the output of a delivery', async (_, to) => {
		const wait = { ...text, operation: 'sendAndWaitForDelivery', to, options: FOREVER };
		const result = await runProvider('cdyne', sandbox, wait);
		const [{ id }] = sandbox.messages.list({ direction: 'out' });
		const receipt = `DeliveryReceipt=1&MessageID=${id}&DeliveryReceiptMessage=x&Code=000`;
		expect(await resume(sandbox, result, receipt)).toMatchObject([[{ outcome: 'delivered', to }]]);
	});
});

describe('a short code', () => {
	it('of CDYNE stays as it is', async () => {
		const { cdyne: from } = SHORT_CODE;
		const runs = new Runs('cdyne', from);
		await runs.note('from', { ...text, operation: 'sendMms', to: PEOPLE[0][1], options: { from } });
		const send = { ...text, operation: 'send', to: PEOPLE[0][1] };
		await runs.note('from', { ...send, options: { from, dryRun: true } });
		runs.event('DeliveryReceipt', 'from', { FromPhoneNumber: from });
		runs.event('SMSResponse', 'to', { ToPhoneNumber: from });
		expect(new Set(Object.values(runs.outputs))).toEqual(new Set([from]));
	});

	it('of Skycore stays as it is', async () => {
		const { skycore: from } = SHORT_CODE;
		const runs = new Runs('skycore', from);
		const send = { resource: 'sms', operation: 'send', message: 'Hi', to: PEOPLE[0][1], from };
		await runs.note('from', send);
		await runs.note('from', { ...send, options: { dryRun: true } });
		runs.event('SMS_MT:N202', 'from', { FROM: from });
		runs.event('N211', 'to', { TO: from });
		runs.event('N302', 'to', { SHORTCODE: from });
		expect(new Set(Object.values(runs.outputs))).toEqual(new Set([from]));
	});
});

it('a name or a number as the sender of Wooxy is the same when it is sent and when it is looked up', async () => {
	for (const [typed, from] of [
		['Shop', 'Shop'],
		['+372 5551 2345', '+37255512345'],
		['37255512345', '+37255512345'],
	]) {
		const runs = new Runs('wooxy', from);
		const send = { ...text, operation: 'send', domain: DOMAIN, to: PEOPLE[0][1] };
		await runs.note('from', { ...send, options: { from: typed, dryRun: true } });
		const [{ messageId }] = await runs.note('from', { ...send, options: { from: typed } });
		await runs.note('from', {
			resource: 'message',
			operation: 'getStatus',
			messageId: String(messageId),
		});
		expect(new Set(Object.values(runs.outputs))).toEqual(new Set([from]));
	}
});
