import pLimit from 'p-limit';
import { rethrow } from '../errors/failure';
import { createBatches } from '../http/batcher';
import { cancelled } from '../http/sleep';
import { Item } from '../input/item';
import { withColumns } from '../input/missingColumns';
import type { Connection, ItemOperation } from '../provider/operation';
import { ItemSends } from '../sending/itemSends';
import type { Limits } from '../sending/sendLimits';
import { fixedWaitEnd, requireWaitEnd } from '../waiting/waitLimit';
import { type CompletedRun, FailedItem, type ItemResult, type PreparedRun } from './itemResult';

/**
 * Runs an operation for each item, several at the same time.
 *
 * @returns the results in the order of the items, and of how many items something was sent, or may
 *   have been
 */
export async function runItems<Api extends Connection>(
	{ context, items, concurrency, perRequest, api, ledger }: PreparedRun<Api>,
	operation: ItemOperation<Api>,
): Promise<Required<Pick<CompletedRun, 'results' | 'sentItems' | 'uncertainItems'>>> {
	const cancel = context.getExecutionCancelSignal?.();
	const continueOnFail = context.continueOnFail();
	const batches = createBatches(perRequest);
	let isStopped = false;
	let sentItems = 0;
	let uncertainItems = 0;
	const { pace } = api.http;
	const { schedules = false } = operation;
	const isOver = () => isStopped || (cancel?.aborted ?? false);

	const runOne = async (item: Item): Promise<ItemResult> => {
		// n8n discards all results after the first failure, so no other item is started
		if (isStopped) return [];
		const limits: Limits = { pace, perRequest, schedules, isOver };
		const sends = new ItemSends(item, ledger, batches, limits);
		let hasFailed = false;
		try {
			if (cancel?.aborted) rethrow(cancelled());
			const earlier = sends.recall();
			if (earlier) return earlier;
			if (operation.waitLimit) {
				requireWaitEnd(item, operation.waitLimit);
				limits.sendBefore = fixedWaitEnd(item, operation.waitLimit);
			}
			operation.checkWait?.(item);
			return await operation.run(item, api, sends);
		} catch (error) {
			hasFailed = true;
			// the failure of another item ended its wait
			if (isStopped && limits.isWaiting) return [];
			if (!continueOnFail) isStopped = true;
			return new FailedItem(withColumns(error, item), !operation.sends || sends.nothingSent);
		} finally {
			if (sends.has('accepted')) sentItems += 1;
			else if (!hasFailed && sends.has('unknown')) uncertainItems += 1;
			sends.close(hasFailed);
		}
	};

	const limit = pLimit(concurrency * perRequest);
	const results = await Promise.all(items.map((item) => limit(runOne, item)));
	return { results, sentItems, uncertainItems };
}
