import { AccountPace } from '../../../nodes/shared/http/accountPace';
import { accepted, type Outcome } from '../../../nodes/shared/model/outcome';
import type { Intent, SendPlan } from '../../../nodes/shared/provider/sendPlan';
import { limitDrafts, type Limits, withLimits } from '../../../nodes/shared/sending/sendLimits';
import { itemWith } from '../../engine/harness/contexts';

/** When the texts of an item may go out. */

// 20:59:30 in Rome and 14:59:30 in New York
const START = Date.parse('2030-01-10T19:59:30Z');
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const ROME: Intent = { recipient: '+390612345678' };
const NEW_YORK: Intent = { recipient: '+12125550142' };
const window = { from: '21:00', to: '08:00', timeZone: 'recipient' };

const limitsOf = (more: Partial<Limits> = {}): Limits => ({
	pace: new AccountPace(),
	perRequest: 1,
	schedules: false,
	isOver: () => false,
	...more,
});

/** A plan that accepts everything, and the intents that it was asked to send. */
function planOf(...intents: Intent[]) {
	const sent: Intent[][] = [];
	const plan: SendPlan = {
		intents,
		send: async (asked) => {
			sent.push(asked);
			return asked.map(({ recipient }) => accepted([{ json: { to: recipient } }]));
		},
	};
	return { plan, sent };
}

const kinds = (outcomes: Outcome[]) => outcomes.map(({ kind }) => kind);

it('does not change what an item without these options sends', async () => {
	const { plan, sent } = planOf(ROME);
	const limited = withLimits(itemWith(), limitsOf(), plan);
	expect(limited.send).toBe(plan.send);
	expect(kinds(await limited.send([ROME]))).toEqual(['accepted']);
	expect(sent).toEqual([[ROME]]);
});

it('looks at the clock once more after a turn', async () => {
	const item = itemWith({ options: { textsPerSecond: 0.01, quietHours: { window } } });
	const limits = limitsOf();
	const { plan, sent } = planOf(ROME, NEW_YORK);
	const limited = withLimits(item, limits, plan);
	expect(kinds(await limited.send([ROME]))).toEqual(['accepted']);
	const second = limited.send([ROME, NEW_YORK]);
	await jest.advanceTimersByTimeAsync(99_000);
	expect(sent).toHaveLength(1);
	await jest.advanceTimersByTimeAsync(2_000);
	// it is past nine in Rome by now
	expect(kinds(await second)).toEqual(['refused', 'accepted']);
	expect(sent[1]).toEqual([NEW_YORK]);
});

it('takes no turn for those who are in quiet hours', async () => {
	const item = itemWith({ options: { textsPerSecond: 0.01, quietHours: { window } } });
	const { plan, sent } = planOf(ROME);
	const limited = withLimits(item, limitsOf(), plan);
	jest.setSystemTime(START + 60_000);
	const outcomes = [await limited.send([ROME]), await limited.send([ROME])];
	expect(kinds(outcomes.flat())).toEqual(['refused', 'refused']);
	expect(sent).toEqual([]);
	expect(Date.now()).toBe(START + 60_000);
});

it('schedules for the end of quiet hours where the provider can', async () => {
	jest.setSystemTime(START + 60_000);
	const options = { quietHours: { window: { ...window, during: 'schedule' } } };
	const { plan, sent } = planOf(NEW_YORK, ROME);
	const limited = withLimits(itemWith({ options }), limitsOf({ schedules: true }), plan);
	expect(limited.isScheduled).toBe(true);
	const end = '2030-01-11T07:00:00.000Z';
	expect(await limited.send([NEW_YORK, ROME])).toEqual([
		accepted([{ json: { to: NEW_YORK.recipient } }]),
		accepted([{ json: { to: ROME.recipient, scheduledFor: end } }]),
	]);
	expect(sent).toEqual([[NEW_YORK, { ...ROME, sendAt: new Date(end) }]]);
});

it('ends the wait for a turn if nothing is to be sent any more', async () => {
	let isOver = false;
	const limits = limitsOf({ isOver: () => isOver });
	const { plan, sent } = planOf(ROME);
	const limited = withLimits(itemWith({ options: { textsPerSecond: 0.01 } }), limits, plan);
	await limited.send([ROME]);
	expect(limits.isWaiting).toBe(false);
	const second = limited.send([ROME]).catch(({ message }: Error) => message);
	await jest.advanceTimersByTimeAsync(1_000);
	expect(limits.isWaiting).toBe(true);
	isOver = true;
	await jest.advanceTimersByTimeAsync(600);
	expect(await second).toBe('The execution was cancelled');
	expect(sent).toHaveLength(1);
});

it('puts the time or the reason into the drafts of a dry run', () => {
	jest.setSystemTime(START + 60_000);
	const drafts = [
		{ provider: 'p', to: ROME.recipient },
		{ provider: 'p', to: NEW_YORK.recipient },
	];
	const item = itemWith({ options: { quietHours: { window } } });
	expect(limitDrafts(item, limitsOf(), drafts)).toMatchObject([
		{ to: ROME.recipient, status: 'failed', errorMessage: expect.stringContaining('Europe/Rome') },
		drafts[1],
	]);
	expect(() => limitDrafts(item, limitsOf(), [drafts[0]])).toThrow(/^It is 21:00 in Europe\/Rome/);
});
