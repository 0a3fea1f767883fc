import { deliveryShape } from '../../shared/delivery';
import { messageField } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { resumeAddress } from '../../shared/resumeAddress';
import { waitForDelivery, waitForField, waitForOf } from '../../shared/waitForDelivery';
import { limitWaitTimeFields, limitWaitTimeOption } from '../../shared/waitLimit';
import { connect } from '../api/connection';
import type { Api } from '../api/connection';
import { getStatus } from '../api/status';
import { sendOptions, toField } from '../fields';
import { sendItem } from '../sending';

/** How long to wait where the user has not said. */
const LIMIT = { amount: 1, unit: 'days' } as const;

export const sendAndWaitForDelivery: Operation<Api> = {
	resource: 'message',
	operation: 'sendAndWaitForDelivery',
	name: 'Send and Wait for Delivery',
	action: 'Send an SMS and wait for its delivery',
	description: 'Send a text and go on when it is delivered, has failed, or takes too long',
	forModel:
		'For telling somebody something by SMS when it matters whether it arrives: outcome says whether it was delivered.',
	sends: true,
	fields: [
		toField,
		messageField,
		waitForField(
			'Namirial posts the status to this n8n, whose public address must start with https://.',
		),
		...limitWaitTimeFields(LIMIT),
	],
	options: [...sendOptions, limitWaitTimeOption(LIMIT)],
	gives: deliveryShape,
	checkWait: waitForOf,
	run: async (item, api) => await sendItem(item, api, { statusUrl: resumeAddress(item.context) }),
	// a look-up needs the credential of the Message Status API; without it only postbacks count
	wait: waitForDelivery(async ({ context }, { messageId }) => {
		const api = await connect(context);
		if (messageId === null || !api.statusService) return undefined;
		return (await getStatus(api, messageId))?.message;
	}),
};
