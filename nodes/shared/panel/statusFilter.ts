import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { SmsStatus } from '../model/message';

type Choice = Omit<INodePropertyOptions, 'value'>;

const CHOICES: Partial<Record<SmsStatus, Choice>> = {
	delivered: { name: 'Delivered', description: 'On the handset' },
	failed: { name: 'Failed', description: 'Rejected, not sent' },
	read: { name: 'Read', description: 'Read by the recipient (RCS only)' },
	sent: { name: 'Sent', description: 'Handed to the network' },
	undelivered: { name: 'Undelivered', description: 'The network gave up' },
	unknown: { name: 'Unknown', description: 'A status that this node does not know' },
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
		description: 'Only changes to these statuses. If empty, all changes.',
	};
}
