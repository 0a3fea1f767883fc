import type { PostbackEvent } from '../../../nodes/shared/model/event';
import { smsMessage } from '../../../nodes/shared/model/message';
import {
	recordContinuations,
	recordSteps,
	historyOf,
} from '../../../nodes/shared/waiting/statusHistory';
import type * as StatusHistory from '../../../nodes/shared/waiting/statusHistory';

/** The statuses that a process has received during its waits, within limits. */

const step = (providerStatus: string, at: string | null = null) =>
	({ status: 'sent', providerStatus, at }) as const;

it('a repeated status is recorded once, with its latest time', () => {
	recordSteps('repeated', [step('a', '1'), step('b')]);
	expect(recordSteps('repeated', [step('a', '2')])).toEqual([step('a', '2'), step('b')]);
});

it('at most fifty different statuses of a wait are recorded', () => {
	const many = Array.from({ length: 1_000 }, (_, index) => step(`s${index}`));
	expect(recordSteps('one', many)).toEqual(many.slice(0, 50));
});

it('at most fifty further ids of a message are recorded, and none of another message', () => {
	const message = smsMessage({
		provider: 'p',
		messageId: 'm0',
		status: 'sent',
		providerStatus: 'Sent',
	});
	const continuation = (from: string, to: string) =>
		({ messageId: from, continuesAs: to }) as unknown as PostbackEvent;
	const chain = Array.from({ length: 1_000 }, (_, index) =>
		continuation(`m${index}`, `m${index + 1}`),
	);
	recordContinuations('ids', [continuation('another', 'unrelated'), ...chain], message);
	expect(historyOf('ids').ids).toEqual(Array.from({ length: 50 }, (_, index) => `m${index + 1}`));
});

it('with more than ten thousand waits, the least recently used history is evicted', () => {
	recordSteps('first', [step('a')]);
	recordSteps('second', [step('a')]);
	for (let wait = 0; wait < 9_998; wait++) recordSteps(`w${wait}`, [step('a')]);
	// used again
	recordSteps('first', [step('b')]);
	recordSteps('one more', [step('a')]);
	expect(historyOf('first').steps.size).toBe(2);
	expect(historyOf('second').steps.size).toBe(0);
});

describe('a history is complete', () => {
	const BEGUN = Date.parse('2030-01-31T18:30:00.000Z');
	const at = new Date(BEGUN).toISOString();
	/** The module of a process without histories. */
	let isolated: typeof StatusHistory;

	beforeEach(async () => {
		jest.useFakeTimers({ now: BEGUN - 1_000 });
		await jest.isolateModulesAsync(
			async () => void (isolated = await import('../../../nodes/shared/waiting/statusHistory')),
		);
	});
	afterEach(() => void jest.useRealTimers());

	const recordManyWaits = () => {
		for (let wait = 0; wait < 10_000; wait++) isolated.recordSteps(`w${wait}`, [step('a')]);
	};
	const isComplete = () =>
		isolated.isHistoryComplete('tested', { process: isolated.PROCESS_ID, at });

	it('if only histories that were last used before the wait began were evicted', () => {
		recordManyWaits();
		jest.setSystemTime(BEGUN);
		isolated.recordSteps('tested', [step('a')]);
		jest.setSystemTime(BEGUN + 1_000);
		isolated.recordSteps('another', [step('a')]);
		expect(isComplete()).toBe(true);
	});

	it('unless it was evicted', () => {
		jest.setSystemTime(BEGUN);
		isolated.recordSteps('tested', [step('a')]);
		recordManyWaits();
		expect(isComplete()).toBe(false);
	});

	it('unless the wait began in another process', () => {
		expect(isolated.isHistoryComplete('tested', { process: 'another', at })).toBe(false);
	});
});
