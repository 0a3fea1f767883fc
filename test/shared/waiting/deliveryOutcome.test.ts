import { HOST_ROUTES_OUTPUTS } from '../../../nodes/shared/host/capabilities';
import { smsMessage } from '../../../nodes/shared/model/message';
import type { SmsStatus } from '../../../nodes/shared/model/message';
import {
	deliveryOutput,
	deliverySchema,
	sortSteps,
	stepKey,
	outcomeOf,
	toStep,
} from '../../../nodes/shared/waiting/deliveryOutcome';
import type { StatusStep, WaitFor } from '../../../nodes/shared/waiting/deliveryOutcome';

/** The outcome that a status means, the history of a message, and its output item. */

describe('the outcome', () => {
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
	])('of %s with isFinal %s, waiting for %s, is %s', (status, isFinal, waitFor, outcome) => {
		expect(outcomeOf({ status, isFinal }, waitFor)).toBe(outcome);
	});
});

it('steps are sorted in the order of a message’s life, each once', () => {
	const step = (status: SmsStatus, at: string) => ({ status, providerStatus: status, at });
	const steps = [step('delivered', '3'), step('sent', '2'), step('queued', '1'), step('sent', '4')];
	expect(sortSteps(steps)).toEqual([
		step('queued', '1'),
		step('sent', '4'),
		step('delivered', '3'),
	]);
});

describe('the order of steps', () => {
	const step = (
		status: SmsStatus,
		providerStatus: string = status,
		at: string | null = null,
	): StatusStep => ({
		status,
		providerStatus,
		at,
	});
	const earlier: SmsStatus[] = ['unknown', 'queued', 'sent', 'delivered'];

	it.each<SmsStatus>(['read', 'undelivered', 'failed', 'canceled'])('ends with %s', (last) => {
		const steps = [...earlier, last].map((status) => step(status));
		expect(sortSteps([...steps].reverse())).toEqual(steps);
	});

	it('is unchanged for equal ranks, and a repeated step replaces the earlier one', () => {
		const steps = [step('sent', 'b'), step('sent', 'a'), step('failed'), step('canceled')];
		expect(sortSteps(steps)).toEqual(steps);
		expect(sortSteps([...steps, step('sent', 'b', '9')])).toEqual([
			step('sent', 'b', '9'),
			...steps.slice(1),
		]);
		expect(sortSteps([])).toEqual([]);
	});

	it('treats steps with the same status and provider status as the same', () => {
		expect(stepKey(step('sent', 'Sent to network'))).toBe('sent Sent to network');
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
	])('with the times %j is a step at %s', (times, at) => {
		expect(toStep(message(times))).toEqual({ status: 'sent', providerStatus: 'Sent', at });
	});

	it('goes to the output of its outcome, and to the first one for an agent', () => {
		const history = [toStep(message())];
		const outputs = (['delivered', 'failed', 'timedOut'] as const).map((outcome) => {
			const output = deliveryOutput(message(), outcome, { history, historyComplete: false });
			expect(output.json).toEqual({ ...message(), outcome, history, historyComplete: false });
			expect(Object.keys(output.json).sort()).toEqual(
				Object.keys(deliverySchema)
					.filter((name) => !['alreadySent', 'dryRun', 'warning'].includes(name))
					.sort(),
			);
			const forAgent = deliveryOutput(message(), outcome, { history, historyComplete: true }, true);
			expect(forAgent).toMatchObject({ json: { outcome, historyComplete: true }, output: 0 });
			return output.output;
		});
		expect(outputs).toEqual(HOST_ROUTES_OUTPUTS ? [0, 1, 2] : [0, 0, 0]);
	});
});
