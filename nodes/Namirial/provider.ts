import { eventShape } from '../shared/event';
import type { Provider } from '../shared/provider';
import { OK } from '../shared/reply';
import { TEXT } from '../shared/schema';
import { byToken } from '../shared/token';
import { connect } from './api/connection';
import type { Api } from './api/connection';
import { GATEWAY_CREDENTIAL, PROVIDER } from './name';
import { operations, resources } from './operations';
import { readPostback } from './postback';
import { accepts } from './triggerFields';

/** Namirial SMS (docs/providers/namirial.md). */
export const namirial: Provider<Api> = {
	name: PROVIDER,
	resources,
	operations,
	connect,
	concurrency: 5,
	postbacks: {
		read: readPostback,
		gives: { ...eventShape, errorMessage: TEXT },
		statuses: ['sent', 'delivered', 'read', 'undelivered', 'failed', 'unknown'],
		verification: byToken(GATEWAY_CREDENTIAL),
		method: 'POST',
		reply: OK,
		answer: 'whenStored',
		accepts,
		// there is nothing to register: the address goes out with each message
		perMessage: true,
	},
};
