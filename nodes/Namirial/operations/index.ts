import type { INodePropertyOptions } from 'n8n-workflow';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getManyByPhoneNumber } from './message.getManyByPhoneNumber';
import { getManyByReference } from './message.getManyByReference';
import { getMessageStatus } from './message.getStatus';
import { sendMessage } from './message.send';
import { sendAndWaitForDelivery } from './message.sendAndWaitForDelivery';
import { sendOnBehalf } from './message.sendOnBehalf';
import { getServiceHealth } from './service.getHealth';

/** The resources of the node. The first one, and the first operation of each, are the defaults. */
export const resources: INodePropertyOptions[] = [
	{ name: 'Message', value: 'message' },
	{ name: 'Service', value: 'service' },
];

export const operations: ReadonlyArray<Operation<Api>> = [
	sendMessage,
	sendOnBehalf,
	sendAndWaitForDelivery,
	getMessageStatus,
	getManyByPhoneNumber,
	getManyByReference,
	getServiceHealth,
];
