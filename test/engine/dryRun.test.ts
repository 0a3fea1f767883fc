import type { IDataObject } from 'n8n-workflow';
import { sentShape } from '../../nodes/shared/message';
import { startSandbox, type Sandbox } from '../../sandbox';
import type { RunOptions } from './engine';
import { givenBy, runProvider, type ProviderName } from './operations';
import { misfits } from './shape';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const A = '17575550142';
const MOBILE = '+393331112233';
const goOn = { settings: { onError: 'continueRegularOutput' as const } };

interface Send {
	provider: ProviderName;
	parameters: IDataObject;
	/** What the message is, beside what all of them are. */
	is: IDataObject;
	/** Takes notOnRetry. */
	once?: boolean;
}

const message = { resource: 'message', message: 'Hi' };
const domain = 'example.com';
const subscriber = { subscriberRef: 's-1', campaignRef: '30012' };
const one = { segments: 1, encoding: 'GSM-7' };

const SENDS: Send[] = [
	...['send', 'sendSimple', 'sendAndWaitForDelivery', 'sendAndWait'].map((operation): Send => {
		const parameters = { ...message, operation, to: '+1 (757) 555-0142' };
		return { provider: 'cdyne', parameters, is: { to: A, ...one } };
	}),
	{
		provider: 'cdyne',
		parameters: { ...message, operation: 'sendMms', to: A },
		is: { to: A, segments: null, encoding: null },
	},
	...['send', 'sendOnBehalf', 'sendAndWaitForDelivery'].map((operation): Send => {
		const parameters = { ...message, operation, account: 'someone', to: '0039 333 111 2233' };
		return { provider: 'namirial', parameters, is: { to: MOBILE, ...one } };
	}),
	...['send', 'sendAndWaitForDelivery'].map((operation): Send => {
		const parameters = { ...message, operation, domain, to: MOBILE };
		return { provider: 'wooxy', parameters, is: { to: MOBILE, ...one }, once: true };
	}),
	{
		provider: 'wooxy',
		parameters: { ...message, operation: 'sendToContact', contactListId: '5', contact: MOBILE },
		is: { to: MOBILE, ...one },
		once: true,
	},
	{
		provider: 'skycore',
		parameters: { resource: 'sms', operation: 'send', to: A, from: '55512', message: 'Hi' },
		is: { to: A, from: '55512', ...one },
		once: true,
	},
	{
		provider: 'skycore',
		parameters: { resource: 'sms', operation: 'sendToSubscriber', ...subscriber, message: 'Hi' },
		is: { to: null, ...subscriber, ...one },
		once: true,
	},
	{
		provider: 'skycore',
		parameters: { resource: 'mms', operation: 'sendSaved', mmsId: '35674', to: A, from: '55512' },
		is: { to: A, mmsId: '35674', segments: null },
		once: true,
	},
	{
		provider: 'skycore',
		parameters: { resource: 'mms', operation: 'sendToSubscriber', ...subscriber, mmsId: '35674' },
		is: { mmsId: '35674', ...subscriber },
		once: true,
	},
];

const run = async (
	{ provider, parameters }: Send,
	options: IDataObject,
	more: Partial<RunOptions> = {},
) => await runProvider(provider, sandbox, { ...parameters, options } as never, more);
const title = ({ provider, parameters }: Send) =>
	`${provider} ${String(parameters.resource)}.${String(parameters.operation)}`;

describe.each(SENDS.map((send) => [title(send), send] as const))('%s', (_, send) => {
	it('as a dry run makes no request and shows the message', async () => {
		const { json, outputs, error, run: done } = await run(send, { dryRun: true });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{
				...send.is,
				provider: send.provider,
				messageId: null,
				referenceId: null,
				status: 'unknown',
				providerStatus: 'dry run',
				isFinal: false,
				dryRun: true,
			},
		]);
		expect(outputs.slice(1).flat()).toEqual([]);
		expect(done.waitTill ?? null).toBeNull();
		expect(sandbox.requests.list({})).toHaveLength(0);
	});

	it('shows what the output schema says', async () => {
		const { json } = await run(send, { dryRun: true, scheduledAt: '2040-01-31T18:30:00Z' });
		const { provider, parameters } = send;
		// there is no reply yet, so it is the message
		const waits = parameters.operation === 'sendAndWait';
		expect(misfits(waits ? sentShape : givenBy(provider, parameters as never), json)).toEqual([]);
	});

	if (send.once) {
		it('with Send Only in the First Run sends nothing in a retry', async () => {
			const options = { notOnRetry: true };
			const { json } = await run(send, options, { mode: 'retry', ...goOn });
			expect(json[0].details).toMatchObject({ kind: 'ambiguous', nothingSent: false });
			expect(sandbox.requests.list({})).toHaveLength(0);
		});
	}
});

it('a dry run finds what would be refused', async () => {
	const parameters = { ...message, operation: 'send', to: '12' };
	const { json } = await run({ provider: 'cdyne', parameters, is: {} }, { dryRun: true }, goOn);
	expect(json[0].details).toMatchObject({ kind: 'rejected', nothingSent: true });
});

it('a dry run shows the time and the sender', async () => {
	const parameters = { ...message, operation: 'send', to: `${A}, 12` };
	const options = { dryRun: true, scheduledAt: '2040-01-31T18:30:00Z', from: '55512' };
	const { json } = await run({ provider: 'cdyne', parameters, is: {} }, options);
	const time = '2040-01-31T18:30:00.000Z';
	expect(json).toMatchObject([
		{ to: A, from: '55512', scheduledAt: time, dryRun: true },
		{ to: '12', status: 'failed', dryRun: true },
	]);
});
