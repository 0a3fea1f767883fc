import type { IDataObject } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { misfits, missing } from '../harness/shape';
import {
	eventsIn,
	outputSchemaOf,
	fromAllProviders,
	postbacksOf,
	PROVIDER_NAMES,
	PROVIDERS,
	runProvider,
} from '../tables/operations';

/** The output of waits and triggers matches their schemas. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());

const WAITS = fromAllProviders(({ title, waits }) =>
	waits.map(([awaited, parameters]) => ({ title: `${title}, ${awaited}`, parameters })),
).map(([provider, { title, parameters }]) => [title, provider, parameters] as const);

describe('the output at the end of a wait', () => {
	it.each(WAITS)('%s', async (_title, provider, parameters) => {
		// the limit passes while the message is sent, so that nothing is suspended
		sandbox.faults.add({ provider, kind: 'delay', ms: 1_000 });
		const maxDateAndTime = new Date(Date.now() + 500).toISOString();
		const limit = { limitType: 'atSpecifiedTime', maxDateAndTime };
		const options = { ...(parameters.options as object), limitWaitTime: { values: limit } };
		const result = await runProvider(provider, sandbox, { ...parameters, options });
		const items = result.outputs.flat().map(({ json }) => json);
		expect(result.error).toBeUndefined();
		expect(items).toMatchObject([{ outcome: expect.any(String) }]);
		const schema = outputSchemaOf(provider, parameters);
		expect(misfits(schema, items)).toEqual([]);
		expect(missing(schema, items)).toEqual([]);
	});
});

const fired = PROVIDER_NAMES.flatMap((provider) =>
	postbacksOf(provider, () => sandbox).map(
		({ kind, fields, body }) =>
			[`${provider} ${kind} ${Object.keys(fields ?? {})}`, provider, body] as const,
	),
);
const unreadable = PROVIDER_NAMES.map((provider) => {
	return [`${provider} unreadable body`, provider, () => '<'] as const;
});

describe('the events of triggers', () => {
	const emitted = new Set<string>();

	it.each([...fired, ...unreadable])('%s', (_title, name, body) => {
		const { provider, optionalFields } = PROVIDERS[name];
		const { postbacks } = provider;
		const items = eventsIn(name, body()).map((event) => ({ ...event }) as unknown as IDataObject);
		expect(misfits(postbacks.outputSchema, items)).toEqual([]);
		const absent = missing(postbacks.outputSchema, items);
		expect(absent.filter((field) => !optionalFields.includes(field))).toEqual([]);
		items.flatMap(Object.keys).forEach((field) => emitted.add(`${name} ${field}`));
	});

	it('every field of a schema is in some event', () => {
		const declared = Object.entries(PROVIDERS).flatMap(([name, { provider }]) =>
			Object.keys(provider.postbacks.outputSchema).map((field) => `${name} ${field}`),
		);
		expect(declared.filter((field) => !emitted.has(field))).toEqual([]);
	});
});
