import { eventSchema } from '../shared/model/event';
import { TEXT } from '../shared/model/schema';
import { OK_RESPONSE, type Provider } from '../shared/provider/provider';
import { verifyByToken } from '../shared/receiving/verifyToken';
import { type Api, connect } from './api/connection';
import { CREDENTIAL, PROVIDER } from './name';
import { operations, resources } from './operations';
import { readPostback } from './postback';
import { registration } from './registration';

/** CDYNE SMS Notify!, now Esendex US (docs/providers/cdyne.md). */
export const cdyne: Provider<Api> = {
	name: PROVIDER,
	resources,
	operations,
	connect,
	concurrency: 5,
	maxConcurrency: 50,
	postbacks: {
		read: readPostback,
		outputSchema: { ...eventSchema, errorMessage: TEXT, continuesAs: TEXT },
		statuses: ['sent', 'delivered', 'undelivered', 'failed', 'unknown'],
		verification: verifyByToken(CREDENTIAL),
		method: 'POST',
		response: OK_RESPONSE,
		respond: 'whenStored',
		statusUrlPerMessage: true,
		registration,
	},
};
