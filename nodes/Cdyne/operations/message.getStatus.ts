import type { Item } from '../../shared/input/item';
import { lookedUpMessageSchema, notFoundMessage } from '../../shared/model/message';
import { messageOutput, type Output } from '../../shared/model/output';
import type { Operation } from '../../shared/provider/operation';
import { lookUpEach, pollStatuses, waitUntilFinalOptions } from '../../shared/waiting/poll';
import type { Api } from '../api/connection';
import { readReplies, repliesSchema } from '../api/reply';
import { getStatus } from '../api/status';
import { messageIdField, messageIdOf } from '../fields';
import { PROVIDER } from '../name';

const [waitUntilFinal, waitAtMost] = waitUntilFinalOptions;

export const getMessageStatus: Operation<Api> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a message',
	description: 'Look up the delivery status of a message by its ID',
	aiHint: 'For finding out whether a text that was sent before has arrived. It sends nothing.',
	fields: [
		messageIdField,
		{
			displayName: 'Message Type',
			name: 'messageType',
			type: 'options',
			options: [
				{ name: 'SMS', value: 'sms' },
				{ name: 'MMS', value: 'mms' },
			],
			default: 'sms',
			description: 'The type of the message. CDYNE stores the two types separately.',
		},
	],
	options: [
		{
			...waitUntilFinal,
			description: `${waitUntilFinal.description}. Only for MMS: the last status that CDYNE has for an SMS is Sent, so the wait for an SMS always runs out.`,
		},
		waitAtMost,
	],
	outputSchema: { ...lookedUpMessageSchema, ...repliesSchema },
	runAll: async (items, api, concurrency) =>
		await pollStatuses(
			items,
			async (pending) =>
				await lookUpEach(pending, concurrency, async (item) => await lookUp(item, api)),
		),
};

async function lookUp(item: Item, api: Api): Promise<Output[]> {
	const id = messageIdOf(item);
	const type = item.choice('messageType', ['sms', 'mms'], 'sms');
	const { message, raw, error } = await getStatus(api, id, type);
	const notFound = type === 'mms' ? 'MissingDidOrInvalidMessageId' : 'NotFound';
	if (error.name === notFound) {
		const reason = `${error.name}: CDYNE has no ${type.toUpperCase()} with this ID`;
		return [messageOutput(notFoundMessage(PROVIDER, id, reason), raw)];
	}
	const found = { ...message, found: true, replies: readReplies(raw) };
	return [messageOutput(found, raw)];
}
