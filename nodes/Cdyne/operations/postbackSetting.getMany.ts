import { limitField, returnAllField } from '../../shared/fields';
import { limited } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { getPostbackSettings } from '../api/postbackSettings';
import { scopeFields } from '../fields';
import { scopeOf, settingOutput, settingShape } from '../postbackSettings';

export const getManyPostbackSettings: Operation<Api> = {
	resource: 'postbackSetting',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get postback settings',
	description: 'List where CDYNE posts events to, for the license key or one of your numbers',
	fields: [...scopeFields, returnAllField, limitField],
	gives: settingShape,
	run: async (item, api) =>
		limited(item, await getPostbackSettings(api, scopeOf(item))).map(settingOutput),
};
