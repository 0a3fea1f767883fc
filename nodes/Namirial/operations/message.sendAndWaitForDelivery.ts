import { messageField, toField } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { resumeAddress } from '../../shared/resumeAddress';
import { limitWaitTimeFields } from '../../shared/waitLimit';
import type { WaitRule } from '../../shared/wait';
import {
	checkDeliveryWait,
	deliveryRule,
	waitForDelivery,
	waitForField,
} from '../../shared/waitForDelivery';
import { connect } from '../api/connection';
import { getStatus } from '../api/status';
import type { Api } from '../api/connection';
import { sendOptions } from '../fields';
import { sendItem } from '../sending';

export const sendAndWaitForDelivery: Operation<Api> = {
	resource: 'message',
	operation: 'sendAndWaitForDelivery',
	name: 'Send and Wait for Delivery',
	action: 'Send an SMS and wait for its delivery',
	description: 'Send a text and go on when it is delivered, has failed, or takes too long',
	sends: true,
	fields: [
		toField,
		messageField,
		waitForField(
			'Namirial posts the status to this n8n, whose public address must start with https://.',
		),
		...limitWaitTimeFields({ amount: 1, unit: 'days' }),
	],
	options: sendOptions,
	run: async (item, api) => {
		checkDeliveryWait(item);
		return await sendItem(item, api, { statusUrl: resumeAddress(item.context) });
	},
	wait: waitForDelivery,
};

/** A look-up needs the credential of the Message Status API; without it only postbacks count. */
export const deliveryWait: WaitRule = deliveryRule(async ({ context }, { messageId }) => {
	const api = await connect(context);
	if (messageId === null || !api.statusService) return undefined;
	return (await getStatus(api, messageId))?.message;
});
