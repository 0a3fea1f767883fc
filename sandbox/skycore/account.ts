import type { Core } from '../simulator';
import type { Access } from './access';
import type { Ids } from './ids';
import type { Library } from './library';
import type { Notifier } from './notify';
import type { SkycoreSettings } from './settings';
import type { Subscriptions } from './subscriptions';

export const PROVIDER = 'skycore';

/** What the actions work with. */
export interface Account {
	core: Core;
	settings: SkycoreSettings;
	access: Access;
	ids: Ids;
	library: Library;
	subscriptions: Subscriptions;
	notifier: Notifier;
	/** TRACKINGIDs of incoming MMS that were not removed yet. */
	inbox: Set<string>;
}
