import {
	deliveryOutput,
	deliveryShape,
	inOrder,
	nameOf,
	outcomeOf,
	stepOf,
} from '../../nodes/shared/delivery';
import type { Step, WaitFor } from '../../nodes/shared/delivery';
import { HOST_ROUTES_OUTPUTS } from '../../nodes/shared/host';
import { smsMessage } from '../../nodes/shared/message';
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
		['canceled', false, 'delivered', undefined],
		['sent', true, 'delivered', undefined],
		['queued', true, 'sent', undefined],
		['unknown', true, 'sent', undefined],
		['read', false, 'sent', 'delivered'],
	])('%s, final %s, waiting for %s: %s', (status, isFinal, waitFor, outcome) => {
		expect(outcomeOf({ status, isFinal }, waitFor)).toBe(outcome);
	});
});

it('the steps of a message are in the order of its life, each once', () => {
	const step = (status: SmsStatus, at: string) => ({ status, providerStatus: status, at });
	const came = [step('delivered', '3'), step('sent', '2'), step('queued', '1'), step('sent', '4')];
	expect(inOrder(came)).toEqual([step('queued', '1'), step('sent', '4'), step('delivered', '3')]);
});

describe('the order of steps', () => {
	const step = (
		status: SmsStatus,
		providerStatus: string = status,
		at: string | null = null,
	): Step => ({
		status,
		providerStatus,
		at,
	});
	const all: SmsStatus[] = ['unknown', 'queued', 'sent', 'delivered'];

	it.each<SmsStatus>(['read', 'undelivered', 'failed', 'canceled'])('ends with %s', (last) => {
		const steps = [...all, last].map((status) => step(status));
		expect(inOrder([...steps].reverse())).toEqual(steps);
	});

	it('is that in which they came where they are equal, each word once', () => {
		const steps = [step('sent', 'b'), step('sent', 'a'), step('failed'), step('canceled')];
		expect(inOrder(steps)).toEqual(steps);
		expect(inOrder([...steps, step('sent', 'b', '9')])).toEqual([
			step('sent', 'b', '9'),
			...steps.slice(1),
		]);
		expect(inOrder([])).toEqual([]);
	});

	it('goes by names of status and word', () => {
		expect(nameOf(step('sent', 'Sent to network'))).toBe('sent Sent to network');
	});
});

describe('a message', () => {
	const message = (more: object = {}) =>
		smsMessage({ provider: 'p', status: 'sent', providerStatus: 'Sent', ...more });

	it.each<[object, string | null]>([
		[{}, null],
		[{ sentAt: '1' }, '1'],
		[{ updatedAt: '2' }, '2'],
		[{ sentAt: '1', updatedAt: '2' }, '2'],
	])('with %j is a step at %s', (times, at) => {
		expect(stepOf(message(times))).toEqual({ status: 'sent', providerStatus: 'Sent', at });
	});

	it('leaves by the output of its outcome, for an agent by the first', () => {
		const history = [stepOf(message())];
		const outputs = (['delivered', 'failed', 'noAnswer'] as const).map((outcome) => {
			const output = deliveryOutput(message(), outcome, { history, historyComplete: false });
			expect(output.json).toEqual({ ...message(), outcome, history, historyComplete: false });
			expect(Object.keys(output.json).sort()).toEqual(
				Object.keys(deliveryShape)
					.filter((name) => !['alreadySent', 'dryRun'].includes(name))
					.sort(),
			);
			const forAgent = deliveryOutput(message(), outcome, { history, historyComplete: true }, true);
			expect(forAgent).toMatchObject({ json: { outcome, historyComplete: true }, output: 0 });
			return output.output;
		});
		expect(outputs).toEqual(HOST_ROUTES_OUTPUTS ? [0, 1, 2] : [0, 0, 0]);
	});
});
