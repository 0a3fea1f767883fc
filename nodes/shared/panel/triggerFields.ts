import type { INodeProperties, INodePropertyOptions, IWebhookDescription } from 'n8n-workflow';
import { rawBodyField } from '../host/rawBody';
import { wholeAsTextOption } from '../input/collections';
import type { EventName } from '../model/event';
import { OK_RESPONSE, POSTBACK_PATH, type Postbacks } from '../provider/provider';
import { sortByLabel } from './fields';
import { statusFilter } from './statusFilter';
import { moreOn, pageUrl } from '../input/pages';

/** The webhook of a trigger. */
export function postbackWebhook({ method, response }: Postbacks): IWebhookDescription {
	return {
		name: 'default',
		httpMethod: method,
		responseMode: 'onReceived',
		// without this n8n responds with the name of its response mode
		responseData: response.body || 'noData',
		...(response.type !== OK_RESPONSE.type && { responseContentType: response.type }),
		path: POSTBACK_PATH,
	};
}

const EVENT_CHOICES: Record<EventName, Omit<INodePropertyOptions, 'value'>> = {
	'message.status': {
		name: 'Message Status',
		description: 'The delivery status of a sent message changed',
	},
	'message.received': { name: 'Message Received', description: 'Somebody texted your number' },
	'contact.optedIn': { name: 'Contact Opted In', description: 'A number subscribed' },
	'contact.optedOut': { name: 'Contact Opted Out', description: 'A number unsubscribed' },
	'link.clicked': { name: 'Link Clicked', description: 'A link in a message was opened' },
	'media.ready': { name: 'Media Ready', description: 'Uploaded media can be sent now' },
	'media.failed': { name: 'Media Failed', description: 'Uploaded media could not be used' },
	unknown: {
		name: 'Unknown',
		description:
			'Anything else the provider posts, and postbacks that cannot be read, with their raw text',
	},
};

/** The field Trigger On. @param events in the order of the menu */
export function eventsField(events: EventName[], selected: EventName[]): INodeProperties {
	return {
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: events.map((value) => ({ ...EVENT_CHOICES[value], value })),
		default: [...selected],
	};
}

/** For triggers that receive texts. */
export const ignoreSystemWordsField: INodeProperties = {
	displayName: 'Ignore System Words',
	name: 'ignoreSystemWords',
	type: 'boolean',
	default: true,
	description:
		'Whether texts such as STOP, HELP and START, on which the provider acts itself, do not start the workflow. Opt-outs have an event of their own.',
};

/** @param respond the default of the field Respond */
function additionalFields(
	respond: 'whenStored' | 'atOnce',
	providerFields: INodeProperties[] = [],
): INodeProperties {
	const respondField: INodeProperties = {
		displayName: 'Respond',
		name: 'answer',
		type: 'options',
		options: [
			{
				name: 'When Stored',
				value: 'whenStored',
				description:
					'After n8n has stored the execution: no event is lost, but the provider waits longer',
			},
			{
				name: 'At Once',
				value: 'atOnce',
				description:
					'Before n8n stores the execution: fast, but the event is lost if n8n crashes right afterwards',
			},
		],
		default: respond,
		description: `When to respond to the provider. ${moreOn('proxies')}.`,
	};
	const maxBodySize: INodeProperties = {
		displayName: 'Largest Body (MB)',
		name: 'maxBodySize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 16 },
		default: 1,
		description:
			'Requests with a larger body are rejected. The postbacks of providers are a few kilobytes long.',
	};
	const field: INodeProperties = {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: sortByLabel(
			[...providerFields, respondField, maxBodySize, wholeAsTextOption],
			({ displayName }) => displayName,
		),
	};
	// a new trigger has the field, and who removes it gets all texts
	const receivesTexts = providerFields.includes(ignoreSystemWordsField);
	return receivesTexts ? { ...field, default: { ignoreSystemWords: true } } : field;
}

/** Always shown, because a panel does not know whether the credential has a token. */
const tokenNotice: INodeProperties = {
	displayName: `Enter a Postback Token of at least 16 random characters in the credential. Without one, anyone who knows the URL of this trigger can post to it. <a href="${pageUrl('triggers')}" target="_blank">More about triggers</a>`,
	name: 'tokenNotice',
	type: 'notice',
	default: '',
};

/**
 * The last fields of every trigger.
 *
 * @param providerFields Additional Fields that only this provider has
 */
export function postbackFields(
	{ respond, statuses }: Postbacks,
	providerFields: INodeProperties[] = [],
): INodeProperties[] {
	const filters = statuses ? [...providerFields, statusFilter(statuses)] : providerFields;
	return [tokenNotice, additionalFields(respond, filters), rawBodyField];
}
