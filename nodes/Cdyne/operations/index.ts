import type { INodePropertyOptions } from 'n8n-workflow';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getManyIncoming } from './incomingMessage.getMany';
import { getUnreadIncoming } from './incomingMessage.getUnread';
import { assignKeyword } from './keyword.assign';
import { getManyKeywords } from './keyword.getMany';
import { removeKeyword } from './keyword.remove';
import { deleteMedia } from './media.delete';
import { downloadMedia } from './media.download';
import { getMediaDetails } from './media.get';
import { uploadMedia } from './media.upload';
import { cancel } from './message.cancel';
import { getManyByReference } from './message.getManyByReference';
import { getMessageStatus } from './message.getStatus';
import { sendMessage } from './message.send';
import { sendAndWait } from './message.sendAndWait';
import { sendAndWaitForDelivery } from './message.sendAndWaitForDelivery';
import { sendMmsMessage } from './message.sendMms';
import { sendSimpleMessage } from './message.sendSimple';
import { getManyOptOuts } from './optOut.getMany';
import { getManyPostbackSettings } from './postbackSetting.getMany';
import { updatePostbackSetting } from './postbackSetting.update';

/** The resources of the node. The first one, and the first operation of each, are the defaults. */
export const resources: INodePropertyOptions[] = [
	{ name: 'Message', value: 'message' },
	{ name: 'Incoming Message', value: 'incomingMessage' },
	{ name: 'Keyword', value: 'keyword' },
	{ name: 'Media', value: 'media' },
	{ name: 'Opt-Out', value: 'optOut' },
	{ name: 'Postback Setting', value: 'postbackSetting' },
];

export const operations: ReadonlyArray<Operation<Api>> = [
	sendMessage,
	sendAndWaitForDelivery,
	sendAndWait,
	sendMmsMessage,
	sendSimpleMessage,
	getMessageStatus,
	getManyByReference,
	cancel,
	getManyIncoming,
	getUnreadIncoming,
	getManyKeywords,
	assignKeyword,
	removeKeyword,
	uploadMedia,
	downloadMedia,
	getMediaDetails,
	deleteMedia,
	getManyOptOuts,
	getManyPostbackSettings,
	updatePostbackSetting,
];
