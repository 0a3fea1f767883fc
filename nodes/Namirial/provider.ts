import { eventSchema } from '../shared/model/event';
import { TEXT } from '../shared/model/schema';
import { OK_RESPONSE, type Provider } from '../shared/provider/provider';
import { verifyByToken } from '../shared/receiving/verifyToken';
import { type Api, connect } from './api/connection';
import { GATEWAY_CREDENTIAL, PROVIDER } from './name';
import { operations, resources } from './operations';
import { readPostback } from './postback';
import { extraSchema } from './wire';
import { accepts } from './triggerFields';

/** Namirial SMS (docs/providers/namirial.md). */
export const namirial: Provider<Api> = {
	name: PROVIDER,
	resources,
	operations,
	connect,
	concurrency: 5,
	maxConcurrency: 50,
	postbacks: {
		read: readPostback,
		outputSchema: { ...eventSchema, errorMessage: TEXT, ...extraSchema },
		statuses: ['sent', 'delivered', 'read', 'undelivered', 'failed', 'unknown'],
		verification: verifyByToken(GATEWAY_CREDENTIAL),
		method: 'POST',
		response: OK_RESPONSE,
		respond: 'whenStored',
		accepts,
		// there is nothing to register: the URL is sent with each message
		statusUrlPerMessage: true,
	},
};
