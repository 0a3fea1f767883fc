import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	eventsIn,
	givenBy,
	ofAll,
	postedBy,
	PROVIDER_NAMES,
	PROVIDERS,
	runProvider,
} from './operations';
import { misfits, missing } from './shape';

/** What waits and triggers give, against their output schemas. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());

const WAITS = ofAll(({ title, waits }) =>
	waits.map(([what, parameters]) => ({ title: `${title}, ${what}`, parameters })),
).map(([provider, { title, parameters }]) => [title, provider, parameters] as const);

describe('what leaves at the end of a wait', () => {
	it.each(WAITS)('%s', async (_title, provider, parameters) => {
		// so that nothing is parked: the limit passes while the message is sent
		sandbox.faults.add({ provider, kind: 'delay', ms: 1_000 });
		const maxDateAndTime = new Date(Date.now() + 500).toISOString();
		const limit = { limitType: 'atSpecifiedTime', maxDateAndTime };
		const result = await runProvider(provider, sandbox, { ...parameters, ...limit });
		const items = result.outputs.flat().map(({ json }) => json);
		expect(result.error).toBeUndefined();
		expect(items).toMatchObject([{ outcome: expect.any(String) }]);
		const gives = givenBy(provider, parameters);
		expect(misfits(gives, items)).toEqual([]);
		expect(missing(gives, items)).toEqual([]);
	});
});

const fired = PROVIDER_NAMES.flatMap((provider) =>
	postedBy(provider, () => sandbox).map(
		({ kind, fields, body }) =>
			[`${provider} ${kind} ${Object.keys(fields ?? {})}`, provider, body] as const,
	),
);
const unreadable = PROVIDER_NAMES.map((provider) => {
	return [`${provider} what cannot be read`, provider, () => '<'] as const;
});

describe('what triggers emit', () => {
	const seen = new Set<string>();

	it.each([...fired, ...unreadable])('%s', (_title, name, body) => {
		const { provider, sometimes } = PROVIDERS[name];
		const { postbacks } = provider;
		const items = eventsIn(name, body()).map((event) => ({ ...event }) as unknown as IDataObject);
		expect(misfits(postbacks.gives, items)).toEqual([]);
		const absent = missing(postbacks.gives, items);
		expect(absent.filter((field) => !sometimes.includes(field))).toEqual([]);
		items.flatMap(Object.keys).forEach((field) => seen.add(`${name} ${field}`));
	});

	it('no schema has a field that no event has', () => {
		const promised = Object.entries(PROVIDERS).flatMap(([name, { provider }]) =>
			Object.keys(provider.postbacks.gives).map((field) => `${name} ${field}`),
		);
		expect(promised.filter((one) => !seen.has(one))).toEqual([]);
	});
});
