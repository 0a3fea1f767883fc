import pLimit from 'p-limit';
import { asFailure, fail, Failure } from './errors';
import { Item } from './item';
import type { Connection, EachItem } from './operation';
import type { Redact } from './redact';
import { Failed } from './result';
import type { Result, Run } from './result';
import { SentItems } from './sent';
import { track } from './track';
import { waitUntil } from './waitLimit';

/**
 * Runs an operation for each item, several at a time. What goes out is remembered for the next try,
 * and so is what may be out.
 */
export async function runEach<Api extends Connection>(
	{ context, items, pace, api }: Run<Api>,
	operation: EachItem<Api>,
): Promise<Result[]> {
	const sent = operation.sends ? new SentItems(context) : undefined;
	const cancel = context.getExecutionCancelSignal?.();
	const goOn = context.continueOnFail();
	let stopped = false;

	const runOne = async (item: Item): Promise<Result> => {
		// after this failure n8n will discard everything that follows, so nothing more is started
		if (stopped) return [];
		const values = () =>
			JSON.stringify((operation.fields ?? []).map(({ name }) => item.parameter(name, null)));
		const tracked = track(api);
		try {
			if (cancel?.aborted) {
				fail({ kind: 'rejected', message: 'The execution was cancelled', nothingAccepted: true });
			}
			const earlier = sent?.recall(item.index, values);
			if (earlier instanceof Failure) {
				if (!goOn) stopped = true;
				return new Failed(earlier, false);
			}
			if (earlier) return earlier;
			if (operation.wait ?? operation.settle) waitUntil(item);
			operation.checkWait?.(item);
			const outputs = await operation.run(item, tracked.api);
			sent?.remember(
				item.index,
				values,
				outputs.map((o) => ({ ...o, json: api.redact(o.json) })),
			);
			return outputs;
		} catch (error) {
			if (!goOn) stopped = true;
			const told = tracked.hasSent() ? tracked.asSent(error) : error;
			const { kind, nothingAccepted } = asFailure(told);
			const nothingSent = kind !== 'ambiguous' && (!tracked.hasSent() || nothingAccepted);
			if (!nothingSent) sent?.remember(item.index, values, redacted(asFailure(told), api.redact));
			return new Failed(told, nothingSent);
		}
	};

	const limit = pLimit(pace.concurrency * pace.perRequest);
	return await Promise.all(items.map((item) => limit(runOne, item)));
}

function redacted(failure: Failure, redact: Redact): Failure {
	const { message, description } = failure;
	return failure.with({
		message: redact(message),
		description: description && redact(description),
	});
}
