import { toFailure, Failure } from '../../shared/errors/failure';
import { textOrNull } from '../../shared/formats/values';
import type { Item } from '../../shared/input/item';
import { requireField } from '../../shared/input/required';
import { lookedUpMessageSchema, notFoundMessage } from '../../shared/model/message';
import { messageOutput, type Output } from '../../shared/model/output';
import { TEXT } from '../../shared/model/schema';
import { messageIdField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { pollStatuses, waitUntilFinalOptions } from '../../shared/waiting/poll';
import type { Api } from '../api/connection';
import { getAllInfo, type LookedUp } from '../api/status';
import { PROVIDER } from '../name';

export const getMessageStatus: Operation<Api> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a message',
	description:
		'Look up the delivery status of messages by their IDs, up to 100 items in one request',
	aiHint: 'For finding out whether a text that was sent before has arrived. It sends nothing.',
	fields: [{ ...messageIdField, placeholder: 'e.g. 64f0000000000000000000a1' }],
	options: waitUntilFinalOptions,
	outputSchema: { ...lookedUpMessageSchema, text: TEXT },
	runAll: async (items, api, concurrency) =>
		await pollStatuses(items, async (pending) => await lookUpItems(pending, api, concurrency)),
};

async function lookUpItems(
	items: Item[],
	api: Api,
	concurrency: number,
): Promise<Array<Output[] | Failure>> {
	const ids = items.map(readMessageId);
	const distinctIds = [...new Set(ids.filter((id) => typeof id === 'string'))];
	const lookups = await getAllInfo(api, distinctIds, concurrency);
	return ids.map((id) => {
		if (typeof id !== 'string') return id;
		const lookup = lookups.get(id);
		return lookup instanceof Failure ? lookup : [outputOf(id, lookup)];
	});
}

/** The message ID of an item, or why it has none. */
function readMessageId(item: Item): string | Failure {
	try {
		return requireField(item, 'messageId', 'Enter the messageId that a send operation returned.');
	} catch (error) {
		return toFailure(error);
	}
}

function outputOf(id: string, lookup: Exclude<LookedUp, Failure> | undefined): Output {
	if (lookup && 'message' in lookup) {
		// with the values of its variables
		const text = textOrNull(lookup.raw.text);
		const found = { ...lookup.message, found: true, ...(text !== null && { text }) };
		return messageOutput(found, lookup.raw);
	}
	const reason = lookup?.reason ?? `SMS ${id} not found`;
	return messageOutput(notFoundMessage(PROVIDER, id, reason), null);
}
