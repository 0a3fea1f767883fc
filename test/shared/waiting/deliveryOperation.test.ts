import type { INodeProperties } from 'n8n-workflow';
import { messageField } from '../../../nodes/shared/panel/fields';
import type { Connection } from '../../../nodes/shared/provider/operation';
import type { WaitStrategy } from '../../../nodes/shared/provider/waitStrategy';
import { dryRunOption } from '../../../nodes/shared/sending/dryRun';
import { deliveryOperation } from '../../../nodes/shared/waiting/deliveryOperation';
import { deliverySchema } from '../../../nodes/shared/waiting/deliveryOutcome';
import { itemWith } from '../../engine/harness/contexts';

/** The operation Send and Wait for Delivery, made from what differs between providers. */

const spec = {
	waitLimit: { amount: 5, unit: 'minutes' },
	waitForHint: 'Only sent is reported',
	fields: [messageField],
	options: [dryRunOption],
	run: async () => [],
} as const satisfies object;
const create = (differences: object = {}) =>
	deliveryOperation<Connection>({
		...spec,
		fields: [...spec.fields],
		options: [...spec.options],
		...differences,
	});

it('is the same operation for every provider', () => {
	expect(create()).toMatchObject({
		resource: 'message',
		operation: 'sendAndWaitForDelivery',
		name: 'Send and Wait for Delivery',
		action: 'Send an SMS and wait for its delivery',
		sends: true,
		outputSchema: deliverySchema,
	});
});

it('has the fields of the provider, then Wait For with the hint', () => {
	const { fields = [] } = create();
	expect(fields.map(({ name }) => name)).toEqual(['message', 'waitFor']);
	expect(fields[0]).toBe(messageField);
	expect(fields[1]).toMatchObject({ displayName: 'Wait For', hint: 'Only sent is reported' });
});

it('has the options of the provider, then Limit Wait Time with its default', () => {
	const { options = [], waitLimit } = create();
	const [dryRun, limit] = options as INodeProperties[];
	expect(options).toHaveLength(2);
	expect(dryRun).toBe(dryRunOption);
	expect(limit).toMatchObject({
		displayName: 'Limit Wait Time',
		default: {
			values: { limitType: 'afterTimeInterval', resumeAmount: 5, resumeUnit: 'minutes' },
		},
	});
	expect(waitLimit).toEqual({ amount: 5, unit: 'minutes' });
});

it('sends as the provider does', () => {
	expect(create().run).toBe(spec.run);
});

it('either suspends the execution or polls', () => {
	const wait = {} as WaitStrategy;
	const suspending = create({ wait });
	expect(suspending.wait).toBe(wait);
	expect('pollUntilFinal' in suspending).toBe(false);

	const pollUntilFinal = async () => [];
	const polling = create({ pollUntilFinal });
	expect(polling.pollUntilFinal).toBe(pollUntilFinal);
	expect('wait' in polling).toBe(false);
});

it.each<[object, string | undefined]>([
	[{}, undefined],
	[{ waitFor: 'sent' }, undefined],
	[{ waitFor: 'read' }, 'waitFor is "read"'],
])('checks Wait For before it sends: %j', (parameters, error) => {
	const check = () => create().checkWait?.(itemWith({ ...parameters }));
	if (error === undefined) expect(check).not.toThrow();
	else expect(check).toThrow(error);
});
