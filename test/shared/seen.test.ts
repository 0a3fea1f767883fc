import type { PostbackEvent } from '../../nodes/shared/event';
import { smsMessage } from '../../nodes/shared/message';
import { follow, note, seenOf } from '../../nodes/shared/seen';

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
