import type {
	IHookFunctions,
	INodeProperties,
	INodePropertyOptions,
	IWebhookDescription,
} from 'n8n-workflow';
import type { EventName } from './event';
import type { Postbacks } from './postbacks';
import { OK } from './reply';
import { sorted } from './sorted';
import { rawBodyField } from './rawBody';
import { statusFilter } from './statusFilter';

/** Where n8n has the webhook of a trigger. */
export const POSTBACK_PATH = 'webhook';

/** The one webhook of a trigger. What came is left unread for the node. */
export function postbackWebhook({ method, reply }: Postbacks): IWebhookDescription {
	return {
		name: 'default',
		httpMethod: method,
		responseMode: 'onReceived',
		// without it n8n answers with the name of its own response mode
		responseData: reply.body || 'noData',
		...(reply.type !== OK.type && { responseContentType: reply.type }),
		path: POSTBACK_PATH,
	};
}

const EVENT_CHOICES: Record<EventName, Omit<INodePropertyOptions, 'value'>> = {
	'message.status': {
		name: 'Message Status',
		description: 'What became of a message that was sent',
	},
	'message.received': { name: 'Message Received', description: 'Somebody wrote to your number' },
	'contact.optedIn': { name: 'Contact Opted In', description: 'A number subscribed' },
	'contact.optedOut': { name: 'Contact Opted Out', description: 'A number unsubscribed' },
	'link.clicked': { name: 'Link Clicked', description: 'A link in a message was opened' },
	'media.ready': { name: 'Media Ready', description: 'Uploaded media can be sent now' },
	'media.failed': { name: 'Media Failed', description: 'Uploaded media could not be used' },
	unknown: {
		name: 'Unknown',
		description: 'Anything else the provider posts, and what cannot be read, with its raw text',
	},
};

/** The choice of events, in the order given; the first ones are what most users want. */
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

/** @param usual who answers where the user has not chosen */
function additionalFields(
	usual: 'whenStored' | 'atOnce',
	more: INodeProperties[] = [],
): INodeProperties {
	const answer: INodeProperties = {
		displayName: 'Answer',
		name: 'answer',
		type: 'options',
		options: [
			{
				name: 'When Stored',
				value: 'whenStored',
				description:
					'After n8n has stored the execution: no event is lost, the provider waits longer',
			},
			{
				name: 'At Once',
				value: 'atOnce',
				description: 'Before anything else: fast, but a crash in the next moment loses the event',
			},
		],
		default: usual,
		description: 'When the provider gets its answer',
	};
	const maxBodySize: INodeProperties = {
		displayName: 'Largest Body (MB)',
		name: 'maxBodySize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 16 },
		default: 1,
		description:
			'Requests with a larger body are refused. What providers post is a few kilobytes long.',
	};
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: sorted([...more, answer, maxBodySize], ({ displayName }) => displayName),
	};
}

/** In the panel of every trigger: which credential has a token, the panel cannot know. */
const tokenNotice: INodeProperties = {
	displayName:
		'Give the credential a Postback Token of 16 or more random characters. Without one, everyone who knows the address of this trigger can post to it.',
	name: 'tokenNotice',
	type: 'notice',
	default: '',
};

/**
 * What the panel of every trigger ends with.
 *
 * @param more fields of the provider's own among the additional ones
 */
export function postbackFields(
	{ answer, statuses }: Postbacks,
	more: INodeProperties[] = [],
): INodeProperties[] {
	const filters = statuses ? [...more, statusFilter(statuses)] : more;
	return [tokenNotice, additionalFields(answer, filters), rawBodyField];
}

/** Whether this activation is a test run from the editor, with the test URL. */
export function isTestRun(context: IHookFunctions): boolean {
	return context.getActivationMode() === 'manual' || context.getMode() === 'manual';
}
