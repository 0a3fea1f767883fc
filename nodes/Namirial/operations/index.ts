import type { Provider } from '../../shared/operation';
import { connect } from '../api/connection';
import type { Api } from '../api/connection';
import { getManyByPhoneNumber } from './message.getManyByPhoneNumber';
import { getManyByReference } from './message.getManyByReference';
import { getMessageStatus } from './message.getStatus';
import { sendMessage } from './message.send';
import { deliveryWait, sendAndWaitForDelivery } from './message.sendAndWaitForDelivery';
import { sendOnBehalf } from './message.sendOnBehalf';
import { getServiceHealth } from './service.getHealth';

/** What the node offers; the first resource and its first operation are the defaults. */
export const namirial: Provider<Api> = {
	resources: [
		{ name: 'Message', value: 'message' },
		{ name: 'Service', value: 'service' },
	],
	operations: [
		sendMessage,
		sendOnBehalf,
		sendAndWaitForDelivery,
		getMessageStatus,
		getManyByPhoneNumber,
		getManyByReference,
		getServiceHealth,
	],
	connect,
	concurrency: 5,
};

/** How the operation that waits goes on. */
export const waitRules = { sendAndWaitForDelivery: deliveryWait };
