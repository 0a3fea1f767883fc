import { passesStatus, statusFilter } from '../../nodes/shared/statusFilter';
import type { PostbackEvent } from '../../nodes/shared/event';

const event = (fields: Partial<PostbackEvent>) =>
	({ event: 'message.status', status: 'delivered', ...fields }) as PostbackEvent;

it('offers what a provider posts, by name', () => {
	const { options, default: chosen } = statusFilter(['undelivered', 'sent']);
	expect(chosen).toEqual([]);
	expect(options).toMatchObject([
		{ name: 'Sent', value: 'sent' },
		{ name: 'Undelivered', value: 'undelivered' },
	]);
});

it.each([
	['nothing chosen', undefined, {}, true],
	['an empty list', [], {}, true],
	['its status', ['sent', 'delivered'], {}, true],
	['another status', ['failed'], {}, false],
	['a reply', ['failed'], { event: 'message.received' as const, status: null }, true],
	['what cannot be read', ['failed'], { event: 'unknown' as const, status: null }, true],
])('%s: %j lets %j through: %s', (_what, wanted, fields, passes) => {
	expect(passesStatus(wanted, event(fields))).toBe(passes);
});
