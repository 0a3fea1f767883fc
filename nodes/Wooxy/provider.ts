import { eventSchema } from '../shared/model/event';
import { OK_RESPONSE, type Provider } from '../shared/provider/provider';
import { verifyByToken } from '../shared/receiving/verifyToken';
import { type Api, connect, MAX_IN_FLIGHT } from './api/connection';
import { CREDENTIAL, PROVIDER } from './name';
import { operations, resources } from './operations';
import { extraSchema, namesNoEvent, readPostback } from './postback';
import { registration } from './registration';

/** Wooxy (docs/providers/wooxy.md). */
export const wooxy: Provider<Api> = {
	name: PROVIDER,
	resources,
	operations,
	connect,
	concurrency: MAX_IN_FLIGHT,
	maxConcurrency: MAX_IN_FLIGHT,
	postbacks: {
		read: readPostback,
		outputSchema: { ...eventSchema, ...extraSchema },
		bypassesEventFilter: namesNoEvent,
		verification: verifyByToken(CREDENTIAL),
		method: 'POST',
		response: OK_RESPONSE,
		// Wooxy waits 1.5 seconds and repeats an event up to 15 times
		respond: 'atOnce',
		statusUrlPerMessage: false,
		registration,
	},
};
