import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { fromAllProviders, runProvider } from '../tables/operations';

/**
 * Options as a whole that are an expression or a list. n8n passes neither on to the node, so the
 * node must not send as if there were no options, such as Dry Run.
 */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const SENDS = fromAllProviders(({ sends }) => sends).map(
	([provider, { parameters }]) =>
		[
			`${provider} ${String(parameters.resource)}.${String(parameters.operation)}`,
			provider,
			parameters,
		] as const,
);

const continueOnFail = { onError: 'continueRegularOutput' as const };

describe.each(SENDS)('%s', (_, provider, parameters) => {
	it.each<[string, unknown]>([
		['an expression', '={{ $json.options }}'],
		['JSON text', '{"dryRun":true}'],
		['a list', [{ dryRun: true }]],
	])('is rejected before any request if Options is %s', async (_name, options) => {
		const { json } = await runProvider(
			provider,
			sandbox,
			{ ...parameters, options: options as never },
			{ items: [{ options: '{"dryRun":true}' }], settings: continueOnFail },
		);
		expect(json).toMatchObject([
			{
				error: expect.stringMatching(/^Options is an expression or a list as a whole/),
				details: { kind: 'rejected', nothingSent: true },
			},
		]);
		expect(sandbox.requests.list({})).toHaveLength(0);
	});

	it.each([[''], [[]], [null]])('reads %j as no options', async (options) => {
		const { json } = await runProvider(
			provider,
			sandbox,
			{ ...parameters, options: options as never },
			{ items: [{}], settings: continueOnFail },
		);
		expect(String(json[0]?.error)).not.toMatch(/Options/);
	});
});
