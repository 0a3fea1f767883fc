import type { PostbackEvent } from '../../../nodes/shared/model/event';
import { isIgnoredWord } from '../../../nodes/shared/receiving/triggerParameters';

/** The parameters of a trigger, whatever their values are. */

describe('Ignore System Words', () => {
	const event = { event: 'message.received', systemWord: 'stop' } as PostbackEvent;

	it.each<[string, unknown, Partial<PostbackEvent>, boolean]>([
		['is off if it was removed', undefined, {}, false],
		['is on', true, {}, true],
		['is on as text', 'true', {}, true],
		['drops nothing if its value cannot be read', { a: 1 }, {}, false],
		['is off', false, {}, false],
		['is off as text', 'false', {}, false],
		['keeps any other text', true, { systemWord: null }, false],
		['keeps an opt-out', true, { event: 'contact.optedOut' }, false],
	])('%s', (_, value, fields, isIgnored) => {
		expect(isIgnoredWord(value, { ...event, ...fields })).toBe(isIgnored);
	});
});
