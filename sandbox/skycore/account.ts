import type { Core } from '../simulator';
import type { Access } from './access';
import type { Ids } from './ids';
import type { Library } from './library';
import type { Notifier } from './notify';
import type { SkycoreSettings } from './settings';
import type { Subscriptions } from './subscriptions';

/** The account, with the services that its actions use. */
export interface Account {
	core: Core;
	settings: SkycoreSettings;
	access: Access;
	ids: Ids;
	library: Library;
	subscriptions: Subscriptions;
	notifier: Notifier;
	/** TRACKINGIDs of incoming MMS that were not removed. */
	inbox: Set<string>;
}
