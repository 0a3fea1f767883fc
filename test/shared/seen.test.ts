import type { PostbackEvent } from '../../nodes/shared/event';
import { smsMessage } from '../../nodes/shared/message';
import { follow, note, seenOf } from '../../nodes/shared/seen';
import type * as Seen from '../../nodes/shared/seen';

/** The memory of the process has bounds: of one wait, and of all of them. */

const step = (providerStatus: string, at: string | null = null) =>
	({ status: 'sent', providerStatus, at }) as const;

it('a status that comes again counts once, the latest time of it', () => {
	note('again', [step('a', '1'), step('b')]);
	expect(note('again', [step('a', '2')])).toEqual([step('a', '2'), step('b')]);
});

it('of one wait no more than fifty different statuses are kept', () => {
	const many = Array.from({ length: 1_000 }, (_, index) => step(`s${index}`));
	expect(note('one', many)).toEqual(many.slice(0, 50));
});

it('of one message no more than fifty other ids are kept, and none of a stranger’s', () => {
	const message = smsMessage({
		provider: 'p',
		messageId: 'm0',
		status: 'sent',
		providerStatus: 'Sent',
	});
	const goesOn = (from: string, to: string) =>
		({ messageId: from, continuesAs: to }) as unknown as PostbackEvent;
	const chain = Array.from({ length: 1_000 }, (_, index) => goesOn(`m${index}`, `m${index + 1}`));
	follow('ids', [goesOn('another', 'stranger'), ...chain], message);
	expect(seenOf('ids').ids).toEqual(Array.from({ length: 50 }, (_, index) => `m${index + 1}`));
});

it('of ten thousand waits the one heard of longest ago is forgotten first', () => {
	note('first', [step('a')]);
	note('second', [step('a')]);
	for (let wait = 0; wait < 9_998; wait++) note(`w${wait}`, [step('a')]);
	// heard of again
	note('first', [step('b')]);
	note('one more', [step('a')]);
	expect(seenOf('first').steps.size).toBe(2);
	expect(seenOf('second').steps.size).toBe(0);
});

describe('whether all was seen of a wait', () => {
	const BEGUN = Date.parse('2030-01-31T18:30:00.000Z');
	const at = new Date(BEGUN).toISOString();
	/** Of a process that has heard of nothing yet. */
	let own: typeof Seen;

	beforeEach(async () => {
		jest.useFakeTimers({ now: BEGUN - 1_000 });
		await jest.isolateModulesAsync(
			async () => void (own = await import('../../nodes/shared/seen')),
		);
	});
	afterEach(() => void jest.useRealTimers());

	const hear = () => {
		for (let wait = 0; wait < 10_000; wait++) own.note(`w${wait}`, [step('a')]);
	};
	const sawAll = () => own.sawAll('mine', { process: own.PROCESS, at });

	it('of a process that has forgotten others, over before it began: yes', () => {
		hear();
		jest.setSystemTime(BEGUN);
		own.note('mine', [step('a')]);
		jest.setSystemTime(BEGUN + 1_000);
		own.note('another', [step('a')]);
		expect(sawAll()).toBe(true);
	});

	it('of one that is among the forgotten: no', () => {
		jest.setSystemTime(BEGUN);
		own.note('mine', [step('a')]);
		hear();
		expect(sawAll()).toBe(false);
	});

	it('of one that another process parked: no', () => {
		expect(own.sawAll('mine', { process: 'another', at })).toBe(false);
	});
});
