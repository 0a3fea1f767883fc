import { throwInvalidInput } from '../../shared/errors/failure';
import { isWebUrl } from '../../shared/input/webUrl';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getPostbackSettings, setPostbackEnabled, setPostbackUrl } from '../api/postbackSettings';
import { PROVIDER } from '../name';
import { scopeFields, scopeOf, settingOutput, settingSchema, TYPE_NAMES } from './postbackSetting';

const POSTBACK_TYPE_VALUES = Object.keys(TYPE_NAMES) as Array<keyof typeof TYPE_NAMES>;

export const updatePostbackSetting: Operation<Api> = {
	resource: 'postbackSetting',
	operation: 'update',
	name: 'Update',
	action: 'Update a postback setting',
	description: 'Set whether CDYNE posts one type of event, and where',
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
			description: 'The events that the setting applies to',
		},
		{
			displayName: 'Enabled',
			name: 'enabled',
			type: 'boolean',
			default: true,
			description: 'Whether CDYNE posts these events',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/postback',
			description: 'Where CDYNE posts these events. If empty, the URL is not changed.',
		},
	],
	outputSchema: settingSchema,
	run: async (item, api) => {
		const scope = scopeOf(item);
		const type = TYPE_NAMES[item.choice('postbackType', POSTBACK_TYPE_VALUES, 'all')];
		const url = item.text('url').trim();
		const enabled = item.flag('enabled', true);
		if (url !== '' && !isWebUrl(url)) {
			throwInvalidInput(
				`The URL "${url}" is not a web address`,
				'Enter a complete address, such as https://example.com/postback.',
			);
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
