import { failInput } from '../../shared/errors';
import { messageIdField } from '../../shared/fields';
import { notFoundMessage } from '../../shared/message';
import { messageOutput } from '../../shared/item';
import type { Item, Output } from '../../shared/item';
import type { Operation } from '../../shared/operation';
import { lookUpEach, lookUpInRounds, waitUntilFinalOptions } from '../../shared/rounds';
import { getStatus } from '../api/status';
import { PROVIDER } from '../name';
import type { Api } from '../api/connection';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Only that such texts are dropped is documented (5.2); that their ids stay unknown is INFERRED. */
const UNKNOWN =
	'Namirial knows no message of this ID. It discards a text that reached the same number twice within the hour and answers as if it had accepted it; this may be such a message.';

/** A message id. @throws Failure where it is not one of Namirial's form */
function messageIdOf(item: Item): string {
	const id = item.text('messageId').trim();
	if (!UUID.test(id)) {
		failInput(
			id === '' ? 'The message ID is empty' : `"${id}" is not a message ID of Namirial`,
			'Give the messageId that a send operation returned, such as 9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11.',
		);
	}
	return id;
}

export const getMessageStatus: Operation<Api> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a message',
	description: 'Look up what became of a message by its ID',
	fields: [messageIdField],
	options: waitUntilFinalOptions,
	runAll: async (items, api, concurrency) =>
		await lookUpInRounds(
			items,
			async (pending) =>
				await lookUpEach(pending, concurrency, async (item) => await lookUp(item, api)),
		),
};

async function lookUp(item: Item, api: Api): Promise<Output[]> {
	const id = messageIdOf(item);
	const report = await getStatus(api, id);
	if (!report) return [messageOutput(notFoundMessage(PROVIDER, id, UNKNOWN))];
	return [messageOutput({ ...report.message, found: true }, report.raw)];
}
