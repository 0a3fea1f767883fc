import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Item, Output } from './item';
import { smsMessage } from './message';
import type { SmsMessage } from './message';
import { countSegments } from './segments';

/** Showing what would go out, so that a workflow can be built before a message is paid for. */

export const dryRunOption: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to check everything that can be checked here and to return the message as it would go out, without any request to the provider',
};

/** A message before it is sent. */
export interface Draft extends Partial<Omit<SmsMessage, 'provider'>> {
	provider: string;
	/** The text as it would go out; left out where there is none. */
	text?: string;
	/** The parts of a long text are joined on the handset. */
	joined?: boolean;
	scheduledAt?: Date;
}

export function isDryRun(item: Item): boolean {
	return item.flagOption('dryRun');
}

/** The messages as they would go out. */
export function dryRun<Extras extends object = object>(
	drafts: Array<Draft & NoInfer<Extras>>,
): Output[] {
	return drafts.map(({ text, joined, scheduledAt, ...known }) => {
		const { segments, encoding } = text ? countSegments(text, joined) : {};
		const message = smsMessage({
			...(text && { segments, encoding }),
			...known,
			status: known.status ?? 'unknown',
			isFinal: known.isFinal ?? false,
			providerStatus: known.providerStatus ?? 'dry run',
			dryRun: true,
		});
		const time = scheduledAt && { scheduledAt: scheduledAt.toISOString() };
		return { json: { ...message, ...time } as unknown as IDataObject };
	});
}
