import type { IDataObject, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { isObject, textOrNull } from '../shared/formats/values';
import type { PostbackEvent } from '../shared/model/event';
import { additionalFieldsOf, passesChoices } from '../shared/receiving/triggerParameters';

/** Namirial's fields among the Additional Fields of the trigger. */
export const filterFields: INodeProperties[] = [
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'multiOptions',
		options: [
			{ name: 'RCS', value: 'RCS' },
			{ name: 'SMS', value: 'SMS' },
		],
		default: [],
		description: 'Only status changes of messages on these channels. If empty, all channels.',
	},
	{
		displayName: 'Reference Key',
		name: 'referenceKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1234-shipped',
		description: 'Only status changes of messages with this reference key',
	},
	{
		displayName: 'Reference Service',
		name: 'referenceService',
		type: 'string',
		default: '',
		placeholder: 'e.g. AUTHENTICATION',
		description: 'Only status changes of messages with this reference service',
	},
];

/** Whether an event passes the filters. Only status changes are filtered. */
export function passesFilters(filters: IDataObject, event: PostbackEvent): boolean {
	if (event.event !== 'message.status') return true;
	const message = isObject(event.raw) && isObject(event.raw.message) ? event.raw.message : {};
	const reference = isObject(message.reference) ? message.reference : {};
	const passesText = (wanted: unknown, value: string | null) =>
		textOrNull(wanted) === null || textOrNull(wanted) === value;
	return (
		passesChoices(filters.channel, textOrNull(message.channel)) &&
		passesText(filters.referenceKey, event.referenceId) &&
		passesText(filters.referenceService, textOrNull(reference.service))
	);
}

export function accepts(context: IWebhookFunctions, event: PostbackEvent): boolean {
	return passesFilters(additionalFieldsOf(context), event);
}
