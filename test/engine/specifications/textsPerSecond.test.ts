import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { until } from '../harness/until';
import { fromAllProviders, runSend } from '../tables/operations';
import type { ProviderName, SendWithOptions } from '../tables/operations';

/** The rate of texts, for an account and sender over all runs of the process. */

let sandbox: Sandbox;
// another address is another account, whose pace begins anew
beforeEach(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterEach(async () => await sandbox.close());

const continueOnError = { onError: 'continueRegularOutput' as const };

/** Two senders of the account. */
const [SENDER, OTHER] = ['17575550100', '55512'];

const run = async (provider: ProviderName, ...send: SendWithOptions) =>
	await runSend(provider, sandbox, ...send);

/** The seconds after the first request at which each was made. */
function secondsOf(operation?: string): number[] {
	const times = sandbox.requests.list({ operation }).map(({ at }) => Date.parse(at));
	return times.map((time) => (time - times[0]) / 1_000);
}

/** The first send of each provider, which sends a text to one number. */
const FIRST = fromAllProviders(({ sends }) => [sends[0]]);

it.each(FIRST)('%s sends at the rate', async (provider, send) => {
	const items = Array.from({ length: 4 }, () => ({}));
	const { json, error } = await run(provider, send, { textsPerSecond: 0.1 }, { items });
	expect(error).toBeUndefined();
	expect(json).toHaveLength(4);
	const seconds = secondsOf();
	expect(seconds).toHaveLength(4);
	// the first one opens the connection, which takes time
	const [, second, , fourth] = seconds;
	expect(fourth - second).toBeGreaterThan(16);
});

const WRONG = [
	[0, 'Texts per Second is 0, which is not above 0'],
	[-1, 'Texts per Second is -1, which is not above 0'],
	['fast', 'Texts per Second is "fast", which is not a number'],
	['={{ 1 / 0 }}', 'Texts per Second is "Infinity", which is not a number'],
] as const;

const ALL = fromAllProviders(({ sends }) => sends).flatMap(([provider, send]) =>
	WRONG.map(
		([value, message]) =>
			[
				`${provider} ${String(send.parameters.resource)}.${String(send.parameters.operation)}`,
				value,
				message,
				provider,
				send,
			] as const,
	),
);

it.each(ALL)('%s: %s is an error before the send', async (_, value, message, provider, send) => {
	for (const options of [{}, { dryRun: true }]) {
		const { error } = await run(provider, send, { textsPerSecond: value, ...options });
		expect(error?.message).toContain(message);
	}
	expect(sandbox.requests.list({})).toHaveLength(0);
});

const cdyne = (from: string, to = '={{ $json.to }}') => ({
	parameters: { resource: 'message', operation: 'send', message: 'Hi', to },
	options: { from },
});
const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ to: `1757555${1000 + index}` }));

it('a request with several texts counts as that many', async () => {
	const { parameters, options } = cdyne(SENDER);
	const all = { ...options, textsPerRequest: 10, textsPerSecond: 1 };
	const { json } = await run('cdyne', { parameters }, all, { items: people(30) });
	expect(json).toHaveLength(30);
	const seconds = secondsOf('AdvancedSMSsend');
	expect(seconds).toHaveLength(3);
	expect(seconds[2] - seconds[1]).toBeGreaterThan(7);
});

it('an item with several recipients counts as that many', async () => {
	const { parameters, options } = cdyne(SENDER, '17575551001, 17575551002, 17575551003');
	await run('cdyne', { parameters }, { ...options, textsPerSecond: 0.2 }, { items: [{}, {}] });
	expect(secondsOf('AdvancedSMSsend')[1]).toBeGreaterThan(11);
});

it('two runs of one sender share the rate, and two senders do not', async () => {
	const { parameters, options } = cdyne(SENDER);
	const rate = { textsPerSecond: 0.1 };
	const items = people(2);
	await Promise.all([
		run('cdyne', { parameters }, { ...options, ...rate }, { items }),
		run('cdyne', { parameters }, { ...options, ...rate }, { items }),
	]);
	expect(secondsOf().at(-1)).toBeGreaterThan(23);
	// the next turn of the first sender is ten seconds away
	const before = Date.now();
	await run('cdyne', { parameters }, { from: OTHER, ...rate }, { items: people(1) });
	expect(Date.now() - before).toBeLessThan(8_000);
});

it('a look-up does not count', async () => {
	const { parameters, options } = cdyne(SENDER);
	const all = { ...options, textsPerSecond: 0.05, skipIfReferenceExists: true, referenceId: 'r' };
	await run('cdyne', { parameters }, all, { items: people(1) });
	const before = Date.now();
	await run('cdyne', { parameters }, all, { items: people(1) });
	expect(Date.now() - before).toBeLessThan(10_000);
	expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(1);
});

it('items that wait for their turn send nothing after another item has failed', async () => {
	const { parameters, options } = cdyne(SENDER);
	const items = [{ to: '17575551000' }, { to: '12' }, { to: '17575551002' }];
	const all = { ...options, textsPerSecond: 0.2 };
	const { error } = await run('cdyne', { parameters }, all, { items });
	expect(error?.message).toMatch(/^"12" cannot be a phone number/);
	expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(1);
});

it('a pause that a provider names holds for all items of the account', async () => {
	sandbox.faults.add({
		kind: 'status',
		status: 429,
		headers: { 'Retry-After': '10' },
		operation: 'AdvancedSMSsend',
		times: 1,
	});
	const { parameters, options } = cdyne(SENDER);
	const items = people(4);
	const all = { ...options, concurrency: 1, textsPerSecond: 100 };
	const other = { from: OTHER };
	const first = run('cdyne', { parameters }, all, { items });
	await until(() => sandbox.requests.list({}).some(({ status }) => status === 429));
	await Promise.all([first, run('cdyne', { parameters }, other, { items: people(1) })]);
	const seconds = secondsOf('AdvancedSMSsend');
	expect(seconds).toHaveLength(6);
	expect(seconds.slice(1).filter((second) => second < 8)).toEqual([]);
});

it('with Continue On Fail, only the item with a wrong rate fails', async () => {
	const { parameters, options } = cdyne(SENDER);
	const items = people(2).map((person, index) => ({ ...person, rate: index }));
	const all = { ...options, textsPerSecond: '={{ $json.rate }}' };
	const { json } = await run('cdyne', { parameters }, all, { items, settings: continueOnError });
	expect(json[0].details).toMatchObject({ kind: 'rejected', nothingSent: true });
	expect(json[1]).toMatchObject({ status: 'queued' });
});
