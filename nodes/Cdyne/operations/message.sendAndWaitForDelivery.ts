import { deliveryShape } from '../../shared/delivery';
import { dryRunOption } from '../../shared/dryRun';
import { defaultCountryOption, messageField, toField } from '../../shared/fields';
import { requireMessage, textOptions } from '../../shared/messageText';
import type { Operation } from '../../shared/operation';
import { resumeAddress } from '../../shared/resumeAddress';
import { sendOnceOptions } from '../../shared/sendOnce';
import { waitForDelivery, waitForField, waitForOf } from '../../shared/waitForDelivery';
import { limitWaitTimeFields, limitWaitTimeOption } from '../../shared/waitLimit';
import { connect } from '../api/connection';
import type { Api } from '../api/connection';
import { getStatus } from '../api/status';
import { concatenateOption, fromOption, referenceIdOption } from '../fields';
import { isJoined, oneRecipient, sendItem } from '../sending';

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
			'CDYNE reports deliveries of messages from short codes. Long codes mostly report no more than that a message was sent.',
		),
		...limitWaitTimeFields(LIMIT),
	],
	options: [
		limitWaitTimeOption(LIMIT),
		referenceIdOption,
		fromOption,
		concatenateOption,
		defaultCountryOption,
		dryRunOption,
		...textOptions,
		...sendOnceOptions,
	],
	gives: deliveryShape,
	checkWait: waitForOf,
	run: async (item, api) =>
		await sendItem(item, api, {
			text: requireMessage(item, isJoined(item)),
			recipients: oneRecipient(item),
			statusUrl: resumeAddress(item.context),
		}),
	wait: waitForDelivery(async ({ context }, { messageId }) => {
		if (messageId === null) return undefined;
		const { message } = await getStatus(await connect(context), messageId, 'sms');
		return message;
	}),
};
