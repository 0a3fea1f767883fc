import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { getUnread, incomingShape } from '../api/incoming';

export const getUnreadIncoming: Operation<Api> = {
	resource: 'incomingMessage',
	operation: 'getUnread',
	name: 'Get Unread',
	action: 'Get unread incoming messages',
	description: 'Read the texts nobody has read yet; each is given out once for a license key',
	// what was read once does not come again, so a second try of the node must not ask again
	sends: true,
	gives: incomingShape,
	run: async (_item, api) => await getUnread(api),
};
