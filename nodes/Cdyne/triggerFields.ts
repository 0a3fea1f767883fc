import type { INodeProperties } from 'n8n-workflow';
import { pageUrl } from '../shared/input/pages';
import { countryField, numberField, scopeField } from './postbackScope';

/** CDYNE's fields among the Additional Fields of the trigger. */
export const registrationFields: INodeProperties[] = [
	{
		...scopeField,
		displayName: 'Register For',
		description: 'Which numbers Register Automatically registers the trigger for',
	},
	numberField,
	countryField,
	{
		displayName: 'Replace Existing URL',
		name: 'replaceExisting',
		type: 'boolean',
		default: false,
		description: 'Whether Register Automatically may replace another URL that CDYNE posts to',
	},
];

export const registrationSwitch: INodeProperties[] = [
	{
		displayName: 'Register Automatically',
		name: 'registerAutomatically',
		type: 'boolean',
		default: false,
		description:
			'Whether to set the postback URL at CDYNE to this trigger when the workflow is published, and to restore the previous URL when it is unpublished',
	},
	{
		displayName:
			'CDYNE posts to this trigger only if it knows its URL, during a test too. The easiest way: turn on Register Automatically. Or send with Status Updates to this trigger, or set the URL in the account yourself: the Production URL above, followed by ?token= and the Postback Token of the credential, such as https://n8n.example.com/webhook/…/webhook?token=…. CDYNE keeps one URL for each type of event and license key.',
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registerAutomatically: [false] } },
	},
	{
		displayName: `CDYNE keeps one URL for each type of event and license key. If it already posts to another one, turn on <b>Replace Existing URL</b> in Additional Fields; the other URL is restored afterwards. <a href="${pageUrl('triggers', 'one-address-for-several-workflows')}" target="_blank">One address for several workflows</a>`,
		name: 'replaceNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registerAutomatically: [true] } },
	},
];
