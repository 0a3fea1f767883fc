import { eventShape } from '../shared/event';
import type { Provider } from '../shared/provider';
import { OK } from '../shared/reply';
import { TEXT } from '../shared/schema';
import { byToken } from '../shared/token';
import { connect } from './api/connection';
import type { Api } from './api/connection';
import { CREDENTIAL, PROVIDER } from './name';
import { operations, resources } from './operations';
import { extraShape, readPostback } from './postback';

/** Skycore (docs/providers/skycore.md). */
export const skycore: Provider<Api> = {
	name: PROVIDER,
	resources,
	operations,
	connect,
	concurrency: 5,
	postbacks: {
		read: readPostback,
		gives: { ...eventShape, errorMessage: TEXT, ...extraShape },
		statuses: ['sent', 'delivered', 'undelivered', 'failed'],
		verification: byToken(CREDENTIAL),
		method: 'POST',
		reply: OK,
		answer: 'whenStored',
		// nothing to register: Skycore has one address, which its user sets by hand (6.1)
		perMessage: false,
	},
};
