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
	{
		type: 'namirialSmsGatewayApi',
		name: 'Namirial gateway sandbox',
		data: {
			baseUrl: `${sandboxUrl}/namirial/gateway`,
			username: 'sandbox-account',
			password: 'pässword:with-colon',
			postbackToken: 'sandbox-namirial-postbacks',
		},
	},
	{
		type: 'namirialSmsStatusApi',
		name: 'Namirial status sandbox',
		data: { baseUrl: `${sandboxUrl}/namirial/status/api`, apiKey: 'example-status-key-8d2f6a14' },
	},
	{
		type: 'wooxyApi',
		name: 'Wooxy sandbox',
		data: {
			baseUrl: `${sandboxUrl}/wooxy`,
			accessToken: 'c2FuZGJveC13b294eS1rZXk',
			postbackToken: 'sandbox-wooxy-postbacks',
		},
	},
	{
		type: 'skycoreApi',
		name: 'Skycore sandbox',
		data: {
			baseUrl: `${sandboxUrl}/skycore/API/wxml/1.3/index.php`,
			apiKey: 'qTFkykO9JTfahCOqJ0V2Wf5Cg1t8iWlZ',
			postbackToken: 'sandbox-skycore-postbacks',
		},
	},
];
