import type { IDataObject, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import type { PostbackEvent } from '../shared/event';
import { isObject, text } from '../shared/values';

/** Members of the trigger's Additional Fields that are Namirial's own, and what they let through. */
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
		description: 'Only status changes of messages that went this way; all if empty',
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

/** Whether an event passes the filters; they are about status changes and let others through. */
export function passesFilters(filters: IDataObject, event: PostbackEvent): boolean {
	if (event.event !== 'message.status') return true;
	const message = isObject(event.raw) && isObject(event.raw.message) ? event.raw.message : {};
	const reference = isObject(message.reference) ? message.reference : {};
	const isOneOf = (wanted: unknown, value: string | null) =>
		!Array.isArray(wanted) || wanted.length === 0 || wanted.includes(value);
	const is = (wanted: unknown, value: string | null) =>
		text(wanted) === null || text(wanted) === value;
	return (
		isOneOf(filters.channel, text(message.channel)) &&
		is(filters.referenceKey, event.referenceId) &&
		is(filters.referenceService, text(reference.service))
	);
}

/** The filters of a trigger, applied. */
export function accepts(context: IWebhookFunctions, event: PostbackEvent): boolean {
	return passesFilters(context.getNodeParameter('additionalFields', {}) as IDataObject, event);
}
