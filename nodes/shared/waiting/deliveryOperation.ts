import type { ItemOperation } from '../provider/operation';
import { deliverySchema } from './deliveryOutcome';
import { waitForField, waitForOf } from './waitForDelivery';
import { limitWaitTimeOption } from './waitLimit';

/** What differs between providers: fields, sending, and how the outcome is received. */
type DeliverySpec<Api> = Required<Pick<ItemOperation<Api>, 'fields' | 'options' | 'waitLimit'>> &
	Pick<ItemOperation<Api>, 'run' | 'wait' | 'pollUntilFinal' | 'schedules'> & {
		/** The hint of Wait For: what this provider does not report, or needs before it reports. */
		waitForHint: string;
	};

/** The operation Send and Wait for Delivery of a provider. */
export function deliveryOperation<Api>({
	fields,
	options,
	waitLimit,
	waitForHint,
	...run
}: DeliverySpec<Api>): ItemOperation<Api> {
	return {
		resource: 'message',
		operation: 'sendAndWaitForDelivery',
		name: 'Send and Wait for Delivery',
		action: 'Send an SMS and wait for its delivery',
		description: 'Send a text, then continue when it is delivered, has failed, or takes too long',
		aiHint:
			'For telling somebody something by SMS when it matters whether it arrives. The field outcome says whether it was delivered.',
		sends: true,
		fields: [...fields, waitForField(waitForHint)],
		options: [...options, limitWaitTimeOption(waitLimit)],
		outputSchema: deliverySchema,
		waitLimit,
		checkWait: waitForOf,
		...run,
	};
}
