import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { getHealth, healthShape } from '../api/health';
import { PROVIDER } from '../name';

export const getServiceHealth: Operation<Api> = {
	resource: 'service',
	operation: 'getHealth',
	name: 'Get Health',
	action: 'Get the health of the service',
	description: 'Ask whether the sending service works',
	options: [
		{
			displayName: 'Admin Service',
			name: 'admin',
			type: 'boolean',
			default: false,
			description: 'Whether to ask the service for administrators, which Send on Behalf uses',
		},
	],
	gives: healthShape,
	run: async (item, api) => {
		const part = item.flagOption('admin') ? 'Admin' : 'Services';
		const { raw, ...health } = await getHealth(api, part);
		return [{ json: { provider: PROVIDER, ...health }, raw }];
	},
};
