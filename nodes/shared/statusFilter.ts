import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { PostbackEvent } from './event';
import type { SmsStatus } from './message';

/** The statuses that a trigger lets through. */

type Choice = Omit<INodePropertyOptions, 'value'>;

const CHOICES: Partial<Record<SmsStatus, Choice>> = {
	delivered: { name: 'Delivered', description: 'On the handset' },
	failed: { name: 'Failed', description: 'Refused, not sent' },
	read: { name: 'Read', description: 'Read by the recipient (RCS only)' },
	sent: { name: 'Sent', description: 'Handed to the network' },
	undelivered: { name: 'Undelivered', description: 'The network gave up' },
	unknown: { name: 'Unknown', description: 'A word that is on no list' },
};

/** @param posted the statuses that the provider posts */
export function statusFilter(posted: readonly SmsStatus[]): INodeProperties {
	const options = Object.entries(CHOICES).flatMap(([value, choice]) =>
		posted.includes(value as SmsStatus) ? [{ ...choice, value }] : [],
	);
	return {
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		options,
		default: [],
		description: 'Only changes to one of these; all if empty',
	};
}

/** Whether an event passes; what is about no status is let through. */
export function passesStatus(wanted: unknown, { event, status }: PostbackEvent): boolean {
	if (event !== 'message.status' || !Array.isArray(wanted) || wanted.length === 0) return true;
	return wanted.includes(status);
}
