import { requireMessage, textOptions } from '../../shared/input/messageText';
import { defaultCountryOption, messageField, toField } from '../../shared/panel/fields';
import { dryRunOption } from '../../shared/sending/dryRun';
import { sendOnceOptions } from '../../shared/sending/options';
import { schedulingLimitOptions } from '../../shared/sending/sendLimits';
import { deliveryOperation } from '../../shared/waiting/deliveryOperation';
import { resumeUrl } from '../../shared/waiting/resumeUrl';
import { waitForDelivery } from '../../shared/waiting/waitForDelivery';
import { type Api, connect } from '../api/connection';
import { getStatus } from '../api/status';
import { concatenateOption, fromOption, referenceIdOption } from '../fields';
import { isJoined, requireOneRecipient, sendItem } from '../sending';

export const sendAndWaitForDelivery = deliveryOperation<Api>({
	schedules: true,
	waitLimit: { amount: 1, unit: 'days' },
	waitForHint:
		'CDYNE reports deliveries of messages from short codes. For long codes it mostly reports only that a message was sent.',
	fields: [toField, messageField],
	options: [
		referenceIdOption,
		fromOption,
		concatenateOption,
		defaultCountryOption,
		dryRunOption,
		...schedulingLimitOptions,
		...textOptions,
		...sendOnceOptions,
	],
	run: async (item, api, sends) =>
		await sendItem(item, api, sends, {
			text: requireMessage(item, isJoined(item)),
			recipients: requireOneRecipient(item),
			statusUrl: resumeUrl(item.context),
		}),
	wait: waitForDelivery(async ({ context }, { messageId }) => {
		if (messageId === null) return undefined;
		const { message, error } = await getStatus(await connect(context), messageId, 'sms');
		// a message that CDYNE has just accepted may not be known yet
		return error.name === 'NotFound' ? undefined : message;
	}),
});
