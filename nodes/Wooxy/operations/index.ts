import type { INodePropertyOptions } from 'n8n-workflow';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getAccountDetails } from './account.get';
import { addBlockedNumber } from './blockedNumber.add';
import { deleteBlockedNumber } from './blockedNumber.delete';
import { getManyBlockedNumbers } from './blockedNumber.getMany';
import { deleteContactOfList } from './contact.delete';
import { getContactOfList } from './contact.get';
import { getContactRequestStatus } from './contact.getRequestStatus';
import { upsertContactOfList } from './contact.upsert';
import { getManyContactLists } from './contactList.getMany';
import { getManyDomains } from './domain.getMany';
import { getMessageStatus } from './message.getStatus';
import { sendMessage } from './message.send';
import { sendAndWaitForDelivery } from './message.sendAndWaitForDelivery';
import { sendMessageToContact } from './message.sendToContact';

/** What the node offers; the first resource and its first operation are the defaults. */
export const resources: INodePropertyOptions[] = [
	{ name: 'Message', value: 'message' },
	{ name: 'Account', value: 'account' },
	{ name: 'Blocked Number', value: 'blockedNumber' },
	{ name: 'Contact', value: 'contact' },
	{ name: 'Contact List', value: 'contactList' },
	{ name: 'Domain', value: 'domain' },
];

export const operations: ReadonlyArray<Operation<Api>> = [
	sendMessage,
	sendMessageToContact,
	sendAndWaitForDelivery,
	getMessageStatus,
	upsertContactOfList,
	getContactOfList,
	deleteContactOfList,
	getContactRequestStatus,
	addBlockedNumber,
	getManyBlockedNumbers,
	deleteBlockedNumber,
	getAccountDetails,
	getManyDomains,
	getManyContactLists,
];
