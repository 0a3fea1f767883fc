import { inOrder, outcomeOf } from '../../nodes/shared/delivery';
import type { WaitFor } from '../../nodes/shared/delivery';
import type { SmsStatus } from '../../nodes/shared/message';

describe('what a status means for a wait', () => {
	it.each<[SmsStatus, boolean, WaitFor, 'delivered' | 'failed' | undefined]>([
		['unknown', false, 'delivered', undefined],
		['unknown', true, 'delivered', undefined],
		['queued', false, 'delivered', undefined],
		['queued', false, 'sent', undefined],
		['sent', false, 'delivered', undefined],
		['sent', false, 'sent', 'delivered'],
		['sent', true, 'sent', 'delivered'],
		['delivered', false, 'delivered', 'delivered'],
		['delivered', true, 'delivered', 'delivered'],
		['delivered', true, 'sent', 'delivered'],
		['read', false, 'delivered', 'delivered'],
		['read', true, 'sent', 'delivered'],
		['undelivered', true, 'delivered', 'failed'],
		['undelivered', true, 'sent', 'failed'],
		['undelivered', false, 'delivered', undefined],
		['failed', true, 'delivered', 'failed'],
		['failed', false, 'delivered', undefined],
		['failed', false, 'sent', undefined],
		['canceled', true, 'delivered', 'failed'],
	])('%s, final %s, waiting for %s: %s', (status, isFinal, waitFor, outcome) => {
		expect(outcomeOf({ status, isFinal }, waitFor)).toBe(outcome);
	});
});

it('the steps of a message are in the order of its life, each once', () => {
	const step = (status: SmsStatus, at: string) => ({ status, providerStatus: status, at });
	const came = [step('delivered', '3'), step('sent', '2'), step('queued', '1'), step('sent', '4')];
	expect(inOrder(came)).toEqual([step('queued', '1'), step('sent', '4'), step('delivered', '3')]);
});
