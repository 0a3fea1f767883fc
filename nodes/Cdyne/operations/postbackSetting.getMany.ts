import { applyLimit } from '../../shared/input/options';
import { limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getPostbackSettings } from '../api/postbackSettings';
import { scopeFields, scopeOf, settingOutput, settingSchema } from './postbackSetting';

export const getManyPostbackSettings: Operation<Api> = {
	resource: 'postbackSetting',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get postback settings',
	description: 'List where CDYNE posts events to, for the license key or one of your numbers',
	fields: [...scopeFields, returnAllField, limitField],
	outputSchema: settingSchema,
	run: async (item, api) =>
		applyLimit(item, await getPostbackSettings(api, scopeOf(item))).map(settingOutput),
};
