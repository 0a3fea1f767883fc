/** What n8n needs to know to talk to the sandbox instead of the providers. */

/**
 * @param {string} sandboxUrl without a slash at the end
 * @returns {{ type: string, name: string, data: Record<string, string> }[]}
 */
export const sandboxCredentials = (sandboxUrl) => [
	{
		type: 'cdyneApi',
		name: 'CDYNE sandbox',
		data: {
			baseUrl: `${sandboxUrl}/cdyne/Messaging.svc`,
			licenseKey: '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90',
			postbackToken: 'sandbox-cdyne-postbacks',
		},
	},
];
