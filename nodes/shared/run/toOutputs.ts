import {
	deepCopy,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { toFailure } from '../errors/failure';
import { detailsOf, toNodeError } from '../errors/nodeError';
import type { Redact } from '../errors/redact';
import { isAgentTool } from '../host/agentTool';
import { Item } from '../input/item';
import { errorItem } from './errorItem';
import { type CompletedRun, FailedItem, type ItemResult } from './itemResult';

/**
 * The items of all outputs of the node, paired with their input items. Failed items are among them
 * with Continue On Fail.
 *
 * @throws NodeApiError or NodeOperationError for the first failed item otherwise
 */
export function toOutputs(
	context: IExecuteFunctions,
	items: Item[],
	{ results, simplify = true, sends = false, concernsItems = true }: CompletedRun,
	redact: Redact,
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = [[]];
	const node = context.getNode();
	const asTool = isAgentTool(context);
	const emitted = new Set<IDataObject>();
	for (const { index } of items) {
		const result = results[index];
		if (result instanceof FailedItem) {
			const { nothingSent } = result;
			if (context.continueOnFail()) {
				const error = toNodeError(result.error, { node, redact, itemIndex: index, asTool });
				const details = detailsOf(result.error, nothingSent, redact);
				outputs[0].push(errorItem(error, details, index));
				continue;
			}
			const failure = sends ? mentionSentItems(result.error, results) : result.error;
			const itemIndex = concernsItems ? index : undefined;
			const error = toNodeError(failure, { node, redact, itemIndex, asTool });
			error.context.nothingSent = nothingSent;
			throw error;
		}
		const pairedItem = { item: index };
		for (const { json, raw, binary, output = 0 } of result) {
			const full = simplify || raw === undefined ? json : ({ ...json, raw } as IDataObject);
			while (outputs.length <= output) outputs.push([]);
			// two items can share one object, but changing one output item must not change another
			const shown = emitted.has(json) ? deepCopy(redact(full)) : redact(full);
			emitted.add(json);
			outputs[output].push({ json: shown, ...(binary && { binary }), pairedItem });
		}
	}
	return outputs;
}

/** With the error of one item, n8n drops the results of the others, so the error mentions them. */
function mentionSentItems(error: unknown, results: ItemResult[]): unknown {
	const sent = results.filter((result) => Array.isArray(result) && result.length > 0).length;
	if (sent === 0) return error;
	const failure = toFailure(error);
	const others = sent === 1 ? '1 other item succeeded' : `${sent} other items succeeded`;
	const advice =
		'Retry On Fail does not repeat them. Set On Error to Continue to get the results of all items.';
	return failure.with({
		message: `${failure.message}. ${others}`,
		description: failure.description ? `${failure.description} ${advice}` : advice,
	});
}
