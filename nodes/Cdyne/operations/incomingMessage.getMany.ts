import type { IDataObject } from 'n8n-workflow';
import { limitField, returnAllField } from '../../shared/fields';
import { limitOf } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import { dateOption } from '../../shared/time';
import { written } from '../../shared/values';
import { readIncoming } from '../api/incoming';
import type { Api } from '../api/connection';
import type { IncomingCriteria } from '../api/incoming';
import { incomingOutputs, joinFragments } from '../incoming';

/** The largest page is not published; a smaller one coming back does not end the list. */
const PAGE_SIZE = 100;

export const getManyIncoming: Operation<Api> = {
	resource: 'incomingMessage',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get incoming messages',
	description: 'Read texts that people sent to your numbers; long ones are joined',
	fields: [returnAllField, limitField],
	options: [
		{
			displayName: 'End Date',
			name: 'endDate',
			type: 'dateTime',
			default: '',
			description: 'Only messages received before this time',
		},
		{
			displayName: 'In Reply To',
			name: 'outgoingMessageId',
			type: 'string',
			default: '',
			description: 'Only answers to the outgoing message of this ID',
		},
		{
			displayName: 'Incoming Message ID',
			name: 'incomingMessageId',
			type: 'string',
			default: '',
			description: 'Only the incoming message of this ID',
		},
		{
			displayName: 'Reference ID',
			name: 'referenceId',
			type: 'string',
			default: '',
			description: 'Only answers to messages that carry this reference ID',
		},
		{
			displayName: 'Start Date',
			name: 'startDate',
			type: 'dateTime',
			default: '',
			description: 'Only messages received after this time',
		},
	],
	run: async (item, api) => {
		const limit = limitOf(item);
		const criteria = {
			startDate: dateOption(item, 'startDate', 'Start Date'),
			endDate: dateOption(item, 'endDate', 'End Date'),
			referenceId: item.option('referenceId'),
			incomingMessageId: item.option('incomingMessageId'),
			outgoingMessageId: item.option('outgoingMessageId'),
		};
		const joined = await readUpTo(api, criteria, limit);
		return incomingOutputs(joined.slice(0, limit));
	},
};

async function readUpTo(
	api: Api,
	criteria: Omit<IncomingCriteria, 'page' | 'pageSize'>,
	limit: number,
): Promise<IDataObject[][]> {
	const byId = new Map<string, IDataObject>();
	for (let page = 1; ; page++) {
		const entries = await readIncoming(api, { ...criteria, page, pageSize: PAGE_SIZE });
		const known = byId.size;
		for (const entry of entries) byId.set(written(entry.IncomingMessageID), entry);
		const joined = joinFragments([...byId.values()]);
		// one more than wanted, since the last may lack fragments that are on the next page
		if (byId.size === known || joined.length > limit) return joined;
	}
}
