import { messageField } from '../../shared/panel/fields';
import { deliveryOperation } from '../../shared/waiting/deliveryOperation';
import { resumeUrl } from '../../shared/waiting/resumeUrl';
import { waitForDelivery } from '../../shared/waiting/waitForDelivery';
import { type Api, connect } from '../api/connection';
import { getStatus } from '../api/status';
import { sendOptions, toField } from '../fields';
import { sendItem } from '../sending';

export const sendAndWaitForDelivery = deliveryOperation<Api>({
	waitLimit: { amount: 1, unit: 'days' },
	waitForHint: 'Namirial posts the status to this n8n, whose public URL must start with https://.',
	fields: [toField, messageField],
	options: sendOptions,
	run: async (item, api, sends) =>
		await sendItem(item, api, sends, { statusUrl: resumeUrl(item.context) }),
	// without the credential of the Message Status API only postbacks end the wait
	wait: waitForDelivery(async ({ context }, { messageId }) => {
		const api = await connect(context);
		if (messageId === null || !api.statusService) return undefined;
		return (await getStatus(api, messageId))?.message;
	}),
});
