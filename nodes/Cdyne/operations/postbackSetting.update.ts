import { failInput } from '../../shared/errors';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { getPostbackSettings, setPostbackEnabled, setPostbackUrl } from '../api/postbackSettings';
import { scopeFields } from '../fields';
import { PROVIDER } from '../name';
import {
	POSTBACK_WORDS,
	scopeOf,
	settingOutput,
	settingShape,
	TYPE_NAMES,
} from '../postbackSettings';

export const updatePostbackSetting: Operation<Api> = {
	resource: 'postbackSetting',
	operation: 'update',
	name: 'Update',
	action: 'Update a postback setting',
	description: 'Set where CDYNE posts one type of event, and whether it does',
	fields: [
		...scopeFields,
		{
			displayName: 'Postback Type',
			name: 'postbackType',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Delivery Receipt', value: 'deliveryReceipt' },
				{ name: 'Incoming Message', value: 'incomingMessage' },
				{ name: 'Outgoing Message', value: 'outgoingMessage' },
			],
			default: 'all',
			description: 'The events that are meant',
		},
		{
			displayName: 'Enabled',
			name: 'enabled',
			type: 'boolean',
			default: true,
			description: 'Whether they are posted',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/postback',
			description: 'Where to post them; left empty, the address stays as it is',
		},
	],
	gives: settingShape,
	run: async (item, api) => {
		const scope = scopeOf(item);
		const type = TYPE_NAMES[item.choice('postbackType', POSTBACK_WORDS, 'all')];
		const url = item.text('url').trim();
		const enabled = item.flag('enabled', true);
		if (url !== '' && !/^https?:\/\//i.test(url)) {
			failInput(`The URL "${url}" is not a web address`, 'Give a whole address with https://.');
		}
		if (url !== '') await setPostbackUrl(api, scope, type, url);
		await setPostbackEnabled(api, scope, type, enabled);
		const settings = await getPostbackSettings(api, scope);
		const current = settings.filter(({ postbackType }) => postbackType.name === type);
		if (current.length > 0) return current.map(settingOutput);
		const { phoneNumber = null } = scope;
		return [{ json: { provider: PROVIDER, postbackType: type, url, enabled, phoneNumber } }];
	},
};
