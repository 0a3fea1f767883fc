import { eventSchema } from '../shared/model/event';
import { TEXT } from '../shared/model/schema';
import { OK_RESPONSE, type Provider } from '../shared/provider/provider';
import { verifyByToken } from '../shared/receiving/verifyToken';
import { type Api, connect } from './api/connection';
import { CREDENTIAL, PROVIDER } from './name';
import { operations, resources } from './operations';
import { extraSchema, readPostback } from './postback';

/** Skycore (docs/providers/skycore.md). */
export const skycore: Provider<Api> = {
	name: PROVIDER,
	resources,
	operations,
	connect,
	concurrency: 5,
	maxConcurrency: 50,
	postbacks: {
		read: readPostback,
		outputSchema: { ...eventSchema, errorMessage: TEXT, ...extraSchema },
		statuses: ['sent', 'delivered', 'undelivered', 'failed'],
		verification: verifyByToken(CREDENTIAL),
		method: 'POST',
		response: OK_RESPONSE,
		respond: 'whenStored',
		// nothing to register: the account has one URL, set by hand (docs/providers/skycore.md 6.1)
		statusUrlPerMessage: false,
	},
};
