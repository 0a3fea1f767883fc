import { messageOutput } from '../../shared/item';
import type { Item, Output } from '../../shared/item';
import { lookedUpShape, notFoundMessage } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import { lookUpEach, lookUpInRounds, waitUntilFinalOptions } from '../../shared/rounds';
import type { Api } from '../api/connection';
import { getStatus } from '../api/status';
import { messageIdField, messageIdOf } from '../fields';
import { PROVIDER } from '../name';

export const getMessageStatus: Operation<Api> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a message',
	description: 'Look up what became of a message by its ID',
	forModel: 'For finding out whether a text that was sent before has arrived. It sends nothing.',
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
			description: 'Which kind of message it is: CDYNE keeps them apart',
		},
	],
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
	const id = messageIdOf(item);
	const type = item.choice('messageType', ['sms', 'mms'], 'sms');
	const { message, raw, error } = await getStatus(api, id, type);
	const unknown = type === 'mms' ? 'MissingDidOrInvalidMessageId' : 'NotFound';
	if (error.name === unknown) {
		const words = `${error.name}: CDYNE knows no ${type.toUpperCase()} of this ID`;
		return [messageOutput(notFoundMessage(PROVIDER, id, words), raw)];
	}
	return [messageOutput({ ...message, found: true }, raw)];
}
