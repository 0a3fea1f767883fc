import pLimit from 'p-limit';
import { Failure, throwFailure, toFailure } from '../errors/failure';
import type { Redact } from '../errors/redact';
import { createBatches } from '../http/batcher';
import { Item } from '../input/item';
import type { Connection, ItemOperation } from '../provider/operation';
import { SentItems } from '../sending/sentItems';
import { trackSend } from '../sending/trackSend';
import { requireWaitEnd } from '../waiting/waitLimit';
import { FailedItem, type ItemResult, type PreparedRun } from './itemResult';

/**
 * Runs an operation for each item, several at the same time. Messages that were sent, or may have
 * been, are remembered for the next try.
 */
export async function runItems<Api extends Connection>(
	{ context, items, concurrency, perRequest, api }: PreparedRun<Api>,
	operation: ItemOperation<Api>,
): Promise<ItemResult[]> {
	const sent = operation.sends ? new SentItems(context) : undefined;
	const cancel = context.getExecutionCancelSignal?.();
	const continueOnFail = context.continueOnFail();
	const batches = createBatches(perRequest, concurrency);
	let isStopped = false;

	const runOne = async (item: Item): Promise<ItemResult> => {
		// n8n discards all results after the first failure, so no other item is started
		if (isStopped) return [];
		const fingerprint = () =>
			JSON.stringify((operation.fields ?? []).map(({ name }) => item.parameter(name, null)));
		const tracked = trackSend(api, batches);
		try {
			if (cancel?.aborted) {
				throwFailure({
					kind: 'rejected',
					message: 'The execution was cancelled',
					nothingAccepted: true,
				});
			}
			const earlier = sent?.recall(item.index, fingerprint);
			if (earlier instanceof Failure) {
				if (!continueOnFail) isStopped = true;
				return new FailedItem(earlier, false);
			}
			if (earlier) return earlier;
			if (operation.waitLimit) requireWaitEnd(item, operation.waitLimit);
			operation.checkWait?.(item);
			const outputs = await operation.run(item, tracked.api, tracked.batches);
			sent?.remember(
				item.index,
				fingerprint,
				outputs.map((output) => ({ ...output, json: api.redact(output.json) })),
			);
			return outputs;
		} catch (error) {
			if (!continueOnFail) isStopped = true;
			const failure = tracked.hasSent() ? tracked.asSendError(error) : error;
			const { kind, nothingAccepted } = toFailure(failure);
			const nothingSent = kind !== 'ambiguous' && (!tracked.hasSent() || nothingAccepted);
			if (!nothingSent) {
				sent?.remember(item.index, fingerprint, redacted(toFailure(failure), api.redact));
			}
			return new FailedItem(failure, nothingSent);
		}
	};

	const limit = pLimit(concurrency * perRequest);
	return await Promise.all(items.map((item) => limit(runOne, item)));
}

function redacted(failure: Failure, redact: Redact): Failure {
	const { message, description } = failure;
	return failure.with({ message: redact(message), description: redact(description) });
}
