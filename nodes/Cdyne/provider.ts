import { eventShape } from '../shared/event';
import type { Provider } from '../shared/provider';
import { OK } from '../shared/reply';
import { TEXT } from '../shared/schema';
import { byToken } from '../shared/token';
import { connect } from './api/connection';
import type { Api } from './api/connection';
import { CREDENTIAL, PROVIDER } from './name';
import { operations, resources } from './operations';
import { readPostback } from './postback';
import { registration } from './registration';

/** CDYNE SMS Notify!, today Esendex US (docs/providers/cdyne.md). */
export const cdyne: Provider<Api> = {
	name: PROVIDER,
	resources,
	operations,
	connect,
	concurrency: 5,
	postbacks: {
		read: readPostback,
		gives: { ...eventShape, errorMessage: TEXT, continuesAs: TEXT },
		statuses: ['sent', 'delivered', 'undelivered', 'failed', 'unknown'],
		verification: byToken(CREDENTIAL),
		method: 'POST',
		reply: OK,
		answer: 'whenStored',
		perMessage: true,
		registration,
	},
};
