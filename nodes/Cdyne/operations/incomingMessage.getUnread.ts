import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getUnread } from '../api/incoming';
import { incomingSchema } from '../api/reply';

export const getUnreadIncoming: Operation<Api> = {
	resource: 'incomingMessage',
	operation: 'getUnread',
	name: 'Get Unread',
	action: 'Get unread incoming messages',
	description: 'Get the incoming texts that have not been read yet, each only once per license key',
	// CDYNE returns each message only once, so a retry of the node must not read them again
	sends: true,
	outputSchema: incomingSchema,
	run: async (_item, api, sends) => await sends.change(async () => await getUnread(api)),
};
