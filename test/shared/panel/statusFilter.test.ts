import type { PostbackEvent } from '../../../nodes/shared/model/event';
import { statusFilter } from '../../../nodes/shared/panel/statusFilter';
import { passesStatus } from '../../../nodes/shared/receiving/triggerParameters';

/** The filter of a trigger by status. */

const event = (fields: Partial<PostbackEvent>) =>
	({ event: 'message.status', status: 'delivered', ...fields }) as PostbackEvent;

it('offers the statuses that a provider posts, sorted by name', () => {
	const { options, default: selected } = statusFilter(['undelivered', 'sent']);
	expect(selected).toEqual([]);
	expect(options).toMatchObject([
		{ name: 'Sent', value: 'sent' },
		{ name: 'Undelivered', value: 'undelivered' },
	]);
});

it.each([
	['no selection', undefined, {}, true],
	['an empty selection', [], {}, true],
	['a selected status', ['sent', 'delivered'], {}, true],
	['another status', ['failed'], {}, false],
	['a reply', ['failed'], { event: 'message.received' as const, status: null }, true],
	['an unknown event', ['failed'], { event: 'unknown' as const, status: null }, true],
])('%s: with %j selected, the event with %j passes: %s', (_, selected, fields, passes) => {
	expect(passesStatus(selected, event(fields))).toBe(passes);
});
