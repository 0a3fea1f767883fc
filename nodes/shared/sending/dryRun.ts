import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Item } from '../input/item';
import { smsMessage } from '../model/message';
import type { Output } from '../model/output';
import { countSegments } from '../model/segments';
import type { Draft } from '../provider/sendPlan';

/** Dry runs, which output messages as they would be sent, so that nobody has to pay for a test. */

export const dryRunOption: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to check the message without sending it. The node checks everything that needs no request to the provider, and returns the message as it would be sent.',
};

export function isDryRun(item: Item): boolean {
	return item.flagOption('dryRun');
}

/** The outputs for messages that would be sent. */
export function dryRunOutputs<Extras extends object = object>(
	drafts: Array<Draft & NoInfer<Extras>>,
): Output[] {
	return drafts.map(({ text, joined, scheduledAt, ...fields }) => {
		const { segments, encoding } = text ? countSegments(text, joined) : {};
		const message = smsMessage({
			...(text && { segments, encoding }),
			...fields,
			status: fields.status ?? 'unknown',
			isFinal: fields.isFinal ?? false,
			providerStatus: fields.providerStatus ?? 'dry run',
			dryRun: true,
		});
		const time = scheduledAt && { scheduledAt: scheduledAt.toISOString() };
		return { json: { ...message, ...time } as unknown as IDataObject };
	});
}
