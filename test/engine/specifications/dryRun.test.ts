import type { IDataObject } from 'n8n-workflow';
import { sentMessageSchema } from '../../../nodes/shared/model/message';
import { TEXT } from '../../../nodes/shared/model/schema';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import type { RunOptions } from '../harness/engine';
import { misfits } from '../harness/shape';
import { outputSchemaOf, fromAllProviders, runProvider } from '../tables/operations';
import type { ProviderName } from '../tables/operations';
import type { Send } from '../tables/providers/case';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const A = '+17575550142';
const continueOnFail = { settings: { onError: 'continueRegularOutput' as const } };

const message = { resource: 'message', message: 'Hi' };

interface ProviderSend extends Send {
	provider: ProviderName;
}

const SENDS: ProviderSend[] = fromAllProviders(({ sends }) => sends).map(([provider, send]) => ({
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
	it('makes no request in a dry run and outputs the message', async () => {
		const { json, outputs, error, run: execution } = await run(send, { dryRun: true });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{
				...send.output,
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
		expect(execution.waitTill ?? null).toBeNull();
		expect(sandbox.requests.list({})).toHaveLength(0);
	});

	it('outputs what the schema declares', async () => {
		const { json } = await run(send, { dryRun: true, scheduledAt: '2040-01-31T18:30:00Z' });
		const { provider, parameters } = send;
		// a dry run has no reply, so the output is the message, with its whole text
		const waitsForReply = parameters.operation === 'sendAndWait';
		expect(
			misfits(
				waitsForReply
					? { ...sentMessageSchema, text: TEXT }
					: outputSchemaOf(provider, parameters as never),
				json,
			),
		).toEqual([]);
	});

	if (send.hasNotOnRetry) {
		it('with Send Only in the First Run sends nothing in a retry', async () => {
			const options = { notOnRetry: true };
			const { json } = await run(send, options, { mode: 'retry', ...continueOnFail });
			expect(json[0].details).toMatchObject({ kind: 'ambiguous', nothingSent: false });
			expect(sandbox.requests.list({})).toHaveLength(0);
		});
	}
});

it('a dry run finds invalid input', async () => {
	const parameters = { ...message, operation: 'send', to: '12' };
	const { json } = await run(
		{ provider: 'cdyne', parameters, output: {} },
		{ dryRun: true },
		continueOnFail,
	);
	expect(json[0].details).toMatchObject({ kind: 'rejected', nothingSent: true });
});

it('a dry run outputs the time and the sender', async () => {
	const parameters = { ...message, operation: 'send', to: `${A}, 12` };
	const options = { dryRun: true, scheduledAt: '2040-01-31T18:30:00Z', from: '55512' };
	const { json } = await run({ provider: 'cdyne', parameters, output: {} }, options);
	const time = '2040-01-31T18:30:00.000Z';
	expect(json).toMatchObject([
		{ to: A, from: '55512', scheduledAt: time, dryRun: true },
		{ to: '12', status: 'failed', dryRun: true },
	]);
});
