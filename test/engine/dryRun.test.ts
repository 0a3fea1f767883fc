import type { IDataObject } from 'n8n-workflow';
import { sentShape } from '../../nodes/shared/message';
import { startSandbox, type Sandbox } from '../../sandbox';
import type { RunOptions } from './engine';
import type { Send } from '../providers/case';
import { givenBy, ofAll, runProvider, type ProviderName } from './operations';
import { misfits } from './shape';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const A = '17575550142';
const goOn = { settings: { onError: 'continueRegularOutput' as const } };

const message = { resource: 'message', message: 'Hi' };

interface ProviderSend extends Send {
	provider: ProviderName;
}

const SENDS: ProviderSend[] = ofAll(({ sends }) => sends).map(([provider, send]) => ({
	provider,
	...send,
}));

const run = async (
	{ provider, parameters }: ProviderSend,
	options: IDataObject,
	more: Partial<RunOptions> = {},
) => await runProvider(provider, sandbox, { ...parameters, options } as never, more);
const title = ({ provider, parameters }: ProviderSend) =>
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
