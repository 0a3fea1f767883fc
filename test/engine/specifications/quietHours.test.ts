import type { IDataObject } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { fromAllProviders, PROVIDERS, runSend } from '../tables/operations';
import type { ProviderName, SendWithOptions } from '../tables/operations';
import type { Send } from '../tables/providers/case';

/** Quiet hours: nothing is sent in them, by any operation of any provider. */

// the waits of these tests do not end, so their look-ups would go on
jest.mock('../../../nodes/shared/waiting/scheduleLookups');

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const HOUR = 3_600_000;
const continueOnError = { onError: 'continueRegularOutput' as const };

const clock = (at: number) => new Date(at).toISOString().slice(11, 16);
const fullMinute = (at: number) => new Date(at - (at % 60_000)).toISOString();

/** Quiet hours in UTC. @param hours from now */
function hours(from: number, to: number, more: IDataObject = {}) {
	const now = Date.now();
	const window = { from: clock(now + from * HOUR), to: clock(now + to * HOUR), timeZone: 'UTC' };
	return { quietHours: { window: { ...window, ...more } }, end: fullMinute(now + to * HOUR) };
}

const SENDS = fromAllProviders(({ sends }) => sends);
const title = (provider: ProviderName, { parameters }: Send) =>
	`${provider} ${String(parameters.resource)}.${String(parameters.operation)}`;

const run = async (provider: ProviderName, ...send: SendWithOptions) =>
	await runSend(provider, sandbox, ...send);

describe.each(SENDS.map(([provider, send]) => [title(provider, send), provider, send] as const))(
	'%s',
	(_title, provider, send) => {
		it.each([{}, { dryRun: true }])('sends nothing in quiet hours (%j)', async (options) => {
			const { quietHours, end } = hours(-1, 2);
			const all = { ...options, quietHours };
			const { json } = await run(provider, send, all, { settings: continueOnError });
			expect(json).toHaveLength(1);
			expect(json[0].error).toMatch(
				/^It is \d\d:\d\d in UTC, and quiet hours are from \d\d:\d\d to/,
			);
			expect(json[0].details).toMatchObject({
				kind: 'quietHours',
				code: null,
				nothingSent: true,
				retryAt: end,
			});
			expect(sandbox.requests.list({})).toHaveLength(0);
		});

		it('sends as always at any other time', async () => {
			const { quietHours } = hours(1, 2);
			const { error } = await run(provider, send, { quietHours });
			// the sandbox has no subscribers and contacts of these names
			expect(error?.message ?? '').not.toContain('quiet hours');
			expect(sandbox.requests.list({}).length).toBeGreaterThan(0);
		});

		it('has an error for a time that cannot be read, before anything is sent', async () => {
			const quietHours = { window: { from: 'in the evening', to: '08:00' } };
			const { error } = await run(provider, send, { quietHours });
			expect(error?.message).toContain(
				'From of Quiet Hours is "in the evening", which is not a time of day',
			);
			expect(sandbox.requests.list({})).toHaveLength(0);
		});

		it('offers both options in the panel, and Schedule only where the provider has it', () => {
			const { resource, operation } = send.parameters;
			const options = PROVIDERS[provider].node.description.properties.find(
				({ name, displayOptions: { show = {} } = {} }) =>
					name === 'options' &&
					show.resource?.[0] === resource &&
					show.operation?.[0] === operation,
			)?.options as Array<{ name: string }>;
			expect(options.map(({ name }) => name)).toEqual(
				expect.arrayContaining(['quietHours', 'textsPerSecond']),
			);
			const schedules = provider === 'cdyne' && operation !== 'sendSimple';
			expect(JSON.stringify(options).includes('"during"')).toBe(schedules);
		});
	},
);

const message = { resource: 'message', message: 'Hi' };
const cdyne = (to: string, operation = 'send') => ({ parameters: { ...message, operation, to } });

/** A number in Europe and one in Hawaii, and quiet hours in which only one of them is. */
const [ROME, NEW_YORK, HONOLULU] = ['+39333111222', '+12125550142', '+18085550142'];
const quietInHonolulu = () => {
	const now = Date.now();
	const local = (at: number) =>
		new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Pacific/Honolulu' }).slice(0, 5);
	return { window: { from: local(now - HOUR), to: local(now + HOUR), timeZone: 'recipient' } };
};

it('each of several recipients is on their own clock', async () => {
	const options = { quietHours: quietInHonolulu() };
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const { json, error } = await run('cdyne', cdyne(`${ROME}, ${HONOLULU}`), options, { settings });
	expect(error).toBeUndefined();
	expect(json).toMatchObject([
		{ to: ROME, status: 'queued' },
		{ to: HONOLULU, status: 'failed', isFinal: true, providerStatus: 'not sent' },
	]);
	expect(json[1].errorMessage).toMatch(/^It is \d\d:\d\d in Pacific\/Honolulu/);
	expect(sandbox.messages.list({ direction: 'out' }).map(({ handset }) => handset)).toEqual([
		'39333111222',
	]);
});

it('an item whose recipients are all in quiet hours is an error until the last of them ends', async () => {
	const { quietHours } = hours(-1, 2, { timeZone: 'recipient' });
	quietHours.window = { ...quietHours.window, from: '00:01', to: '00:00' };
	const list = cdyne('17575550142, 18085550142');
	const now = Date.now();
	const { json } = await run('cdyne', list, { quietHours }, { settings: continueOnError });
	expect(json).toHaveLength(1);
	const { retryAt } = json[0].details as { retryAt: string };
	// the only minute that is not quiet begins at midnight
	const clockIn = (timeZone: string, at: number) =>
		new Date(at).toLocaleTimeString('en-GB', { timeZone }).slice(0, 5);
	const nextMidnight = (timeZone: string) => {
		let at = Math.ceil(now / 60_000) * 60_000;
		while (clockIn(timeZone, at) !== '00:00') at += 60_000;
		return at;
	};
	const ends = ['America/New_York', 'Pacific/Honolulu'].map(nextMidnight);
	expect(Date.parse(retryAt)).toBe(Math.max(...ends));
	expect(sandbox.requests.list({})).toHaveLength(0);
});

it('in one request only the texts that may be sent now go out', async () => {
	const to = Array.from({ length: 40 }, (_, index) =>
		index % 4 === 0 ? `+1808555${1000 + index}` : `+3933311${1000 + index}`,
	);
	const { json } = await run(
		'cdyne',
		cdyne('={{ $json.to }}'),
		{ quietHours: quietInHonolulu(), textsPerRequest: 100 },
		{ items: to.map((number) => ({ to: number })), settings: continueOnError },
	);
	expect(json).toHaveLength(40);
	for (const [index, output] of json.entries()) {
		if (index % 4 === 0) expect(output.details).toMatchObject({ kind: 'quietHours' });
		else expect(output).toMatchObject({ to: to[index], status: 'queued' });
	}
	expect(sandbox.requests.list({})).toHaveLength(1);
	expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(30);
});

it('what was put off is sent by the next execution, once', async () => {
	const items = [{ to: ROME }, { to: HONOLULU }];
	const send = cdyne('={{ $json.to }}');
	const options = { quietHours: quietInHonolulu() };
	const first = await run('cdyne', send, options, { items, settings: continueOnError });
	expect(first.json[1].details).toMatchObject({ kind: 'quietHours', nothingSent: true });
	const second = await run('cdyne', send, {}, { items: [items[1]] });
	expect(second.json).toMatchObject([{ to: HONOLULU, status: 'queued' }]);
	expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(2);
});

it('an item that was sent in an earlier try is not affected', async () => {
	const send = {
		parameters: { ...message, operation: 'send', to: '={{ $json.to }}' },
	};
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, ...continueOnError };
	const items = [{ to: ROME }, { to: HONOLULU }];
	const options = { quietHours: quietInHonolulu() };
	const { json } = await run('cdyne', send, options, { items, settings });
	expect(json).toMatchObject([{ to: ROME, status: 'queued' }, { details: { kind: 'quietHours' } }]);
	expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(1);
});

describe('a scheduled message', () => {
	const at = (ahead: number) => new Date(Date.now() + ahead * HOUR).toISOString();

	it('is checked at its own time', async () => {
		const { quietHours, end } = hours(3, 6);
		const late = { quietHours, scheduledAt: at(4) };
		const { json } = await run('cdyne', cdyne(ROME), late, { settings: continueOnError });
		expect(json[0].error).toMatch(/^At the scheduled time, it is \d\d:\d\d in UTC/);
		expect(json[0].details).toMatchObject({ kind: 'quietHours', retryAt: end });
	});

	it('may be ordered in quiet hours', async () => {
		const { quietHours } = hours(-1, 2);
		const { json, error } = await run('cdyne', cdyne(ROME), { quietHours, scheduledAt: at(4) });
		expect(error).toBeUndefined();
		expect(json[0]).not.toHaveProperty('scheduledFor');
		expect(sandbox.messages.list({ direction: 'out' })).toMatchObject([{ status: 'scheduled' }]);
	});
});

describe('Schedule', () => {
	const schedule = { during: 'schedule' };

	it.each(['send', 'sendMms'])('sends by %s when quiet hours end', async (operation) => {
		const { quietHours, end } = hours(-1, 2, schedule);
		const { json, error } = await run('cdyne', cdyne(NEW_YORK, operation), { quietHours });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ to: NEW_YORK, status: 'queued', scheduledFor: end }]);
		expect(sandbox.messages.list({ direction: 'out' })).toMatchObject([{ status: 'scheduled' }]);
		const [{ body }] = sandbox.requests.list({});
		expect(body).toContain(String(Date.parse(end)));
	});

	it('moves a Scheduled At that is in quiet hours', async () => {
		const { quietHours, end } = hours(3, 6, schedule);
		const scheduledAt = new Date(Date.now() + 4 * HOUR).toISOString();
		const { json } = await run('cdyne', cdyne(NEW_YORK), { quietHours, scheduledAt });
		expect(json).toMatchObject([{ scheduledFor: end }]);
	});

	it('says in a dry run when the message would be sent', async () => {
		const { quietHours, end } = hours(-1, 2, schedule);
		const { json } = await run('cdyne', cdyne(NEW_YORK), { quietHours, dryRun: true });
		expect(json).toMatchObject([{ dryRun: true, scheduledFor: end, scheduledAt: end }]);
		expect(sandbox.requests.list({})).toHaveLength(0);
	});

	it.each(['send', 'sendMms'])('has a time for each recipient (%s)', async (operation) => {
		const { window } = quietInHonolulu();
		const options = { quietHours: { window: { ...window, ...schedule } } };
		const { json } = await run('cdyne', cdyne(`${HONOLULU}, ${NEW_YORK}`, operation), options);
		expect(json).toMatchObject([
			{ to: HONOLULU, scheduledFor: expect.any(String) },
			{ to: NEW_YORK, status: 'queued' },
		]);
		expect(json[1]).not.toHaveProperty('scheduledFor');
		const statuses = sandbox.messages
			.list({ direction: 'out' })
			.map(({ handset, status }) => [handset, status === 'scheduled']);
		expect(Object.fromEntries(statuses)).toEqual({ '18085550142': true, '12125550142': false });
	});

	it('finds the message if the response is lost', async () => {
		sandbox.faults.add({ kind: 'reset', operation: 'AdvancedSMSsend', when: 'after', times: 1 });
		const { quietHours, end } = hours(-1, 2, schedule);
		const { json, error } = await run('cdyne', cdyne(NEW_YORK), { quietHours, referenceId: 'r-1' });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ referenceId: 'r-1', scheduledFor: end }]);
		expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(1);
	});

	it.each([
		['sendAndWait', 24],
		['sendAndWaitForDelivery', 24],
	])('%s counts its limit from the send', async (operation, limit) => {
		const { quietHours, end } = hours(-1, 2, schedule);
		const { run: execution, error } = await run('cdyne', cdyne(NEW_YORK, operation), {
			quietHours,
		});
		expect(error).toBeUndefined();
		expect(new Date(execution.waitTill!).getTime()).toBe(Date.parse(end) + limit * HOUR);
	});

	it.each(['sendAndWait', 'sendAndWaitForDelivery'])(
		'%s until a fixed time sends nothing if that is before quiet hours end',
		async (operation) => {
			const { quietHours, end } = hours(-1, 2, schedule);
			const until = (later: number) => {
				const maxDateAndTime = new Date(Date.now() + later * HOUR).toISOString();
				return { limitWaitTime: { values: { limitType: 'atSpecifiedTime', maxDateAndTime } } };
			};
			const early = { quietHours, ...until(1) };
			const refused = await run('cdyne', cdyne(NEW_YORK, operation), early);
			expect(refused.error?.message).toMatch(
				`but because of quiet hours the message would be sent at ${end}`,
			);
			expect(sandbox.requests.list({})).toHaveLength(0);
			const late = { quietHours, ...until(3) };
			const { run: execution, error } = await run('cdyne', cdyne(NEW_YORK, operation), late);
			expect(error).toBeUndefined();
			expect(execution.waitTill).toEqual(new Date(late.limitWaitTime.values.maxDateAndTime));
		},
	);

	it('is not offered by other providers', async () => {
		const { quietHours } = hours(-1, 2, schedule);
		const send = { ...message, operation: 'send', to: '+393331112233' };
		const { error } = await run('namirial', { parameters: send }, { quietHours });
		// n8n removes values that the panel does not have
		expect(error?.message).toMatch(/^It is/);
		expect(sandbox.requests.list({})).toHaveLength(0);
	});
});

it('a hint says whose quiet hours follow the clock of the workflow', async () => {
	const { quietHours } = hours(1, 2, { timeZone: 'recipient' });
	const send = fromAllProviders(({ sends }) => sends).find(
		([provider, { parameters }]) =>
			provider === 'skycore' && parameters.operation === 'sendToSubscriber',
	)!;
	const { run: execution, error } = await run(
		send[0],
		send[1],
		{ quietHours, dryRun: true },
		{ timezone: 'UTC' },
	);
	expect(error).toBeUndefined();
	const { hints = [] } = execution.data.resultData.runData.Node[0];
	expect(hints.map(({ message: hint }) => hint)).toEqual([
		'Item 1: the recipient has no time zone, because it is not a phone number. Its quiet hours follow the clock of the workflow (UTC).',
	]);
});
