import type { Item } from '../../shared/input/item';
import { requireId, UUID } from '../../shared/input/required';
import { lookedUpMessageSchema, notFoundMessage } from '../../shared/model/message';
import { messageOutput, type Output } from '../../shared/model/output';
import { messageIdField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { lookUpEach, pollStatuses, waitUntilFinalOptions } from '../../shared/waiting/poll';
import type { Api } from '../api/connection';
import { getStatus } from '../api/status';
import { PROVIDER } from '../name';
import { extraSchema } from '../wire';

/**
 * It is documented that such texts are discarded (docs/providers/namirial.md 5.2). INFERRED: their
 * IDs are unknown.
 */
const NOT_FOUND =
	'Namirial has no message with this ID. Namirial responds to a text that was already sent twice to the same number within an hour as if it were accepted, but discards it. This may be such a message.';

const MESSAGE_ID = {
	pattern: UUID,
	kind: 'a Namirial message ID',
	advice:
		'Enter the messageId that a send operation returned, such as 9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11.',
};

export const getMessageStatus: Operation<Api> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a message',
	description: 'Look up the delivery status of a message by its ID',
	aiHint: 'For finding out whether a text that was sent before has arrived. It sends nothing.',
	fields: [{ ...messageIdField, placeholder: 'e.g. 9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11' }],
	options: waitUntilFinalOptions,
	outputSchema: { ...lookedUpMessageSchema, ...extraSchema },
	runAll: async (items, api, concurrency) =>
		await pollStatuses(
			items,
			async (pending) =>
				await lookUpEach(pending, concurrency, async (item) => await lookUp(item, api)),
		),
};

async function lookUp(item: Item, api: Api): Promise<Output[]> {
	const id = requireId(item.text('messageId'), 'Message ID', MESSAGE_ID);
	const report = await getStatus(api, id);
	if (!report) return [messageOutput(notFoundMessage(PROVIDER, id, NOT_FOUND))];
	return [messageOutput({ ...report.message, found: true }, report.raw)];
}
