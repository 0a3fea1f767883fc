import { messageOutput } from '../../shared/item';
import type { Item, Output } from '../../shared/item';
import { lookedUpShape, notFoundMessage } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import { requiredId, UUID } from '../../shared/required';
import { lookUpEach, lookUpInRounds, waitUntilFinalOptions } from '../../shared/rounds';
import type { Api } from '../api/connection';
import { getStatus } from '../api/status';
import { messageIdField } from '../fields';
import { PROVIDER } from '../name';

/** Only that such texts are dropped is documented (5.2); that their ids stay unknown is INFERRED. */
const UNKNOWN =
	'Namirial knows no message of this ID. It discards a text that reached the same number twice within the hour and answers as if it had accepted it; this may be such a message.';

const MESSAGE_ID = {
	pattern: UUID,
	kind: 'a message ID of Namirial',
	advice:
		'Give the messageId that a send operation returned, such as 9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11.',
};

export const getMessageStatus: Operation<Api> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a message',
	description: 'Look up what became of a message by its ID',
	forModel: 'For finding out whether a text that was sent before has arrived. It sends nothing.',
	fields: [messageIdField],
	options: waitUntilFinalOptions,
	gives: lookedUpShape,
	runAll: async (items, api, concurrency) =>
		await lookUpInRounds(
			items,
			async (pending) =>
				await lookUpEach(pending, concurrency, async (item) => await lookUp(item, api)),
		),
};

async function lookUp(item: Item, api: Api): Promise<Output[]> {
	const id = requiredId(item.text('messageId'), 'message ID', MESSAGE_ID);
	const report = await getStatus(api, id);
	if (!report) return [messageOutput(notFoundMessage(PROVIDER, id, UNKNOWN))];
	return [messageOutput({ ...report.message, found: true }, report.raw)];
}
