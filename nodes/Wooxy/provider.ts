import { eventShape } from '../shared/event';
import type { Provider } from '../shared/provider';
import { OK } from '../shared/reply';
import { byToken } from '../shared/token';
import { connect, MOST_IN_FLIGHT } from './api/connection';
import type { Api } from './api/connection';
import { CREDENTIAL, PROVIDER } from './name';
import { operations, resources } from './operations';
import { extraShape, isUnnamed, readPostback } from './postback';
import { registration } from './registration';

/** Wooxy (docs/providers/wooxy.md). */
export const wooxy: Provider<Api> = {
	name: PROVIDER,
	resources,
	operations,
	connect,
	concurrency: MOST_IN_FLIGHT,
	maxConcurrency: MOST_IN_FLIGHT,
	postbacks: {
		read: readPostback,
		gives: { ...eventShape, ...extraShape },
		isUnnamed,
		verification: byToken(CREDENTIAL),
		method: 'POST',
		reply: OK,
		// Wooxy waits 1.5 seconds and repeats an event up to 15 times
		answer: 'atOnce',
		perMessage: false,
		registration,
	},
};
