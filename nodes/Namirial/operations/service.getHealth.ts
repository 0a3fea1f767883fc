import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getHealth, healthSchema } from '../api/health';
import { PROVIDER } from '../name';

export const getServiceHealth: Operation<Api> = {
	resource: 'service',
	operation: 'getHealth',
	name: 'Get Health',
	action: 'Get the health of the service',
	description: 'Check whether the sending service works',
	options: [
		{
			displayName: 'Admin Service',
			name: 'admin',
			type: 'boolean',
			default: false,
			description: 'Whether to check the service for administrators, which Send on Behalf uses',
		},
	],
	outputSchema: healthSchema,
	run: async (item, api) => {
		const part = item.flagOption('admin') ? 'Admin' : 'Services';
		const { raw, ...health } = await getHealth(api, part);
		return [{ json: { provider: PROVIDER, ...health }, raw }];
	},
};
