import type { INodePropertyOptions } from 'n8n-workflow';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { create } from './campaign.create';
import { getManyCampaigns } from './campaign.getMany';
import { getManyMms } from './mms.getMany';
import { save } from './mms.save';
import { sendSaved } from './mms.sendSaved';
import { sendMmsToSubscriber } from './mms.sendToSubscriber';
import { sendMessage } from './sms.send';
import { sendMessageToSubscriber } from './sms.sendToSubscriber';
import { subscribeNumber } from './subscriber.subscribe';
import { unsubscribeNumber } from './subscriber.unsubscribe';

/** What the node offers; the first resource and its first operation are the defaults. */
export const resources: INodePropertyOptions[] = [
	{ name: 'SMS', value: 'sms' },
	{ name: 'MMS', value: 'mms' },
	{ name: 'Subscriber', value: 'subscriber' },
	{ name: 'Campaign', value: 'campaign' },
];

export const operations: ReadonlyArray<Operation<Api>> = [
	sendMessage,
	sendMessageToSubscriber,
	sendSaved,
	sendMmsToSubscriber,
	save,
	getManyMms,
	subscribeNumber,
	unsubscribeNumber,
	getManyCampaigns,
	create,
];
